import type { Source, Span } from '../diagnostics/source.ts';
import { Findings } from './findings.ts';
import { limits } from './limits.ts';
import { type Entry, entryOf, type Located } from './located.ts';
import { locatedScalar } from './locatedScalar.ts';
import { canBeginPlain, plainScalarValue } from './plainYamlScalar.ts';
import { Beyond, PlainText } from './plainYamlText.ts';

/**
 * Reads the YAML that specs are mostly written in, an order of magnitude faster than a full reader: block mappings and
 * lists, flow collections, plain and simply quoted scalars on one line, comments. Undefined at anything else (anchors,
 * tags, block scalars, escapes, duplicate keys, tabs, every error): the full reader then reads it all, so what is
 * accepted and what is reported do not depend on this file. A test holds both to the same values at the same places.
 */
export function readPlainYaml(source: Source): Located | undefined {
  if (/[\t\r\uFEFF\u0085\u2028\u2029]|^(?:---|\.\.\.|%)/m.test(source.text)) return undefined;
  const findings = new Findings();
  try {
    const located = new PlainYaml(source, findings).document();
    return findings.diagnostics.length === 0 ? located : undefined;
  } catch (error) {
    if (error instanceof Beyond) return undefined;
    throw error;
  }
}

/** What a plain scalar may end at. */
const blockMark = /[\n#:]/g;
const flowMark = /[\n#:,[\]{}]/g;

class PlainYaml extends PlainText {
  private readonly source: Source;
  private readonly findings: Findings;
  private depth = 0;

  constructor(source: Source, findings: Findings) {
    super(source.text);
    this.source = source;
    this.findings = findings;
  }

  document(): Located {
    this.skipBlank();
    const node = this.blockNode(this.column());
    this.skipBlank();
    if (this.at < this.text.length) throw new Beyond();
    return node;
  }

  /** A block mapping, a block list, or a value on one line, beginning here in column `column`. */
  private blockNode(column: number): Located {
    this.depth += 1;
    if (this.depth > limits.depth) throw new Beyond();
    const node = this.isDash()
      ? this.list(column)
      : this.isKey()
        ? this.mapping(column)
        : this.inlineValue(column - 1);
    this.depth -= 1;
    return node;
  }

  private list(column: number): Located {
    const start = this.at;
    const items: Located[] = [];
    while (this.at < this.text.length && this.column() === column && this.isDash()) {
      this.at += 1;
      items.push(this.afterMark(column, false));
      this.skipBlank();
    }
    this.checkOutdent(column);
    return { kind: 'list', items, span: this.span(start, items.at(-1)?.span.end ?? start) };
  }

  private mapping(column: number): Located {
    const start = this.at;
    const entries: Entry[] = [];
    const seen = new Set<string>();
    while (this.at < this.text.length && this.column() === column && !this.isDash()) {
      const { key, keySpan } = this.key();
      if (seen.has(key)) throw new Beyond();
      seen.add(key);
      entries.push(entryOf({ key, keySpan }, this.afterMark(column, true)));
      this.skipBlank();
    }
    this.checkOutdent(column);
    return { kind: 'map', entries, span: this.span(start, entries.at(-1)?.value.span.end ?? start) };
  }

  /** What stands after `key:` or `-`: on the same line, on deeper lines, or nothing. */
  private afterMark(column: number, ofKey: boolean): Located {
    const end = this.at;
    this.skipSpaces();
    if (!this.atLineEnd()) {
      if (ofKey) return this.inlineValue(column);
      return this.blockNode(this.column());
    }
    const trailing = this.at > end;
    this.skipBlank();
    const deeper = this.column();
    const nested =
      this.at < this.text.length && (deeper > column || (ofKey && deeper === column && this.isDash()));
    if (nested) return this.blockNode(deeper);
    // Where an empty value stands after trailing blanks only the full reader knows.
    if (trailing) throw new Beyond();
    return { kind: 'scalar', value: null, span: this.span(end, end) };
  }

  /** A flow collection or scalar; what follows it on the line may only be a comment. */
  private inlineValue(outer: number): Located {
    const value = this.flowValue(outer, false);
    this.skipSpaces();
    if (!this.atLineEnd()) throw new Beyond();
    const end = this.at;
    this.skipBlank();
    // A deeper line would continue a plain scalar.
    if (
      this.at < this.text.length &&
      this.column() > Math.max(outer, 0) &&
      this.text.lastIndexOf('\n', this.at) >= end
    )
      throw new Beyond();
    return value;
  }

  private flowValue(outer: number, inFlow: boolean): Located {
    const c = this.text[this.at];
    if (c !== '{' && c !== '[') return this.scalar(inFlow);
    this.depth += 1;
    if (this.depth > limits.depth) throw new Beyond();
    const node = c === '{' ? this.flowMapping(outer) : this.flowList(outer);
    this.depth -= 1;
    return node;
  }

  private flowList(outer: number): Located {
    const start = this.at++;
    const items: Located[] = [];
    for (;;) {
      this.skipFlowBlank(outer);
      if (this.text[this.at] === ']') break;
      items.push(this.flowValue(outer, true));
      this.skipFlowBlank(outer);
      if (this.text[this.at] === ',') this.at += 1;
      else if (this.text[this.at] !== ']') throw new Beyond();
    }
    this.at += 1;
    return { kind: 'list', items, span: this.span(start, this.at) };
  }

  private flowMapping(outer: number): Located {
    const start = this.at++;
    const entries: Entry[] = [];
    const seen = new Set<string>();
    for (;;) {
      this.skipFlowBlank(outer);
      if (this.text[this.at] === '}') break;
      const { key, keySpan } = this.key();
      if (seen.has(key)) throw new Beyond();
      seen.add(key);
      this.skipFlowBlank(outer);
      entries.push({ key, keySpan, value: this.flowValue(outer, true) });
      this.skipFlowBlank(outer);
      if (this.text[this.at] === ',') this.at += 1;
      else if (this.text[this.at] !== '}') throw new Beyond();
    }
    this.at += 1;
    return { kind: 'map', entries, span: this.span(start, this.at) };
  }

  /** A key and its colon. A key that would be another text once read (`1.0`, `~`) is left to the full reader. */
  private key(): Pick<Entry, 'key' | 'keySpan'> {
    const start = this.at;
    const end = this.keyEnd();
    if (end === undefined) throw new Beyond();
    const key = this.text.slice(start, end);
    if (!isPlainKey(key)) throw new Beyond();
    this.at = end + 1;
    return { key, keySpan: this.span(start, end) };
  }

  private scalar(inFlow: boolean): Located {
    const c = this.text[this.at];
    if (c === '"' || c === "'") return this.quoted(c);
    if (!canBeginPlain(this.text, this.at, inFlow)) throw new Beyond();
    const start = this.at;
    const end = this.plainEnd(inFlow);
    this.at = end;
    const value = plainScalarValue(this.text.slice(start, end));
    if (value === undefined) throw new Beyond();
    return locatedScalar(value, this.span(start, end), this.findings);
  }

  /** Where a plain scalar ends on its line: before ` #`, and in flow collections before `,[]{}`. */
  private plainEnd(inFlow: boolean): number {
    const { text } = this;
    const mark = inFlow ? flowMark : blockMark;
    let i = this.at;
    for (;;) {
      mark.lastIndex = i;
      i = mark.test(text) ? mark.lastIndex - 1 : text.length;
      const c = text[i];
      if (c !== '#' && c !== ':') break;
      if (c === '#' && text[i - 1] === ' ') break;
      if (c === ':' && (/[\s]/.test(text[i + 1] ?? '\n') || (inFlow && /[,[\]{}]/.test(text[i + 1] ?? ''))))
        throw new Beyond();
      i += 1;
    }
    while (this.text[i - 1] === ' ') i--;
    return i;
  }

  private quoted(mark: string): Located {
    const start = this.at;
    const end = this.text.indexOf(mark, start + 1);
    const inside = this.text.slice(start + 1, end);
    const plain = end > 0 && !inside.includes('\n') && !inside.includes('\\') && this.text[end + 1] !== mark;
    if (!plain) throw new Beyond();
    this.at = end + 1;
    return locatedScalar(inside, this.span(start, end + 1), this.findings);
  }

  private span(start: number, end: number): Span {
    return { source: this.source, start, end };
  }
}

/** Words, and whole numbers that are written as they would be printed. */
function isPlainKey(key: string): boolean {
  const value = plainScalarValue(key);
  return typeof value === 'string' || (Number.isSafeInteger(value) && String(value) === key);
}
