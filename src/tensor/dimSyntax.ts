/** An expression over dimensions as it is written; `at` is the offset that a complaint about it points to. */
export type Syntax =
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'name'; readonly name: string; readonly at: number }
  | { readonly kind: 'negation'; readonly of: Syntax; readonly at: number }
  | {
      readonly kind: 'operation';
      readonly operator: Operator;
      readonly left: Syntax;
      readonly right: Syntax;
      readonly at: number;
    }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly operands: readonly Syntax[];
      readonly at: number;
    };

export type Operator = '+' | '-' | '*' | '//' | '%' | '/';

/** Why a text is refused, and the offset of the first character that does not fit. */
export interface Refusal {
  readonly ok: false;
  readonly reason: string;
  readonly at: number;
}

export type Parsed<T> = { readonly ok: true; readonly value: T } | Refusal;

/** Longer or deeper expressions are mistakes, and would only exhaust the stack. */
const limits = { length: 4096, depth: 64 };

/** The tree of a text, by the grammar: sums of products of signed operands; operators of one level group to the left. */
export function parseSyntax(text: string): Parsed<Syntax> {
  if (text.length > limits.length)
    return refuse(`it is longer than ${limits.length} characters`, limits.length);
  const tokens = tokenize(text);
  return tokens.ok ? new Parser(tokens.value, text.length).whole() : tokens;
}

/** Why a text is no dimension, and at which character. */
export function refuse(reason: string, at: number): Refusal {
  return { ok: false, reason, at };
}

interface Token {
  readonly text: string;
  readonly at: number;
}

const tokenPattern = /\s*(?:(\d\w*|[A-Za-z_]\w*|\/\/|[-+*/%(),])|$)/y;

function tokenize(text: string): Parsed<readonly Token[]> {
  const tokens: Token[] = [];
  const pattern = new RegExp(tokenPattern);
  while (pattern.lastIndex < text.length) {
    const start = pattern.lastIndex;
    const token = pattern.exec(text)?.[1];
    if (token === undefined) {
      const at = start + (/^\s*/.exec(text.slice(start))?.[0].length ?? 0);
      if (at === text.length) break;
      return refuse(`\`${String.fromCodePoint(text.codePointAt(at) ?? 0)}\` has no meaning here`, at);
    }
    tokens.push({ text: token, at: pattern.lastIndex - token.length });
  }
  return { ok: true, value: tokens };
}

class Parser {
  private readonly tokens: readonly Token[];
  private readonly end: number;
  private next = 0;
  private depth = 0;

  constructor(tokens: readonly Token[], end: number) {
    this.tokens = tokens;
    this.end = end;
  }

  whole(): Parsed<Syntax> {
    const sum = this.sum();
    const surplus = this.tokens[this.next];
    return sum.ok && surplus !== undefined
      ? refuse(`\`${surplus.text}\` is not expected here`, surplus.at)
      : sum;
  }

  private sum(): Parsed<Syntax> {
    return this.chain(['+', '-'], () => this.product());
  }

  private product(): Parsed<Syntax> {
    return this.chain(['*', '//', '%', '/'], () => this.operand());
  }

  private chain(operators: readonly Operator[], part: () => Parsed<Syntax>): Parsed<Syntax> {
    let left = part();
    while (left.ok) {
      const token = this.tokens[this.next];
      const operator = operators.find((o) => o === token?.text);
      if (token === undefined || operator === undefined) return left;
      this.next++;
      const right = part();
      if (!right.ok) return right;
      left = {
        ok: true,
        value: { kind: 'operation', operator, left: left.value, right: right.value, at: token.at },
      };
    }
    return left;
  }

  private operand(): Parsed<Syntax> {
    const token = this.tokens[this.next];
    if (token === undefined) return refuse('it ends where a number or a symbol is expected', this.end);
    if (this.depth >= limits.depth) return refuse('it is nested too deep', token.at);
    this.next++;
    this.depth++;
    const operand = this.operandFrom(token);
    this.depth--;
    return operand;
  }

  private operandFrom(token: Token): Parsed<Syntax> {
    if (/^\d/.test(token.text)) return numeral(token);
    if (/^\w/.test(token.text)) return this.nameOrCall(token);
    if (token.text === '-') return this.negation(token);
    if (token.text === '(') return this.closing(this.sum());
    return refuse(`\`${token.text}\` stands where a number or a symbol is expected`, token.at);
  }

  private negation({ at }: Token): Parsed<Syntax> {
    const of = this.operand();
    return of.ok ? { ok: true, value: { kind: 'negation', of: of.value, at } } : of;
  }

  private nameOrCall({ text: name, at }: Token): Parsed<Syntax> {
    if (!this.skips('(')) return { ok: true, value: { kind: 'name', name, at } };
    const operands: Syntax[] = [];
    do {
      const operand = this.sum();
      if (!operand.ok) return operand;
      operands.push(operand.value);
    } while (this.skips(','));
    return this.closing({ ok: true, value: { kind: 'call', name, operands, at } });
  }

  private closing(inner: Parsed<Syntax>): Parsed<Syntax> {
    if (!inner.ok || this.skips(')')) return inner;
    const token = this.tokens[this.next];
    return token === undefined
      ? refuse('a `)` is missing', this.end)
      : refuse(`\`${token.text}\` stands where \`)\` is expected`, token.at);
  }

  private skips(text: string): boolean {
    if (this.tokens[this.next]?.text !== text) return false;
    this.next++;
    return true;
  }
}

function numeral({ text, at }: Token): Parsed<Syntax> {
  const value = Number(text);
  if (!/^\d+$/.test(text)) return refuse(`\`${text}\` is neither a whole number nor a symbol`, at);
  if (!Number.isSafeInteger(value)) return refuse(`${text} goes beyond 2^53`, at);
  return { ok: true, value: { kind: 'number', value, at } };
}
