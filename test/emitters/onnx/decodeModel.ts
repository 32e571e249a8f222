import { onnx } from 'onnx-proto';
import type { EmitResult } from '../../../src/emitters/emitter.ts';
import { emitOnnx } from '../../../src/emitters/onnx/emit.ts';
import { type OnnxOptions, onnxDefaults } from '../../../src/emitters/onnx/options.ts';
import { blobBytes } from '../../../src/weights/blob.ts';
import { type NetworkParts, network } from './network.ts';

/** The bytes of the only file of an emission that succeeded. */
export function modelBytes(result: EmitResult): Uint8Array {
  if (!result.ok) throw new Error(JSON.stringify(result.problems.map((p) => p.problem)));
  return blobBytes(result.files[0]!.content);
}

/** Emits a network and reads it back with a decoder that is not ours. */
export function emitted(parts: NetworkParts, options: Partial<OnnxOptions> = {}) {
  return decodeModel(modelBytes(emitOnnx(network(parts), { ...onnxDefaults, ...options })));
}

/** A model as it is read back. */
export function decodeModel(bytes: Uint8Array) {
  const model = onnx.ModelProto.decode(bytes);
  const { graph } = onnx.ModelProto.toObject(model, { longs: Number, defaults: true, arrays: true });
  return { model, graph: graph as onnx.IGraphProto };
}

/** `image -> Transpose(perm=0,3,1,2) -> image/nchw`, one line per node. */
export function nodeLines({ node }: onnx.IGraphProto): readonly string[] {
  return (node ?? []).map(
    (n) => `${n.input?.join(' ')} -> ${n.opType}(${(n.attribute ?? []).map(attribute)}) -> ${n.output}`,
  );
}

function attribute({ name, type, i, f, ints }: onnx.IAttributeProto): string {
  const { INT, FLOAT } = onnx.AttributeProto.AttributeType;
  const value = type === INT ? i : type === FLOAT ? Number(f?.toPrecision(6)) : ints?.join(',');
  return `${name}=${value}`;
}

/** `y: N,8,9,32`, one line per value. */
export function infoLines(infos: readonly onnx.IValueInfoProto[] | null | undefined): readonly string[] {
  return (infos ?? []).map(({ name, type }) => {
    const dims = type?.tensorType?.shape?.dim ?? [];
    return `${name}: ${dims.map((d) => d.dimParam || d.dimValue)}`;
  });
}
