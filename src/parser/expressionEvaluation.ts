import { fail, ok, type Problem, problem, type Result } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/didYouMean.ts';
import { expressionFunctions } from './expressionFunctions.ts';
import { binaryOperators, elementAt } from './expressionOperators.ts';
import type { Expression, ExpressionNode } from './expressionSyntax.ts';
import { describeValue, type ExpressionValue, give, type Outcome, refuse } from './expressionValue.ts';

/** What names mean where an expression stands. */
export interface Scope {
  lookup(name: string): ExpressionValue | undefined;
  /** All known names, read only to suggest one. */
  names(): Iterable<string>;
  /** What to say of a name that is not known here, though the reader may well think so. */
  explain?(name: string): string | undefined;
}

interface Evaluation {
  readonly expression: Expression;
  readonly scope: Scope;
}

type Kind = ExpressionNode['kind'];
type NodeOf<K extends Kind> = Extract<ExpressionNode, { kind: K }>;
type Evaluated = Result<ExpressionValue>;

/** The value of an expression; the first mistake ends it. Sides that are not taken are not evaluated. */
export function evaluateExpression(expression: Expression, scope: Scope): Evaluated {
  return evaluate(expression.root, { expression, scope });
}

function evaluate(node: ExpressionNode, within: Evaluation): Evaluated {
  switch (node.kind) {
    case 'value':
      return ok(node.value);
    case 'name':
      return evaluateName(node.name, within);
    case 'list':
      return withValues(node.items, within, give);
    case 'call':
      return withValues(node.items, within, expressionFunctions[node.callee]);
    case 'index':
      return withValues([node.target, node.index], within, ([target, index]) => elementAt(target!, index!));
    case 'binary':
      return withValues([node.left, node.right], within, ([a, b]) => binaryOperators[node.operator](a!, b!));
    case 'sign':
      return withValues([node.operand], within, ([value]) => signed(value!, node.negative));
    case 'not':
      return evaluateNot(node, within);
    case 'logic':
      return evaluateLogic(node, within);
    case 'conditional':
      return evaluateConditional(node, within);
    default:
      return node satisfies never;
  }
}

function withValues(
  nodes: readonly ExpressionNode[],
  within: Evaluation,
  apply: (values: readonly ExpressionValue[]) => Outcome,
): Evaluated {
  const values: ExpressionValue[] = [];
  for (const node of nodes) {
    const evaluated = evaluate(node, within);
    if (!evaluated.ok) return evaluated;
    values.push(evaluated.value);
  }
  return settle(apply(values), within);
}

function signed(value: ExpressionValue, negative: boolean): Outcome {
  if (typeof value === 'number') return give(negative ? -value : value);
  return refuse(`a sign stands before a number, not before ${describeValue(value)}`);
}

function evaluateNot({ operand }: NodeOf<'not'>, within: Evaluation): Evaluated {
  const truth = evaluateTruth(operand, '`not`', within);
  return truth.ok ? ok(!truth.value) : truth;
}

function evaluateLogic({ operator, left, right }: NodeOf<'logic'>, within: Evaluation): Evaluated {
  const first = evaluateTruth(left, `\`${operator}\``, within);
  if (!first.ok || first.value === (operator === 'or')) return first;
  return evaluateTruth(right, `\`${operator}\``, within);
}

function evaluateConditional(
  { test, consequent, alternate }: NodeOf<'conditional'>,
  within: Evaluation,
): Evaluated {
  const truth = evaluateTruth(test, '`if`', within);
  return truth.ok ? evaluate(truth.value ? consequent : alternate, within) : truth;
}

/** No value but true and false is a condition: `when: $n` with n = 0 would be a guess. */
function evaluateTruth(node: ExpressionNode, asker: string, within: Evaluation): Result<boolean> {
  const evaluated = evaluate(node, within);
  if (!evaluated.ok) return evaluated;
  if (typeof evaluated.value === 'boolean') return ok(evaluated.value);
  return fail(
    valueProblem(`${asker} takes true or false, not ${describeValue(evaluated.value)}`, within.expression),
  );
}

function settle(outcome: Outcome, { expression }: Evaluation): Evaluated {
  return outcome.ok ? ok(outcome.value) : fail(valueProblem(outcome.reason, expression));
}

/** Why an expression has no value, with its text. */
export function valueProblem(reason: string, { text }: Expression): Problem {
  return problem('expression-value', { expression: text, reason });
}

function evaluateName(name: string, { expression, scope }: Evaluation): Evaluated {
  const value = scope.lookup(name);
  if (value !== undefined) return ok(value);
  const known = [...scope.names()];
  const help = scope.explain?.(name) ?? spelledElsewhere.get(name) ?? shorterName(expression, known);
  const nearest = help === undefined ? didYouMean(name, known) : undefined;
  return fail(problem('expression-name', { name, known, nearest, help }));
}

const spelledElsewhere: ReadonlyMap<string, string> = new Map([
  ['True', 'write `true`'],
  ['False', 'write `false`'],
  ['None', 'there is no null in expressions'],
  ['null', 'there is no null in expressions'],
]);

/** `skip_$i_out` reads the longest name, `i_out`: where `i` is known, that was meant. */
function shorterName({ text }: Expression, known: readonly string[]): string | undefined {
  const shorter = known
    .filter((name) => text.startsWith(`$${name}_`))
    .reduce((longest, name) => (name.length > longest.length ? name : longest), '');
  if (shorter === '') return undefined;
  return `the longest name is read: write \`$(${shorter})${text.slice(1 + shorter.length)}\``;
}
