import { CST } from 'yaml';
import type { BlockTextLayout, EntryLayout, ScalarLayout } from './layout.ts';

/** Whether a token stands for a value that is not written. */
export function isMissing(token: CST.Token | null | undefined): token is null | undefined {
  return token === undefined || token === null;
}

/** Whether it is a list or a mapping by indentation. */
export function isBlock(token: CST.Token | null | undefined): token is CST.BlockMap | CST.BlockSequence {
  return token?.type === 'block-map' || token?.type === 'block-seq';
}

/** Whether there is an entry at all: a comma at the end, or a comment, makes an item that is none. */
export function isWritten({ start, key, sep, value }: CST.CollectionItem): boolean {
  const marks = [...start, ...(sep ?? [])].map((t) => t.type);
  return (
    !isMissing(key) ||
    !isMissing(value) ||
    marks.some((t) => ['seq-item-ind', 'anchor', 'map-value-ind'].includes(t))
  );
}

const blanks: readonly CST.TokenType[] = ['space', 'comment', 'newline', 'comma', 'doc-start'];

/** Where an entry begins: its dash, the anchor of its key, its key, or its value. */
export function startOf({ start, key, sep, value }: CST.CollectionItem): number {
  const written = [...start, ...(sep ?? [])].filter((t) => !blanks.includes(t.type)).map((t) => t.offset);
  const parts = [key, value].flatMap((token) => (isMissing(token) ? [] : [startOfToken(token)]));
  return Math.min(...written, ...parts);
}

/** Where a value begins. */
export function startOfToken(token: CST.Token): number {
  const first = isBlock(token) ? token.items[0] : undefined;
  return first === undefined ? token.offset : startOf(first);
}

/** Where a scalar, a collection in flow style, or a mark ends. */
export function endOf(token: CST.Token): number {
  if (token.type === 'flow-collection') return (token.end[0]?.offset ?? token.offset) + 1;
  if (token.type === 'block-scalar') return endOfHeader(token) + token.source.length;
  return token.offset + ('source' in token ? token.source.length : 0);
}

/** `&name` among the tokens before a value. */
export function anchorIn(tokens: readonly CST.SourceToken[] | undefined): CST.SourceToken | undefined {
  return tokens?.find((t) => t.type === 'anchor');
}

/** A plain or quoted scalar, or an alias. */
export function scalarLayout(token: CST.Token): ScalarLayout {
  if (!('source' in token)) throw new Error(`a ${token.type} is no scalar`);
  const { source } = token;
  const isPlain = token.type === 'alias' || (token.type === 'scalar' && !source.includes('\n'));
  const text = isPlain ? undefined : CST.resolveAsScalar(token)?.value;
  return { kind: 'scalar', source, ...(text === undefined ? {} : { text }) };
}
/** `|` or `>` with what says how the text ends and is indented. */
export function headerOf({ props }: CST.BlockScalar): CST.Token | undefined {
  return props.find((t) => t.type === 'block-scalar-header');
}

/** The text in block style, without its indentation. */
export function blockTextLayout(token: CST.BlockScalar): BlockTextLayout {
  const header = headerOf(token);
  const written = header !== undefined && 'source' in header ? header.source : '|';
  const lines = token.source.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const digit = /\d/.exec(written)?.[0];
  const first = lines.find((line) => line.trim() !== '') ?? '';
  const deep = digit === undefined ? first.length - first.trimStart().length : token.indent + Number(digit);
  return { kind: 'block-text', header: written.replace(/\d/, '2'), lines: lines.map((l) => l.slice(deep)) };
}

function endOfHeader({ offset, props }: CST.BlockScalar): number {
  const last = props.at(-1);
  return last === undefined ? offset : endOf(last);
}

/** `[a: 1]` is a list of one mapping. */
export function inMap({ before, behind, ...pair }: EntryLayout): EntryLayout {
  const entries = [{ ...pair, before: [] }];
  const value = { kind: 'map', flow: true, open: false, entries, last: [] } as const;
  return {
    before,
    afterBlank: pair.afterBlank,
    between: [],
    value,
    ...(behind === undefined ? {} : { behind }),
  };
}
