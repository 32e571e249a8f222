import { add, ceilDiv, type Dim, divideExact, floorDiv, max, min, mod, mul, sub } from './dim.ts';
import { type Operator, type Parsed, parseSyntax, refuse, type Syntax } from './dimSyntax.ts';
import { DimensionOverflow } from './integers.ts';
import { printDim } from './printDim.ts';

/**
 * Reads a dimension: whole numbers, symbols, `+ - * // %`, `ceil(a / b)`, `min(a, b)`, `max(a, b)` and parentheses;
 * `/` where the division is exact at every size. A refusal has a reason and an offset into the text.
 */
export function parseDim(text: string, symbols: ReadonlyMap<string, Dim>): Parsed<Dim> {
  const syntax = parseSyntax(text);
  if (!syntax.ok) return syntax;
  try {
    return meaning(syntax.value, symbols);
  } catch (error) {
    // The writer's numbers were too large for exact arithmetic: a mistake in the text, not in the compiler.
    if (error instanceof DimensionOverflow) return refuse(error.message, 0);
    throw error;
  }
}

type Symbols = ReadonlyMap<string, Dim>;

function meaning(syntax: Syntax, symbols: Symbols): Parsed<Dim> {
  switch (syntax.kind) {
    case 'number':
      return known(syntax.value);
    case 'name':
      return symbolMeaning(syntax, symbols);
    case 'negation': {
      const of = meaning(syntax.of, symbols);
      return of.ok ? known(sub(0, of.value)) : of;
    }
    case 'operation':
      return operationMeaning(syntax, operations[syntax.operator], symbols);
    case 'call':
      return callMeaning(syntax, symbols);
    default:
      return syntax satisfies never;
  }
}

function symbolMeaning({ name, at }: Syntax & { kind: 'name' }, symbols: Symbols): Parsed<Dim> {
  const dim = symbols.get(name);
  return dim === undefined ? refuse(`no symbol is called \`${name}\``, at) : known(dim);
}

/** What an operator gives, or the reason why it gives nothing. */
type Operation = (a: Dim, b: Dim) => { readonly value: Dim } | { readonly reason: string };

const operations: Readonly<Record<Operator, Operation>> = {
  '+': (a, b) => ({ value: add(a, b) }),
  '-': (a, b) => ({ value: sub(a, b) }),
  '*': (a, b) => ({ value: mul(a, b) }),
  '//': divides(floorDiv),
  '%': divides(mod),
  '/': exactDivision,
};

const ceiling = divides(ceilDiv);

function divides(division: (a: Dim, b: Dim) => Dim): Operation {
  return (a, b) =>
    typeof b === 'number' && b < 1 ? { reason: `it divides by ${b}` } : { value: division(a, b) };
}

function exactDivision(a: Dim, b: Dim): ReturnType<Operation> {
  if (b === 0) return { reason: 'it divides by 0' };
  const value = divideExact(a, b);
  if (value !== undefined) return { value };
  return {
    reason: `\`${printDim(b)}\` does not divide \`${printDim(a)}\` at every size: \`//\` rounds down, \`ceil(a / b)\` rounds up`,
  };
}

function operationMeaning(
  { left, right, at }: Syntax & { kind: 'operation' },
  operation: Operation,
  symbols: Symbols,
): Parsed<Dim> {
  const a = meaning(left, symbols);
  if (!a.ok) return a;
  const b = meaning(right, symbols);
  if (!b.ok) return b;
  const result = operation(a.value, b.value);
  return 'value' in result ? known(result.value) : refuse(result.reason, at);
}

function callMeaning(call: Syntax & { kind: 'call' }, symbols: Symbols): Parsed<Dim> {
  if (call.name === 'ceil') return ceilMeaning(call, symbols);
  if (call.name === 'min') return extremumMeaning(call, min, symbols);
  if (call.name === 'max') return extremumMeaning(call, max, symbols);
  return refuse(`\`${call.name}\` is not a function: there are ceil, min and max`, call.at);
}

function ceilMeaning({ operands, at }: Syntax & { kind: 'call' }, symbols: Symbols): Parsed<Dim> {
  const [division, ...others] = operands;
  if (others.length > 0 || division?.kind !== 'operation' || division.operator !== '/') {
    return refuse('`ceil` takes one division, as in `ceil(H / 2)`', at);
  }
  return operationMeaning(division, ceiling, symbols);
}

function extremumMeaning(
  { name, operands, at }: Syntax & { kind: 'call' },
  extremum: (a: Dim, b: Dim) => Dim,
  symbols: Symbols,
): Parsed<Dim> {
  const [left, right, ...others] = operands;
  if (left === undefined || right === undefined || others.length > 0) {
    return refuse(`\`${name}\` takes two dimensions`, at);
  }
  const pair = { kind: 'operation', operator: '+', left, right, at } as const;
  return operationMeaning(pair, (a, b) => ({ value: extremum(a, b) }), symbols);
}

function known(value: Dim): Parsed<Dim> {
  return { ok: true, value };
}
