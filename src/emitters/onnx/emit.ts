import type { TypedGraph } from '../../ir/graph.ts';
import type { EmitResult, OutputFile } from '../emitter.ts';
import { dtypeProblems } from '../weightEncodings.ts';
import { splitModel } from './externalData.ts';
import { lowerGraph } from './lower.ts';
import { type OnnxOptions, onnxStorage, optionProblems } from './options.ts';
import { encode } from './wire/encode.ts';
import { sizeOf } from './wire/measure.ts';
import type { Message } from './wire/messages.ts';

/** Protobuf counts bytes in an int32: "messages larger than 2 GiB are not supported" (protobuf.dev, encoding). */
export const largestFile = 2 ** 31 - 2;

/**
 * An ONNX model in one file, or with its large tensors in a second one beside it, where that is asked for or one file
 * cannot hold them. The bytes, and with them the weights, are made as they are written.
 */
export function emitOnnx(graph: TypedGraph, options: OnnxOptions): EmitResult {
  const wrong = [
    ...optionProblems(options).map((p) => ({ problem: p })),
    ...dtypeProblems(graph, options.dtypes, onnxStorage),
  ];
  if (wrong.length > 0) return { ok: false, problems: wrong };
  const lowered = lowerGraph(graph, options);
  if (!lowered.ok) return lowered;
  const { model, rounding } = lowered;
  const { fileName, externalData } = options;
  if (!externalData && sizeOf(model) <= largestFile) {
    return { ok: true, files: [modelFile(model, fileName)], rounding };
  }
  const path = `${fileName}.data`;
  const split = splitModel(model, path);
  const data = split.data === undefined ? [] : [{ path, content: split.data }];
  return { ok: true, files: [modelFile(split.model, fileName), ...data], rounding };
}

function modelFile(model: Message<'Model'>, path: string): OutputFile {
  const byteLength = sizeOf(model);
  // Without its large tensors a model is as long as its list of nodes, which is in memory already.
  if (byteLength > largestFile) throw new Error(`${path} would have ${byteLength} bytes beside its tensors`);
  return { path, content: { byteLength, chunks: () => encode(model) } };
}
