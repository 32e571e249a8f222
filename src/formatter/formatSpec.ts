import type { Staged } from '../diagnostics/diagnostic.ts';
import type { Source } from '../diagnostics/source.ts';
import { Findings } from '../parser/findings.ts';
import { isJson } from '../parser/read.ts';
import { readJsonLayout } from '../parser/readJsonLayout.ts';
import { readText } from '../parser/readText.ts';
import { readYamlLayout } from '../parser/readYamlLayout.ts';
import { orderKeys } from './orderKeys.ts';
import { printJson } from './printJson.ts';
import { printYaml } from './printYaml.ts';
import { isSameContent } from './sameContent.ts';

/**
 * A spec in its canonical form: the same data, with the same comments at the same places. There is none for a text that
 * cannot be read, or in which the reader finds a mistake.
 */
export function formatSpec(source: Source): Staged<string> {
  const findings = new Findings();
  readText(source, findings);
  const { diagnostics } = findings;
  if (diagnostics.length > 0) return { diagnostics };
  const isWindows = /^[^\n]*\r\n/.test(source.text);
  const text = withLineEnds(source.text, '\n');
  const printed = printedText({ ...source, text });
  // Rather no form than a wrong one: what this guards against is a mistake of ours.
  if (!isSameContent({ ...source, text }, { ...source, text: printed }))
    throw new Error(`the canonical form of ${source.name} would not say the same; the file was not changed`);
  return { value: isWindows ? withLineEnds(printed, '\r\n') : printed, diagnostics };
}

function printedText(source: Source): string {
  if (isJson(source)) return printJson(orderKeys(readJsonLayout(source.text)));
  return printYaml(orderKeys(readYamlLayout(source.text)));
}

function withLineEnds(text: string, end: '\n' | '\r\n'): string {
  return text.replaceAll(/\r?\n/g, end);
}
