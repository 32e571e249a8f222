import { problem } from '../../diagnostics/diagnostic.ts';
import type { TypedGraph, Weight } from '../../ir/graph.ts';
import { version } from '../../version.ts';
import { type WeightsOption, weightSource } from '../../weights/weightSource.ts';
import { safetensorsBlob } from '../../weights/writeSafetensors.ts';
import type { EmitResult } from '../emitter.ts';

export interface SafetensorsOptions {
  readonly weights: WeightsOption;
  readonly fileName: string;
}

/** The weights alone, under their full names and in Keras' layout; each is made when it is written. */
export function emitSafetensors(graph: TypedGraph, { weights, fileName }: SafetensorsOptions): EmitResult {
  const source = weightSource(weights);
  if (source === undefined) return nothingToWrite();
  const tensors = weightsOf(graph).map((weight) => ({
    name: weight.fullName,
    shape: weight.shape,
    content: source.blob(weight),
  }));
  const metadata = { producer: `inception-cli v${version}`, network: graph.name };
  return { ok: true, files: [{ path: fileName, content: safetensorsBlob(tensors, metadata) }] };
}

/** Nodes can share a weight. */
function weightsOf({ nodes }: TypedGraph): readonly Weight[] {
  return [...new Map(nodes.flatMap((n) => n.weights).map((w) => [w.fullName, w])).values()];
}

function nothingToWrite(): EmitResult {
  const accepted = 'init, zeros or a file';
  const found = problem('target-option', {
    target: 'safetensors',
    option: '--weights',
    value: 'none',
    accepted,
  });
  return { ok: false, problems: [{ problem: found }] };
}
