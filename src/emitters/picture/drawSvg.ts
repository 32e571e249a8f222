import { didYouMean } from '../../diagnostics/didYouMean.ts';
import type { TypedGraph } from '../../ir/graph.ts';
import { buildPicture } from './buildPicture.ts';
import { type FoldChoice, foldStateOf, unknownNames } from './foldState.ts';
import { placePicture } from './placePicture.ts';
import { printSvg } from './printSvg.ts';
import type { Theme } from './style.ts';

export interface DrawOptions extends FoldChoice {
  readonly theme?: Theme;
}

/** A network as a picture: SVG, the same bytes each time. */
export function drawSvg(graph: TypedGraph, { theme = 'auto', ...choice }: DrawOptions = {}): string {
  const picture = buildPicture(graph);
  return printSvg(picture, placePicture(picture, foldStateOf(picture, choice)), theme);
}

/** A name that no block has, and the one that is most like it. */
export interface UnknownBlock {
  readonly name: string;
  readonly nearest: string | undefined;
}

/** Those of the names that are not of blocks. */
export function unknownBlocks(graph: TypedGraph, names: readonly string[]): readonly UnknownBlock[] {
  if (names.length === 0) return [];
  const picture = buildPicture(graph);
  const known = picture.items.flatMap(({ kind, name }) => (kind === 'block' ? [name] : []));
  return unknownNames(picture, names).map((name) => ({ name, nearest: didYouMean(name, known) }));
}
