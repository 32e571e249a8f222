/** Element types a spec can name. int64 never appears in a spec: where ONNX needs it, the emitter casts. */
export const dtypes = ['float32', 'float16', 'int32', 'bool'] as const;

export type DType = (typeof dtypes)[number];
