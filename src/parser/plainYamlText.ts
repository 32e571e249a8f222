/** Thrown at the first thing beyond the subset; the whole text is then read by the full reader. */
export class Beyond extends Error {}

/** A key of one word, or of digits, and its colon, which a space or the line's end must follow. */
export const keyPattern = /^([\p{L}\p{N}_$][\p{L}\p{N}_.$-]*):(?=[ \n]|$)/u;

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
    return keyPattern.test(this.text.slice(this.at, this.at + 200));
  }

  protected column(): number {
    return this.at - (this.text.lastIndexOf('\n', this.at - 1) + 1);
  }

  protected atLineEnd(): boolean {
    const c = this.text[this.at];
    return c === undefined || c === '\n' || (c === '#' && /\s/.test(this.text[this.at - 1] ?? ' '));
  }

  protected skipSpaces(): void {
    while (this.text[this.at] === ' ') this.at += 1;
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
