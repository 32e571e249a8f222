import type { Edit } from '../diagnostics/fix.ts';
import { isJson } from '../parser/read.ts';
import type { StepSpec } from '../parser/spec.ts';

/** Writes `expect` beside a step that has none, in the style in which the step stands. */
export function expectEdit(step: StepSpec, shape: readonly string[]): Edit {
  const { source } = step.span;
  if (isJson(source)) {
    const items = shape.map((item) => (/^\d+$/.test(item) ? item : JSON.stringify(item)));
    return inJson(step, `"expect": [${items.join(', ')}]`);
  }
  const pair = `expect: [${shape.join(', ')}]`;
  const { start, end } = textOf(step);
  const { text } = source;
  if (text[start] === '{')
    return { span: { source, start: endOfValues(text, end - 1), end: end - 1 }, text: `, ${pair} ` };
  const indent = `${/^[^\n]*\r\n/.test(text) ? '\r\n' : '\n'}${' '.repeat(columnOf(text, step.callSpan.start))}`;
  const name = step.name?.span;
  const bare = isBare(step);
  // Beside the name where there is one, else below all of the step.
  const last =
    name !== undefined && name.start > step.callSpan.start ? name.end : bare ? step.callSpan.end : end;
  const lineEnd = endOfLine(text, last);
  if (!bare) return { span: { source, start: lineEnd, end: lineEnd }, text: `${indent}${pair}` };
  const remark = text.slice(step.callSpan.end, lineEnd);
  return {
    span: { source, start: step.callSpan.end, end: lineEnd },
    text: `:${remark}${indent}${pair}`,
  };
}

/** `- relu`, without a colon. */
function isBare({ callSpan: { source, end } }: StepSpec): boolean {
  return !/^["']?[ \t]*:(?:\s|$)/.test(source.text.slice(end, end + 200));
}

/** The step without the white space and the remarks behind it. */
function textOf({ span: { source, start, end } }: StepSpec): {
  readonly start: number;
  readonly end: number;
} {
  const trimmed = source.text.slice(start, end).trimEnd();
  return { start, end: start + trimmed.length };
}

function columnOf(text: string, offset: number): number {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  const quoted = /["']/.test(text[offset - 1] ?? '') ? 1 : 0;
  return offset - line - quoted;
}

function endOfLine(text: string, offset: number): number {
  const found = text.slice(offset).search(/\r?\n/);
  return found < 0 ? text.length : offset + found;
}

/** Where what stands before a closing brace ends. */
function endOfValues(text: string, brace: number): number {
  return text.slice(0, brace).trimEnd().length;
}

/** In braces behind the last pair, on a line of its own where pairs are; a name alone becomes an object. */
function inJson(step: StepSpec, pair: string): Edit {
  const { source } = step.span;
  const { start, end } = textOf(step);
  const written = source.text.slice(start, end);
  if (!written.startsWith('{'))
    return { span: { source, start, end }, text: `{ ${written}: null, ${pair} }` };
  const at = endOfValues(source.text, end - 1);
  const gap = /^\{(\s*)/.exec(written)?.[1] ?? '';
  return {
    span: { source, start: at, end: at },
    text: gap.includes('\n') ? `,${gap}${pair}` : `, ${pair}`,
  };
}
