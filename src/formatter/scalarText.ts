import type { ScalarLayout } from '../parser/layout.ts';
import { plainScalarValue } from '../parser/plainYamlScalar.ts';

/** Words that are no text for readers of YAML 1.1, which many tools still are. */
const oldWords = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

/** A text that every reader takes for the same text without quotes; more would be right, but less plainly so. */
const plainText = /^(?:[\p{L}_$]|\.{1,2}\/)[^\p{C}\p{Zl}\p{Zp}\\]*$/u;
const plainKey = /^[\p{L}_$][\p{L}\p{N}_.$-]*$/u;

/** A scalar on one line, without quotes that it does not need; inside `{ }` and `[ ]` more of them are needed. */
export function scalarText({ source, text }: ScalarLayout, inFlow: boolean): string {
  if (text === undefined || hasEscape(source)) return source;
  if (isPlainText(text, inFlow)) return text;
  if (!source.includes('\n')) return source;
  // What goes on without quotes on a further line goes on after a space.
  return /^["']/.test(source) || text.includes('\n') ? JSON.stringify(text) : text;
}

/** The same for a key. */
export function keyText({ source, text }: ScalarLayout): string {
  if (text === undefined) return source;
  if (plainKey.test(text) && isPlainText(text, true)) return text;
  return source.includes('\n') ? JSON.stringify(text) : source;
}

/** The lines of a scalar in block style: those of a longer text are kept, without their indentation. */
export function scalarLines(scalar: ScalarLayout): readonly string[] {
  if (!scalar.source.includes('\n')) return [scalarText(scalar, false)];
  // A backslash before spaces at the end of a line keeps them.
  return scalar.source.split('\n').map((line) => line.replace(/(?<!\\)[ \t]+$/, '').replace(/^[ \t]+/, ''));
}

/** A character that is written as an escape remains one; `\"` needs to be one only inside quotes. */
function hasEscape(source: string): boolean {
  return /\\[^"\n]/.test(source) && !source.includes('\n');
}

function isPlainText(text: string, inFlow: boolean): boolean {
  if (!plainText.test(text) || text.endsWith(' ') || oldWords.test(text)) return false;
  if (/: | #|:$/.test(text) || (inFlow && /[,[\]{}]/.test(text))) return false;
  return plainScalarValue(text) === text;
}
