import type { Dim } from '../../../tensor/dim.ts';
import type { DType } from '../../../tensor/dtype.ts';
import type { JsonObject } from '../json.ts';

/** The attributes of a node, each an AttrValue of TensorFlow's GraphDef as protobuf's JSON mapping writes it. */
export type NodeAttributes = Readonly<Record<string, JsonObject>>;

/** A whole number; protobuf writes int64 as text. */
export function int(value: number): JsonObject {
  return { i: String(value) };
}

/** Whole numbers. */
export function ints(values: readonly number[]): JsonObject {
  return { list: { i: values.map(String) } };
}

/** A real number. */
export function float(value: number): JsonObject {
  return { f: value };
}

/** True or false. */
export function bool(value: boolean): JsonObject {
  return { b: value };
}

/** A text, which protobuf writes in base64; tf.js reads ASCII only. */
export function string(value: string): JsonObject {
  return { s: btoa(value) };
}

/** Texts. */
export function strings(values: readonly string[]): JsonObject {
  return { list: { s: values.map((v) => btoa(v)) } };
}

/** The names of element types; tf.js has no half precision (`inexpressible` in lower.ts refuses it). */
const typeNames: Readonly<Record<DType, string>> = {
  float32: 'DT_FLOAT',
  float16: 'DT_HALF',
  int32: 'DT_INT32',
  bool: 'DT_BOOL',
};

/** The name of an element type. */
export function typeName(dtype: DType): string {
  return typeNames[dtype];
}

/** An element type. */
export function type(dtype: DType): JsonObject {
  return { type: typeName(dtype) };
}

/** A TensorShapeProto; a size that is a symbol is open, which is written −1. */
export function tensorShape(shape: readonly Dim[]): JsonObject {
  return { dim: shape.map((d) => ({ size: typeof d === 'number' ? String(d) : '-1' })) };
}
