import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import protobuf from 'protobufjs';

/** A field as the code generated from onnx.proto writes it; `type` is protobuf's name or a message's. */
export interface DefinedField {
  readonly name: string;
  readonly id: number;
  readonly type: string;
  readonly many: boolean;
}

const source = readFileSync(createRequire(import.meta.url).resolve('onnx-proto'), 'utf8');

/** ONNX 1.10's messages, read off the writer that onnx-proto generated from onnx.proto. Names are in camelCase. */
export const definition: ReadonlyMap<string, readonly DefinedField[]> = new Map(
  source
    .split(/\n +(?=\w+\.encode = function)/)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('.')), fieldsOf(section)]),
);

function fieldsOf(section: string): readonly DefinedField[] {
  const writer = section.slice(0, section.indexOf('return writer'));
  const id = String.raw`writer\.uint32\(\/\* id (?<id>\d+), wireType \d =\*\/\d+\)`;
  const name = String.raw`message\.(?<name>\w+)(?<many>\[i\])?`;
  const patterns = [
    String.raw`\$root\.onnx\.(?:\w+\.)*(?<type>\w+)\.encode\(${name}, ${id}`,
    String.raw`${id}\.(?<type>\w+)\(${name}\)`,
    String.raw`${id}\.fork\(\);\s+for \([^)]*\)\s+writer\.(?<type>\w+)\(${name}\)`,
  ];
  return patterns
    .flatMap((pattern) => [...writer.matchAll(new RegExp(pattern, 'g'))])
    .map(({ groups }) => ({
      name: groups!.name!,
      id: Number(groups!.id),
      type: groups!.type!,
      many: groups!.many !== undefined,
    }))
    .sort((a, b) => a.id - b.id);
}

/** The name in onnx.proto of each message of our table. */
export const definedNames = {
  Model: 'ModelProto',
  Graph: 'GraphProto',
  Node: 'NodeProto',
  Attribute: 'AttributeProto',
  Tensor: 'TensorProto',
  ValueInfo: 'ValueInfoProto',
  Type: 'TypeProto',
  TensorType: 'Tensor',
  Shape: 'TensorShapeProto',
  Dimension: 'Dimension',
  OperatorSetId: 'OperatorSetIdProto',
  StringStringEntry: 'StringStringEntryProto',
  Function: 'FunctionProto',
} as const;

export function camelCase(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The same definition for protobufjs, as proto2: there, as in onnx.proto, repeated numbers are not packed. */
export function independentType(name: string): protobuf.Type {
  const text = [...definition].map(
    ([message, fields]) =>
      `message ${message} { ${fields.map((f) => `${f.many ? 'repeated' : 'optional'} ${f.type} ${f.name} = ${f.id};`).join(' ')} }`,
  );
  return protobuf.parse(`syntax = "proto2"; ${text.join('\n')}`).root.lookupType(name);
}
