import type { Edit } from '../diagnostics/fix.ts';
import type { Span } from '../diagnostics/source.ts';
import { isJson } from '../parser/read.ts';
import type { StepSpec } from '../parser/spec.ts';

/** Takes a comment out, with its line where nothing else stands on it. */
export function removalOf({ source, start, end }: Span): Edit {
  const before = source.text.lastIndexOf('\n', start - 1) + 1;
  const alone = source.text.slice(before, start).trim() === '';
  if (!alone) {
    const gap = /[ \t]*$/.exec(source.text.slice(before, start))?.[0].length ?? 0;
    return { span: { source, start: start - gap, end }, text: '' };
  }
  const after = source.text.indexOf('\n', end);
  return { span: { source, start: before, end: after < 0 ? source.text.length : after + 1 }, text: '' };
}

/**
 * Writes an attribute of an op's step: in place of the value it has there, or behind the last one that is written there,
 * in the style in which that stands. Undefined where the step's own style leaves no room, as in an alias.
 */
export function attributeEdit(step: StepSpec, name: string, value: string): Edit | undefined {
  if (step.kind !== 'op') return undefined;
  const { source } = step.callSpan;
  const written = step.attributes.find((a) => a.key === name);
  if (written !== undefined) return { span: written.value.span, text: value };
  const json = isJson(source);
  const pair = json ? `"${name}": ${value}` : `${name}: ${value}`;
  const last = step.attributes.at(-1);
  if (last === undefined) return json ? undefined : onBareOp(step.callSpan, pair);
  // A value whose key is not written stands for the op's main attribute: `conv: 32`.
  const short = last.keySpan.start >= last.value.span.start;
  if (short) {
    const whole = source.text.slice(last.value.span.start, last.value.span.end);
    const main = json ? `"${last.key}": ${whole}` : `${last.key}: ${whole}`;
    return { span: last.value.span, text: `{ ${main}, ${pair} }` };
  }
  if (last.value.span.start < step.callSpan.start || last.value.span.end <= last.keySpan.end)
    return undefined;
  const end = { source, start: last.value.span.end, end: last.value.span.end };
  return isFlow(step.callSpan)
    ? { span: end, text: `, ${pair}` }
    : { span: end, text: newLine(last.keySpan, pair) };
}

/** `- relu` becomes `- relu: { name: value }`; the span is the op's name. */
function onBareOp({ source, end }: Span, pair: string): Edit {
  const colon = /^["']?\s*:/.exec(source.text.slice(end))?.[0].length ?? 0;
  const at = { source, start: end + colon, end: end + colon };
  return { span: at, text: colon === 0 ? `: { ${pair} }` : ` { ${pair} }` };
}

/** Whether the attributes of an op stand in braces. */
function isFlow({ source, end }: Span): boolean {
  return /^["']?\s*:\s*(&\S+\s+)?\{/.test(source.text.slice(end));
}

/** The pair on a line of its own, as far in as the key before it. */
function newLine({ source, start }: Span, pair: string): string {
  const line = source.text.lastIndexOf('\n', start - 1) + 1;
  return `\n${' '.repeat(start - line)}${pair}`;
}
