import type { Blob } from '../../../weights/blob.ts';
import { type MessageName, messages } from './messages.ts';

/** A row of the table, taken apart; `tag` is what stands before a value on the wire: number and wire type. */
export type Field = {
  readonly name: string;
  readonly id: number;
  readonly tag: number;
  readonly many: boolean;
} & (
  | { readonly kind: keyof typeof wireTypeOf; readonly message: undefined }
  | { readonly kind: 'message'; readonly message: MessageName }
);

/** Protobuf's wire types: how many bytes follow a tag. */
export const wireTypes = { varint: 0, fixed64: 1, delimited: 2, fixed32: 5 } as const;

/** The wire type of one value of each kind; a message is delimited too. */
export const wireTypeOf = {
  int: wireTypes.varint,
  float: wireTypes.fixed32,
  string: wireTypes.delimited,
  blob: wireTypes.delimited,
} as const;

/** One value as it stands on the wire, a tag before it; a repeated field is as many of them as it has items. */
export type Occurrence = { readonly tag: number } & (
  | { readonly kind: 'int'; readonly value: number | bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'blob'; readonly value: Blob }
  | { readonly kind: 'message'; readonly message: MessageName; readonly value: object }
);

/** The values of a message in the order of the wire: ascending field numbers. */
export function* occurrences(type: MessageName, plain: object): Generator<Occurrence> {
  // The table pairs each name with the type of its value; a loop over names cannot express the pair.
  const values = plain as Readonly<Record<string, unknown>>;
  for (const field of fields[type]) {
    const value = values[field.name];
    if (value === undefined) continue;
    const { kind, tag, message } = field;
    for (const item of field.many ? (value as readonly unknown[]) : [value]) {
      yield { kind, tag, message, value: item } as Occurrence;
    }
  }
}

/** The fields of every message in the order of the table. `Object.fromEntries` forgets the keys, which are those of the table. */
export const fields = Object.fromEntries(
  Object.entries(messages).map(([type, rows]) => [type, Object.entries(rows).map(fieldOf)]),
) as unknown as { readonly [M in MessageName]: readonly Field[] };

function fieldOf([name, [id, kind]]: readonly [string, readonly [number, string]]): Field {
  const many = kind.endsWith('[]');
  const item = many ? kind.slice(0, -2) : kind;
  if (isScalar(item)) {
    return { name, id, tag: id * 8 + wireTypeOf[item], many, kind: item, message: undefined };
  }
  // What is no scalar is a message: the type of the table says so, which `Object.entries` forgets.
  const message = item as MessageName;
  return { name, id, tag: id * 8 + wireTypes.delimited, many, kind: 'message', message };
}

function isScalar(kind: string): kind is keyof typeof wireTypeOf {
  return Object.hasOwn(wireTypeOf, kind);
}
