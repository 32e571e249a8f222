import { once } from '../common/once.ts';

/** Thrown at the first thing beyond the subset; the whole text is then read by the full reader. */
export class Beyond extends Error {}

/** The ASCII that a word may begin with here; empty where none does. */
const asciiWord = /(?:[\w$][\w.$-]*)?/y;
/** Made where a word goes on beyond ASCII: V8 takes long to read `\p{L}`. */
const anyWord = once(() => /(?:[\p{L}\p{N}_$][\p{L}\p{N}_.$-]*)?/uy);
const space = 32;
/** The full reader knows how long a key may be. */
const longestKey = 199;

/** A text and a place in it: what stands there, and how to go on. */
export class PlainText {
  protected readonly text: string;
  protected at = 0;

  constructor(text: string) {
    this.text = text;
  }

  protected isDash(): boolean {
    const next = this.text[this.at + 1];
    return this.text[this.at] === '-' && (next === ' ' || next === '\n' || next === undefined);
  }

  protected isKey(): boolean {
    return this.keyEnd() !== undefined;
  }

  /** Where a key of one word, or of digits, ends: at its colon, which a space or the line's end must follow. */
  protected keyEnd(): number | undefined {
    const { text, at } = this;
    const end = wordEnd(text, at);
    if (end === at || end - at > longestKey || text[end] !== ':') return undefined;
    const next = text[end + 1];
    return next === ' ' || next === '\n' || next === undefined ? end : undefined;
  }

  protected column(): number {
    return this.at - (this.text.lastIndexOf('\n', this.at - 1) + 1);
  }

  protected atLineEnd(): boolean {
    const c = this.text[this.at];
    return c === undefined || c === '\n' || (c === '#' && /\s/.test(this.text[this.at - 1] ?? ' '));
  }

  protected skipSpaces(): void {
    const { text } = this;
    let { at } = this;
    while (text.charCodeAt(at) === space) at += 1;
    this.at = at;
  }

  /** Passes spaces, comments and line ends; stops at the first character of what comes next. */
  protected skipBlank(): void {
    for (;;) {
      this.skipSpaces();
      if (!this.atLineEnd() || this.at >= this.text.length) return;
      const next = this.text.indexOf('\n', this.at);
      this.at = next < 0 ? this.text.length : next + 1;
    }
  }

  /** As `skipBlank`, inside a flow collection: a further line must be deeper than what the collection belongs to. */
  protected skipFlowBlank(outer: number): void {
    const before = this.at;
    this.skipBlank();
    if (this.at >= this.text.length) throw new Beyond();
    const newLine = this.text.lastIndexOf('\n', this.at - 1) >= before;
    if (newLine && this.column() <= outer) throw new Beyond();
  }

  /** After a block collection the next line must belong to something outside. */
  protected checkOutdent(column: number): void {
    if (this.at < this.text.length && this.column() > column) throw new Beyond();
  }
}

function wordEnd(text: string, at: number): number {
  const end = endOf(asciiWord, text, at);
  return text.charCodeAt(end) > 127 ? endOf(anyWord(), text, at) : end;
}

function endOf(sticky: RegExp, text: string, at: number): number {
  sticky.lastIndex = at;
  sticky.test(text);
  return sticky.lastIndex;
}
