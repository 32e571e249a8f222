import type { Blob } from '../../../weights/blob.ts';

/**
 * The part of ONNX' file format that is written and read here: message → field → [number, kind], as in onnx.proto
 * (github.com/onnx/onnx), whose `ModelProto` is `Model`, `TypeProto.Tensor` is `TensorType`, and so on. Types, writer
 * and reader all follow from this table. Fields stand in ascending order of their numbers, which is the order on the wire.
 *
 * A kind is `int` (int64, int32 and enums), `float` (float32), `string` (UTF-8), `blob` (bytes of known length) or the
 * name of a message; `[]` marks a repeated field. `s` and `strings` of an attribute are `bytes` in onnx.proto, said
 * to be UTF-8.
 */
export const messages = {
  Model: {
    ir_version: [1, 'int'],
    producer_name: [2, 'string'],
    producer_version: [3, 'string'],
    domain: [4, 'string'],
    model_version: [5, 'int'],
    doc_string: [6, 'string'],
    graph: [7, 'Graph'],
    opset_import: [8, 'OperatorSetId[]'],
    metadata_props: [14, 'StringStringEntry[]'],
    functions: [25, 'Function[]'],
  },
  Graph: {
    node: [1, 'Node[]'],
    name: [2, 'string'],
    initializer: [5, 'Tensor[]'],
    doc_string: [10, 'string'],
    input: [11, 'ValueInfo[]'],
    output: [12, 'ValueInfo[]'],
    value_info: [13, 'ValueInfo[]'],
  },
  Node: {
    input: [1, 'string[]'],
    output: [2, 'string[]'],
    name: [3, 'string'],
    op_type: [4, 'string'],
    attribute: [5, 'Attribute[]'],
    doc_string: [6, 'string'],
    domain: [7, 'string'],
  },
  Attribute: {
    name: [1, 'string'],
    f: [2, 'float'],
    i: [3, 'int'],
    s: [4, 'string'],
    t: [5, 'Tensor'],
    floats: [7, 'float[]'],
    ints: [8, 'int[]'],
    strings: [9, 'string[]'],
    type: [20, 'int'],
  },
  Tensor: {
    dims: [1, 'int[]'],
    data_type: [2, 'int'],
    float_data: [4, 'float[]'],
    name: [8, 'string'],
    raw_data: [9, 'blob'],
    doc_string: [12, 'string'],
    external_data: [13, 'StringStringEntry[]'],
    data_location: [14, 'int'],
  },
  ValueInfo: { name: [1, 'string'], type: [2, 'Type'], doc_string: [3, 'string'] },
  Type: { tensor_type: [1, 'TensorType'], denotation: [6, 'string'] },
  TensorType: { elem_type: [1, 'int'], shape: [2, 'Shape'] },
  Shape: { dim: [1, 'Dimension[]'] },
  Dimension: { dim_value: [1, 'int'], dim_param: [2, 'string'], denotation: [3, 'string'] },
  OperatorSetId: { domain: [1, 'string'], version: [2, 'int'] },
  StringStringEntry: { key: [1, 'string'], value: [2, 'string'] },
  Function: {
    name: [1, 'string'],
    input: [4, 'string[]'],
    output: [5, 'string[]'],
    attribute: [6, 'string[]'],
    node: [7, 'Node[]'],
    doc_string: [8, 'string'],
    opset_import: [9, 'OperatorSetId[]'],
    domain: [10, 'string'],
    value_info: [12, 'ValueInfo[]'],
  },
} as const;

type Messages = typeof messages;

export type MessageName = keyof Messages;

/** What stands for one value of a kind. Integers beyond 2^53 are bigints. `B` stands for a blob. */
interface Scalars<B> {
  readonly int: number | bigint;
  readonly float: number;
  readonly string: string;
  readonly blob: B;
}

type One<Kind, B> = Kind extends keyof Scalars<B>
  ? Scalars<B>[Kind]
  : Kind extends MessageName
    ? Message<Kind, B>
    : never;

type Value<Kind, B> = Kind extends `${infer Item}[]` ? readonly One<Item, B>[] : One<Kind, B>;

/** A message as plain data, such as `Message<'Model'>`; a field left out is not written. */
export type Message<M extends MessageName, B = Blob> = {
  readonly [F in keyof Messages[M]]?: Messages[M][F] extends readonly [number, infer Kind]
    ? Value<Kind, B>
    : never;
};

/** `AttributeProto.AttributeType`: says which field of an attribute holds its value. */
export const attributeTypes = {
  FLOAT: 1,
  INT: 2,
  STRING: 3,
  TENSOR: 4,
  FLOATS: 6,
  INTS: 7,
  STRINGS: 8,
} as const;

/** `TensorProto.DataType`, for `data_type` and `elem_type`. */
export const dataTypes = {
  FLOAT: 1,
  UINT8: 2,
  INT8: 3,
  UINT16: 4,
  INT32: 6,
  INT64: 7,
  BOOL: 9,
  FLOAT16: 10,
  DOUBLE: 11,
  BFLOAT16: 16,
} as const;

/** `TensorProto.DataLocation`: whether a tensor's bytes are in `raw_data` or in the file that `external_data` names. */
export const dataLocations = { DEFAULT: 0, EXTERNAL: 1 } as const;
