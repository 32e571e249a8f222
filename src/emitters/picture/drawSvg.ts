import type { TypedGraph } from '../../ir/graph.ts';
import { buildPicture } from './buildPicture.ts';
import { type FoldChoice, foldStateOf } from './foldState.ts';
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
