import type jsep from 'jsep';
import { fail, ok, problem, type Result } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/didYouMean.ts';
import { expressionFunctions, type FunctionName, isFunctionName } from './expressionFunctions.ts';
import { readSyntax, Unreadable } from './expressionGrammar.ts';
import { type BinaryOperator, isBinaryOperator } from './expressionOperators.ts';
import type { ExpressionValue } from './expressionValue.ts';

/** The closed set of things that an expression is made of. */
export type ExpressionNode =
  | { readonly kind: 'value'; readonly value: ExpressionValue }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly ExpressionNode[] }
  | { readonly kind: 'index'; readonly target: ExpressionNode; readonly index: ExpressionNode }
  | { readonly kind: 'call'; readonly callee: FunctionName; readonly items: readonly ExpressionNode[] }
  | { readonly kind: 'sign'; readonly negative: boolean; readonly operand: ExpressionNode }
  | { readonly kind: 'not'; readonly operand: ExpressionNode }
  | Binary<'binary', BinaryOperator>
  | Binary<'logic', 'and' | 'or'>
  | {
      readonly kind: 'conditional';
      readonly test: ExpressionNode;
      readonly consequent: ExpressionNode;
      readonly alternate: ExpressionNode;
    };

interface Binary<K extends string, O extends string> {
  readonly kind: K;
  readonly operator: O;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}

/** An expression with its text as it stands in the spec, `$name` or `$(…)`. */
export interface Expression {
  readonly text: string;
  readonly root: ExpressionNode;
}

/** Beyond these an expression is refused unread, so that no text can exhaust the stack. */
const longestExpression = 2_000;
const deepestExpression = 64;

/** The expression `$name`: a name, or `true` or `false`. */
export function nameExpression(name: string): Expression {
  const value = name === 'true' || name === 'false' ? name === 'true' : undefined;
  return { text: `$${name}`, root: value === undefined ? { kind: 'name', name } : { kind: 'value', value } };
}

/** What was read before: a spec writes the same expression many times. Only a memo: same text, same tree. */
const readBefore = new Map<string, Result<Expression>>();
const mostKept = 1_000;

/** Reads the inside of `$(…)`. */
export function parseExpression(inside: string): Result<Expression> {
  const known = readBefore.get(inside);
  if (known !== undefined) return known;
  const read = readExpression(inside);
  if (read.ok && readBefore.size < mostKept) readBefore.set(inside, read);
  return read;
}

function readExpression(inside: string): Result<Expression> {
  const text = `$(${inside})`;
  const reason = whyUnread(inside);
  if (reason !== undefined) {
    const expression = text.length > 80 ? `${text.slice(0, 80)}…` : text;
    return fail(problem('expression-syntax', { expression, reason }));
  }
  try {
    return ok({ text, root: toNode(readSyntax(inside), 0) });
  } catch (error) {
    return fail(problem('expression-syntax', { expression: text, ...syntaxReason(error) }));
  }
}

/** jsep has no other way to report than to throw an error with a `description`; other errors are ours and go on. */
function syntaxReason(error: unknown): { reason: string; help?: string } {
  if (error instanceof Unreadable) {
    return { reason: error.message, ...(error.help === undefined ? {} : { help: error.help }) };
  }
  if (error instanceof Error && 'description' in error)
    return { reason: lowerFirst(String(error.description)) };
  throw error;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function whyUnread(inside: string): string | undefined {
  if (inside.trim() === '') return 'it is empty';
  if (inside.length > longestExpression) {
    return `it has ${inside.length} characters, more than ${longestExpression}`;
  }
  return bracketDepth(inside) > deepestExpression ? tooDeep : undefined;
}

const tooDeep = `it is nested deeper than ${deepestExpression}`;

function bracketDepth(text: string): number {
  const brackets = text.replaceAll(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^()[\]]/gs, '');
  let depth = 0;
  let deepest = 0;
  for (const bracket of brackets) {
    depth += bracket === '(' || bracket === '[' ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function toNode(node: jsep.CoreExpression, depth: number): ExpressionNode {
  if (depth > deepestExpression) throw new Unreadable(tooDeep);
  switch (node.type) {
    case 'Literal':
      return literalNode(node);
    case 'Identifier':
      return { kind: 'name', name: node.name };
    case 'ThisExpression':
      return { kind: 'name', name: 'this' };
    case 'ArrayExpression':
      return { kind: 'list', items: toNodes(node.elements, depth) };
    case 'MemberExpression':
      return indexNode(node, depth);
    case 'CallExpression':
      return { kind: 'call', callee: calleeOf(node), items: toNodes(node.arguments, depth) };
    case 'UnaryExpression':
      return unaryNode(node, depth);
    case 'BinaryExpression':
      return binaryNode(node, depth);
    case 'ConditionalExpression':
      return conditionalNode(node, depth);
    case 'Compound':
    case 'SequenceExpression':
      throw new Unreadable('a comma stands only in lists and calls');
    default:
      return node satisfies never;
  }
}

/** A part of a node. jsep types parts openly; without plugins they are core nodes. */
function part(node: jsep.Expression, depth: number): ExpressionNode {
  return toNode(node as jsep.CoreExpression, depth);
}

function toNodes(nodes: readonly (jsep.Expression | null)[], depth: number): readonly ExpressionNode[] {
  return nodes.map((node) => {
    if (node === null) throw new Unreadable('a value is missing between two commas');
    return part(node, depth + 1);
  });
}

function literalNode({ value, raw }: jsep.Literal): ExpressionNode {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new Unreadable(`${raw} is too large a number`);
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') {
    return { kind: 'value', value };
  }
  throw new Unreadable(`\`${raw}\` is not a value`);
}

/** `target[0][1]` goes on rather than deeper, as `1 + 2 + 3` does. */
function indexNode(node: jsep.MemberExpression, depth: number): ExpressionNode {
  if (!node.computed || node.optional) throw new Unreadable('there is no member access');
  return { kind: 'index', target: part(node.object, depth), index: part(node.property, depth + 1) };
}

function calleeOf({ callee }: jsep.CallExpression): FunctionName {
  if (callee.type !== 'Identifier') throw new Unreadable('only functions can be called');
  const name = String(callee.name);
  if (isFunctionName(name)) return name;
  const known = Object.keys(expressionFunctions);
  const nearest = didYouMean(name, known);
  throw new Unreadable(
    `there is no function \`${name}\``,
    nearest === undefined ? `there are ${known.join(', ')}` : `did you mean \`${nearest}\`?`,
  );
}

function unaryNode({ operator, argument }: jsep.UnaryExpression, depth: number): ExpressionNode {
  const operand = part(argument, depth + 1);
  return operator === 'not'
    ? { kind: 'not', operand }
    : { kind: 'sign', negative: operator === '-', operand };
}

function binaryNode(node: jsep.BinaryExpression, depth: number): ExpressionNode {
  const left = part(node.left, depth);
  const right = part(node.right, depth + 1);
  const { operator } = node;
  if (operator === 'and' || operator === 'or') return { kind: 'logic', operator, left, right };
  if (isBinaryOperator(operator)) return { kind: 'binary', operator, left, right };
  throw new Unreadable(`\`${operator}\` is not an operator`);
}

function conditionalNode(node: jsep.ConditionalExpression, depth: number): ExpressionNode {
  return {
    kind: 'conditional',
    test: part(node.test, depth + 1),
    consequent: part(node.consequent, depth + 1),
    alternate: part(node.alternate, depth + 1),
  };
}
