import type { Source } from '../diagnostics/source.ts';
import type { Findings } from './findings.ts';
import type { Located } from './located.ts';
import { readJson } from './readJson.ts';
import { readPlainYaml } from './readPlainYaml.ts';
import { readYaml } from './readYaml.ts';

/** Reads a text in the notation it has. Undefined where nothing could be made of it, which is reported. */
export function read(source: Source, findings: Findings): Located | undefined {
  return isJson(source) ? readJson(source, findings) : (readPlainYaml(source) ?? readYaml(source, findings));
}

/** By the name; a text without one that says is JSON if it begins with `{` and a quote: YAML's flow style needs none. */
export function isJson({ name, text }: Source): boolean {
  return name.endsWith('.json') || (!/\.ya?ml$/.test(name) && /^\s*\{\s*["}]/.test(text));
}
