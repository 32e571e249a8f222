import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPageData, chosenColours, type PageData, printPage } from '../../index.ts';
import type { FoldOptions } from '../commands/draw.ts';
import type { CompiledSpec } from './compileSpec.ts';

/** The page of a spec. */
export function pageOf(
  compiled: CompiledSpec,
  options: FoldOptions,
  { live }: { readonly live: boolean },
): string {
  return printData(dataOf(compiled, options), live);
}

/** What the page shows. */
export function dataOf(compiled: CompiledSpec, { depth, fold, unfold, unroll }: FoldOptions): PageData {
  return buildPageData(compiled, {
    ...(depth === undefined ? {} : { depth }),
    ...(fold === undefined ? {} : { fold }),
    ...(unfold === undefined ? {} : { unfold }),
    ...(unroll === undefined ? {} : { unroll }),
  });
}

/** Data in a page that shows it. */
export function printData(data: PageData, live: boolean): string {
  const script = built('page.js');
  const style = built('style.css') + chosenColours();
  return printPage(data, { script, scriptHash: sha256(script), style, styleHash: sha256(style), live });
}

/** A file that the build puts beside what runs. */
function built(name: string): string {
  return readFileSync(join(import.meta.dirname, 'page', name), 'utf8');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
