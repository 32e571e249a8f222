import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { fields } from '../../../../src/emitters/onnx/wire/fields.ts';
import {
  attributeTypes,
  dataLocations,
  dataTypes,
  type MessageName,
  messages,
} from '../../../../src/emitters/onnx/wire/messages.ts';
import { camelCase, definedNames, definition } from './definition.ts';

const { onnx } = createRequire(import.meta.url)('onnx-proto');

/** How onnx.proto's types are called in our table. */
const kindOf: Readonly<Record<string, string>> = {
  int64: 'int',
  int32: 'int',
  float: 'float',
  string: 'string',
  bytes: 'blob',
  ...Object.fromEntries(Object.entries(definedNames).map(([ours, theirs]) => [theirs, ours])),
};

/** Where the table differs from onnx-proto's definition (ONNX 1.10) on purpose. */
const exceptions = [
  'Attribute.s: bytes said to be UTF-8',
  'Attribute.strings: bytes said to be UTF-8',
  'Function.value_info: added in ONNX 1.16',
];

test('the definition is read whole', () => {
  expect(definition.size).toBe(21);
  expect([...definition.values()].flat()).toHaveLength(103);
  expect(definition.get('ValueInfoProto')).toEqual([
    { name: 'name', id: 1, type: 'string', many: false },
    { name: 'type', id: 2, type: 'TypeProto', many: false },
    { name: 'docString', id: 3, type: 'string', many: false },
  ]);
});

test.each(Object.keys(messages) as MessageName[])(
  '%s has the field numbers and types of onnx.proto',
  (type) => {
    const defined = definition.get(definedNames[type])!;
    const ours = Object.entries<readonly [number, string]>(messages[type])
      .filter(([name]) => !exceptions.some((exception) => exception.startsWith(`${type}.${name}:`)))
      .map(([name, [id, kind]]) => ({ name: camelCase(name), id, kind }));
    const theirs = defined.map((f) => ({
      name: f.name,
      id: f.id,
      kind: kindOf[f.type] + (f.many ? '[]' : ''),
    }));
    expect(theirs).toEqual(expect.arrayContaining(ours));
  },
);

test('the exceptions have their numbers too', () => {
  const attribute = definition.get('AttributeProto')!;
  expect(attribute.filter((f) => f.type === 'bytes').map((f) => [f.name, f.id])).toEqual([
    ['s', messages.Attribute.s[0]],
    ['strings', messages.Attribute.strings[0]],
  ]);
  expect(messages.Function.value_info[0]).toBe(12); // onnx.proto of ONNX 1.16: `repeated ValueInfoProto value_info = 12;`
});

test.each(Object.entries(fields))('the fields of %s ascend', (_, ofOne) => {
  const ids = ofOne.map((field) => field.id);
  expect(ids).toEqual([...ids].sort((a, b) => a - b));
});

test('enums have the numbers of onnx.proto', () => {
  expect(onnx.AttributeProto.AttributeType).toMatchObject(attributeTypes);
  expect(onnx.TensorProto.DataType).toMatchObject(dataTypes);
  expect(onnx.TensorProto.DataLocation).toMatchObject(dataLocations);
});
