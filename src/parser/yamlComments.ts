import type { OwnLine } from './layout.ts';

export interface FoundComment {
  readonly offset: number;
  readonly text: string;
}

/** The comments of a text, handed out once each and in order, to whoever stands next to them. */
export class YamlComments {
  private next = 0;
  private readonly text: string;
  private readonly all: readonly FoundComment[];
  /** Blank lines before it belong to a text in block style. */
  private floor = 0;

  constructor(text: string, all: readonly FoundComment[]) {
    this.text = text;
    this.all = all;
  }

  /** Those before a place that are deep enough; each is given a line of its own. */
  before(offset: number, column = 0): readonly OwnLine[] {
    const taken: OwnLine[] = [];
    for (;;) {
      const comment = this.all[this.next];
      if (comment === undefined || comment.offset >= offset) return taken;
      if (this.isFirst(comment.offset) && this.columnOf(comment.offset) < column) return taken;
      taken.push({ text: comment.text.trimEnd(), afterBlank: this.isAfterBlank(comment.offset) });
      this.next += 1;
    }
  }

  /** The one that stands on the line of a place before it, with nothing but spaces (and a comma) between. */
  behind(offset: number): string | undefined {
    const comment = this.all[this.next];
    if (comment === undefined || comment.offset < offset) return undefined;
    if (!/^[ \t,]*$/.test(this.text.slice(offset, comment.offset))) return undefined;
    this.next += 1;
    return comment.text.trimEnd();
  }

  /** Whether a blank line is above what begins at a place. */
  isAfterBlank(offset: number): boolean {
    const start = this.lineStart(offset);
    if (start === 0 || !this.isFirst(offset)) return false;
    const above = this.lineStart(start - 1);
    return above >= this.floor && this.text.slice(above, start).trim() === '';
  }

  /** Lines up to a place are text, also where they are blank. */
  pass(offset: number): void {
    this.floor = offset;
  }

  columnOf(offset: number): number {
    return offset - this.lineStart(offset);
  }

  private isFirst(offset: number): boolean {
    return this.text.slice(this.lineStart(offset), offset).trim() === '';
  }

  private lineStart(offset: number): number {
    return this.text.lastIndexOf('\n', offset - 1) + 1;
  }
}
