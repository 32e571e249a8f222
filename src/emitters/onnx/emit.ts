import { problem } from '../../diagnostics/diagnostic.ts';
import type { TypedGraph } from '../../ir/graph.ts';
import type { EmitResult } from '../emitter.ts';
import { lowerGraph } from './lower.ts';
import { type OnnxOptions, optionProblems } from './options.ts';
import { encode } from './wire/encode.ts';
import { sizeOf } from './wire/measure.ts';

/** Protobuf counts bytes in an int32: "messages larger than 2 GiB are not supported" (protobuf.dev, encoding). */
export const largestFile = 2 ** 31 - 2;

/** One file with an ONNX model. Its bytes, and with them the weights, are made as they are written. */
export function emitOnnx(graph: TypedGraph, options: OnnxOptions): EmitResult {
  const wrong = optionProblems(options);
  if (wrong.length > 0) return { ok: false, problems: wrong.map((p) => ({ problem: p })) };
  const lowered = lowerGraph(graph, options);
  if (!lowered.ok) return lowered;
  const { model } = lowered;
  const byteLength = sizeOf(model);
  if (byteLength > largestFile) return tooLarge(byteLength);
  return {
    ok: true,
    files: [{ path: options.fileName, content: { byteLength, chunks: () => encode(model) } }],
  };
}

function tooLarge(bytes: number): EmitResult {
  const help = 'leave the weights out with `--weights none`, or make the network smaller';
  const found = problem('too-large-for-one-file', { target: 'ONNX', bytes, limit: largestFile, help });
  return { ok: false, problems: [{ problem: found }] };
}
