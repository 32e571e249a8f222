import { isJson } from './read.ts';

/** `inception:` as a key of the whole, in block or flow style; a block or step of that name is indented. */
const yamlVersion = /^(?:\{\s*)?(["']?)inception\1\s*:/m;
/** Its value is a number; a list of packages has a text there. */
const jsonVersion = /"inception"\s*:\s*\d/;

/**
 * Whether a text says that it is a spec: by the key `inception`, the version of the format. The text need not be right,
 * nor whole, so that a spec with a mistake in it is found, too.
 */
export function isSpecText(name: string, text: string): boolean {
  return (isJson({ name, text }) ? jsonVersion : yamlVersion).test(text);
}
