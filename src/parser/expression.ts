import { fail, ok, problem, type Result } from '../diagnostics/diagnostic.ts';
import { evaluateExpression, type Scope, valueProblem } from './expressionEvaluation.ts';
import { type Expression, type ExpressionNode, nameExpression, parseExpression } from './expressionSyntax.ts';
import { type ExpressionValue, isList, longestResult, printNumber } from './expressionValue.ts';

export { evaluateExpression, type Scope } from './expressionEvaluation.ts';
export type { Expression } from './expressionSyntax.ts';
export type { ExpressionValue } from './expressionValue.ts';

/** A scalar of a spec: plain text (`$$` is a dollar sign), one expression that keeps its type, or both mixed to a text. */
export type Template =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'text'; readonly parts: readonly TemplatePart[] };

export type TemplatePart = string | Expression;

/** Whether a scalar reads anything with `$`; escaped dollar signs do not count. Reports no mistakes. */
export function containsExpression(text: string): boolean {
  return text.includes('$') && text.replaceAll('$$', '').includes('$');
}

/** Splits a scalar into text and expressions, and reads these. */
export function parseTemplate(text: string): Result<Template> {
  if (!text.includes('$')) return ok({ kind: 'literal', text });
  const parts: TemplatePart[] = [];
  let rest = text;
  while (rest !== '') {
    const read = readPart(rest, text);
    if (!read.ok) return read;
    parts.push(read.value.part);
    rest = rest.slice(read.value.length);
  }
  return ok(templateOf(parts));
}

/** The names that a template may read, in the order of its text; also those of sides that are not taken. */
export function namesIn(template: Template): ReadonlySet<string> {
  const known = collected.get(template);
  if (known !== undefined) return known;
  const names = new Set(expressionsIn(template).flatMap(({ root }) => namesOf(root)));
  collected.set(template, names);
  return names;
}

/** Only a memo: a template in a block is asked for its names in every copy. */
const collected = new WeakMap<Template, ReadonlySet<string>>();

/** The value of a scalar where it stands: a text unless the scalar is one expression. */
export function evaluateTemplate(template: Template, scope: Scope): Result<ExpressionValue> {
  switch (template.kind) {
    case 'literal':
      return ok(template.text);
    case 'expression':
      return evaluateExpression(template.expression, scope);
    case 'text':
      return interpolate(template.parts, scope);
    default:
      return template satisfies never;
  }
}

interface ReadPart {
  readonly part: TemplatePart;
  /** How many characters it took. */
  readonly length: number;
}

function readPart(rest: string, text: string): Result<ReadPart> {
  if (rest.startsWith('$(')) return readParenthesised(rest, text);
  const name = /^\$([A-Za-z_]\w*)/.exec(rest)?.[1];
  if (name !== undefined) return ok({ part: nameExpression(name), length: name.length + 1 });
  const plain = /^(?:[^$]+|\$\$)+/.exec(rest)?.[0];
  if (plain !== undefined) return ok({ part: plain.replaceAll('$$', '$'), length: plain.length });
  const inBraces = /^\$\{\s*([^{}]*?)\s*\}/.exec(rest)?.[1];
  const reason = 'a `$` stands before a name or before `(`';
  const help = inBraces === undefined ? 'write `$$` for a dollar sign' : `write \`$(${inBraces})\``;
  return fail(problem('expression-syntax', { expression: excerpt(text), reason, help }));
}

function readParenthesised(rest: string, text: string): Result<ReadPart> {
  const length = parenthesisedLength(rest);
  if (length === undefined) return fail(problem('expression-unclosed', { text: excerpt(text) }));
  const parsed = parseExpression(rest.slice(2, length - 1));
  return parsed.ok ? ok({ part: parsed.value, length }) : parsed;
}

/** The length of the `$(…)` at the start of a text, or undefined where it is not closed; parentheses in quotes do not count. */
function parenthesisedLength(text: string): number | undefined {
  let depth = 0;
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (quote === '') {
      depth += parenthesisStep(character);
      if (character === ')' && depth === 0) return i + 1;
      if (character === '"' || character === "'") quote = character;
    } else if (character === '\\') i++;
    else if (character === quote) quote = '';
  }
  return undefined;
}

function parenthesisStep(character: string): number {
  if (character === '(') return 1;
  return character === ')' ? -1 : 0;
}

/** A scalar can be a megabyte; an expression that is read cannot. */
function excerpt(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function templateOf(parts: readonly TemplatePart[]): Template {
  const [first] = parts;
  if (parts.length !== 1 || first === undefined) return { kind: 'text', parts };
  return typeof first === 'string'
    ? { kind: 'literal', text: first }
    : { kind: 'expression', expression: first };
}

function interpolate(parts: readonly TemplatePart[], scope: Scope): Result<string> {
  let text = '';
  for (const part of parts) {
    const printed = typeof part === 'string' ? ok(part) : printExpression(part, scope);
    if (!printed.ok) return printed;
    text += printed.value;
    if (text.length > longestResult && typeof part !== 'string') {
      return fail(valueProblem(`the text becomes longer than ${longestResult} characters`, part));
    }
  }
  return ok(text);
}

function printExpression(expression: Expression, scope: Scope): Result<string> {
  const evaluated = evaluateExpression(expression, scope);
  if (!evaluated.ok) return evaluated;
  const { value } = evaluated;
  if (isList(value)) return fail(valueProblem('a list cannot stand inside a text', expression));
  return ok(typeof value === 'number' ? printNumber(value) : String(value));
}

function expressionsIn(template: Template): readonly Expression[] {
  if (template.kind === 'literal') return [];
  if (template.kind === 'expression') return [template.expression];
  return template.parts.filter((part) => typeof part !== 'string');
}

function namesOf(node: ExpressionNode): readonly string[] {
  return node.kind === 'name' ? [node.name] : partsOf(node).flatMap(namesOf);
}

function partsOf(node: ExpressionNode): readonly ExpressionNode[] {
  switch (node.kind) {
    case 'value':
    case 'name':
      return [];
    case 'list':
    case 'call':
      return node.items;
    case 'index':
      return [node.target, node.index];
    case 'sign':
    case 'not':
      return [node.operand];
    case 'binary':
    case 'logic':
      return [node.left, node.right];
    case 'conditional':
      return [node.consequent, node.test, node.alternate];
    default:
      return node satisfies never;
  }
}
