import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode, type Extent } from '../../../../src/emitters/onnx/wire/decode.ts';
import { encode } from '../../../../src/emitters/onnx/wire/encode.ts';
import { fields } from '../../../../src/emitters/onnx/wire/fields.ts';
import { sizeOf } from '../../../../src/emitters/onnx/wire/measure.ts';
import type { Message, MessageName } from '../../../../src/emitters/onnx/wire/messages.ts';
import { type Blob, blobBytes, bytesBlob } from '../../../../src/weights/blob.ts';
import { camelCase, definedNames, definition, independentType } from './definition.ts';

test('a small model is written as protobuf says', () => {
  const model = { ir_version: 8, opset_import: [{ domain: '', version: 17 }], graph: { name: 'g' } };
  const written = [
    [0x08, 8], // ir_version
    [0x3a, 3, 0x12, 1, 0x67], // graph { name }
    [0x42, 4, 0x0a, 0, 0x10, 17], // opset_import { domain, version }
  ];
  expect([...bytesOf(model)]).toEqual(written.flat());
});

test('repeated integers are not packed', () => {
  const model = { graph: { initializer: [{ dims: [1, 2] }] } };
  expect([...bytesOf(model)]).toEqual([0x3a, 6, 0x2a, 4, 0x08, 1, 0x08, 2]);
});

test('blobs pass through untouched', () => {
  const chunks = [new Uint8Array([1, 2]), new Uint8Array([3])];
  const blob: Blob = { byteLength: 3, chunks: () => chunks };
  const pieces = [...encode({ graph: { initializer: [{ raw_data: blob, doc_string: 'd' }] } })];
  expect(pieces[1]).toBe(chunks[0]);
  expect(pieces[2]).toBe(chunks[1]);
  expect(pieces).toHaveLength(4);
});

test('a blob that breaks its promise is our mistake', () => {
  const blob: Blob = { byteLength: 4, chunks: () => [new Uint8Array(3)] };
  expect(() => bytesOf({ graph: { initializer: [{ raw_data: blob }] } })).toThrow(
    'promised 4 bytes and gave 3',
  );
});

test.each([100, 65_530, 65_536, 70_000, 200_000])('a text of %i bytes between others', (length) => {
  const model = { producer_name: 'before', doc_string: 'x'.repeat(length), graph: { name: 'after' } };
  const bytes = bytesOf(model);
  expect(bytes.length).toBe(sizeOf(model));
  expect(decode('Model', bytes)).toEqual({ ok: true, message: model, unknownFields: 0 });
});

const independentModel = independentType('ModelProto');

test('an independent decoder reads what is written, and writes the same bytes', () => {
  fc.assert(
    fc.property(messageOf('Model'), (generated) => {
      const model = generated as Message<'Model'>;
      const bytes = bytesOf(model);
      const theirs = independentModel.decode(bytes);
      expect(Buffer.from(independentModel.encode(theirs).finish())).toEqual(Buffer.from(bytes));
      expect(independentModel.toObject(theirs, { longs: String })).toEqual(asIndependent('Model', model));
    }),
    { numRuns: 100 },
  );
});

test('the reader gives back what was written', () => {
  fc.assert(
    fc.property(messageOf('Model'), (generated) => {
      const bytes = bytesOf(generated as Message<'Model'>);
      const decoded = decode('Model', bytes);
      expect(decoded).toMatchObject({ ok: true, unknownFields: 0 });
      if (decoded.ok) expect(bytesOf(withBlobs('Model', decoded.message, bytes))).toEqual(bytes);
    }),
    { numRuns: 100 },
  );
});

/** All pieces as one array, each copied when it is given, as a writer to a file does. */
function bytesOf(model: Message<'Model'>): Uint8Array {
  return blobBytes({ byteLength: sizeOf(model), chunks: () => encode(model) });
}

type Values = Readonly<Record<string, unknown>>;

/** Any message of the table: each field present or not, lists of up to three. `value_info` of functions is too new. */
function messageOf(type: MessageName): fc.Arbitrary<Values> {
  const defined = new Map(definition.get(definedNames[type])!.map((field) => [field.id, field]));
  const entries = fields[type]
    .filter((field) => defined.has(field.id))
    .map((field) => {
      const int = defined.get(field.id)!.type === 'int32' ? fc.integer() : int64;
      const item: fc.Arbitrary<unknown> =
        field.kind === 'message' ? messageOf(field.message) : { ...scalars, int }[field.kind];
      return [field.name, field.many ? fc.array(item, { minLength: 1, maxLength: 3 }) : item] as const;
    });
  return fc.record(Object.fromEntries(entries), { requiredKeys: [], noNullPrototype: true });
}

const int64 = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
  fc.bigInt({ min: -(2n ** 63n), max: -(2n ** 53n) }),
);

const scalars = {
  float: fc.float({ noNaN: true }),
  string: fc.string({ unit: 'binary', maxLength: 8 }),
  blob: fc.uint8Array({ maxLength: 20 }).map(bytesBlob),
};

/** The message as protobufjs gives it: camelCase names, integers of 64 bits as text, blobs and attribute texts as bytes. */
function asIndependent(type: MessageName, message: object): Values {
  const defined = new Map(definition.get(definedNames[type])!.map((field) => [field.id, field]));
  return mapped(type, message, (item, field) => {
    const theirType = defined.get(field.id)!.type;
    if (field.kind === 'message')
      return [camelCase(field.name), asIndependent(field.message, item as object)];
    if (theirType === 'int64') return [camelCase(field.name), String(item)];
    if (field.kind === 'blob') return [camelCase(field.name), blobBytes(item as Blob)];
    return [camelCase(field.name), theirType === 'bytes' ? new TextEncoder().encode(item as string) : item];
  });
}

/** A decoded message with its places filled from the bytes. */
function withBlobs(type: MessageName, message: object, bytes: Uint8Array): Values {
  return mapped(type, message, (item, field) => {
    if (field.kind === 'message') return [field.name, withBlobs(field.message, item as object, bytes)];
    if (field.kind !== 'blob') return [field.name, item];
    const { start, byteLength } = item as Extent;
    return [field.name, bytesBlob(bytes.subarray(start, start + byteLength))];
  });
}

type Change = (item: unknown, field: (typeof fields)[MessageName][number]) => readonly [string, unknown];

function mapped(type: MessageName, message: object, change: Change): Values {
  const values = message as Values;
  const present = fields[type].filter((field) => values[field.name] !== undefined);
  return Object.fromEntries(
    present.map((field) => {
      const value = values[field.name];
      if (!field.many) return change(value, field);
      const items = (value as readonly unknown[]).map((item) => change(item, field));
      return [items[0]![0], items.map(([, item]) => item)];
    }),
  );
}
