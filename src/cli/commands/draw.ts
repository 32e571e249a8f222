import { Buffer } from 'node:buffer';
import { basename, dirname } from 'node:path';
import { bytesBlob, drawSvg, type Theme, type TypedGraph, unknownBlocks } from '../../index.ts';
import { deliver } from '../deliver.ts';
import { type ExitStatus, exitStatus } from '../exitStatus.ts';
import { loadSpec, type SpecOptions } from '../loadSpec.ts';
import { refuse } from '../refuse.ts';
import type { Terminal } from '../terminal.ts';

/** Which blocks of a picture are open, as commander gives it. */
export interface FoldOptions {
  readonly depth?: number;
  readonly fold?: readonly string[];
  readonly unfold?: readonly string[];
  readonly unroll?: boolean;
}

export interface DrawOptions extends SpecOptions, FoldOptions {
  readonly output?: string;
  readonly force?: boolean;
  readonly theme: Theme;
}

/** `draw`: the picture of a network, also where a claim fails. */
export async function draw(spec: string, options: DrawOptions, terminal: Terminal): Promise<ExitStatus> {
  const { graph, status } = await loadSpec(spec, options, terminal);
  if (graph === undefined) {
    terminal.say('nothing was drawn\n');
    return status;
  }
  const unknown = refuseUnknown(graph, options, terminal);
  if (unknown !== undefined) return unknown;
  const svg = drawSvg(graph, options);
  const { output = '-' } = options;
  if (output === '-') {
    terminal.out(svg);
    return status;
  }
  const delivered = await deliverText(output, svg, { force: options.force === true, terminal });
  return delivered === exitStatus.ok ? status : delivered;
}

/** Refuses names of blocks that there are none of. */
export function refuseUnknown(
  graph: TypedGraph,
  { fold = [], unfold = [] }: FoldOptions,
  terminal: Terminal,
): ExitStatus | undefined {
  const [first] = unknownBlocks(graph, [...fold, ...unfold]);
  if (first === undefined) return undefined;
  const nearest = first.nearest === undefined ? '' : `; did you mean \`${first.nearest}\`?`;
  return refuse(`there is no block \`${first.name}\` in the network${nearest}`, terminal);
}

/** Writes one text as `emit` writes its files. */
export async function deliverText(
  output: string,
  text: string,
  { force, terminal }: { readonly force: boolean; readonly terminal: Terminal },
): Promise<ExitStatus> {
  const destination = { folder: dirname(output), fileName: basename(output), owned: false };
  const files = [{ path: basename(output), content: bytesBlob(Buffer.from(text)) }];
  return await deliver({ destination, files, force }, terminal);
}
