import { conventions } from '../../analysis/conventions/names.ts';
import { dtypes } from '../../tensor/dtype.ts';
import { described, draft, type JsonSchema, ref } from './jsonSchema.ts';

const text: JsonSchema = { type: 'string' };
const texts: JsonSchema = { type: 'array', items: text };
const whole: JsonSchema = { type: 'integer', minimum: 0 };
const size = ref('size');
const shape: JsonSchema = { type: 'array', items: size };
const typed = { shape, dtype: { enum: dtypes } };

/** What nodes, blocks and the whole network have alike. */
const figures = {
  parameters: {
    type: 'object',
    required: ['trainable', 'nonTrainable'],
    properties: { trainable: whole, nonTrainable: whole },
  },
  macs: described('Multiply-adds for one item of the batch.', size),
  biasAdds: described('Additions of biases.', size),
  elementOps: described('Other operations on elements.', size),
  cost: described('By the convention that was asked for, which `totals` names.', size),
} satisfies Record<string, JsonSchema>;
const always = ['parameters', 'macs', 'biasAdds', 'elementOps'];

/** The schema of what `infer-shapes --format json` writes. */
export const shapesSchema: JsonSchema = {
  $schema: draft,
  title: 'Shapes of inception-cli infer-shapes --format json',
  description: 'Readers accept keys that are not named here: the data grow within one formatVersion.',
  ...object(['formatVersion', 'name', 'channels', 'inputs', 'outputs', 'nodes', 'totals', 'sizes'], {
    formatVersion: { const: 1 },
    name: text,
    channels: { description: 'In which order shapes of maps stand.', enum: ['first', 'last'] },
    inputs: list(object(['name', 'shape', 'dtype'], { name: text, ...typed })),
    outputs: list(object(['name', 'value', 'shape', 'dtype'], { name: text, value: text, ...typed })),
    nodes: list(ref('node')),
    blocks: {
      description:
        'Each call of a block with all that is in it, a call before those inside it. A weight counts once in each call that uses it.',
      ...list(
        object(['name', 'block', 'nodes', ...always], { name: text, block: text, nodes: whole, ...figures }),
      ),
    },
    totals: object([...always, 'nodes'], { ...figures, convention: { enum: conventions }, nodes: whole }),
    sizes: object(['leastSizes', 'equalSizes'], {
      leastSizes: list(object(['symbol', 'min', 'node'], { symbol: text, min: whole, node: text })),
      equalSizes: list(
        object(['node', 'left', 'right'], { node: text, left: text, right: text, where: text }),
      ),
    }),
  }),
  definitions: {
    size: { description: 'A number, or a formula over the open sizes.', type: ['integer', 'string'] },
    node: object(
      ['name', 'op', 'block', 'endPoint', 'inputs', 'outputs', 'attributes', 'weights', ...always, 'source'],
      {
        name: text,
        op: text,
        block: { description: 'The block whose call made it.', type: ['string', 'null'] },
        endPoint: { type: 'boolean' },
        inputs: texts,
        outputs: list(object(['name', 'shape', 'dtype'], { name: text, ...typed })),
        attributes: { type: 'object' },
        weights: list(
          object(['name', 'shape', 'trainable'], {
            name: text,
            shape: { type: 'array', items: whole },
            trainable: { type: 'boolean' },
          }),
        ),
        ...figures,
        source: object(['file', 'line', 'column'], { file: text, line: whole, column: whole }),
        note: text,
      },
    ),
  },
};

function list(items: JsonSchema): JsonSchema {
  return { type: 'array', items };
}

function object(required: readonly string[], properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: 'object', required, properties };
}
