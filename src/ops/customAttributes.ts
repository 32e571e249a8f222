import * as z from 'zod';
import { dtypes } from '../tensor/dtype.ts';
import { initialiser, initialiserWords } from './initialiserAttribute.ts';

/** The attributes of `custom`: what is declared of an operation, and what stands for it in each target. */

/** A dimension in a declared shape: a number, a name, or an expression over names that `inputs` bind. */
export type DeclaredDim = number | string;

/** The value of an attribute of an operator or of a node of a graph. */
export type OperatorValue = Scalar | readonly Scalar[] | { readonly float: number | readonly number[] };

type Scalar = number | string | boolean;

/** What a layer's configuration may hold. */
export type JsonValue = Scalar | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** The declared side: shapes, dtypes, weights and costs. */
export function declarations() {
  return {
    inputs: z.array(shape()).min(1).meta({
      description:
        'The shape of each value that it reads. A name stands for the size that a value has there, the same wherever it stands; a number or an expression must be that size.',
    }),
    output: shape().optional().meta({
      description:
        'The shape of the value that it gives, over the names that `inputs` bind: `[N, S // 2, 2 * C]`.',
    }),
    outputs: z.record(z.string(), shape()).optional().meta({
      description: 'Instead of `output`, where it gives several values: the shape of each, by its name.',
    }),
    dtype: z
      .union([z.enum(dtypes), z.record(z.string(), z.enum(dtypes))])
      .optional()
      .meta({
        description: 'Of the outputs: one, or by their names. That of the first input where left out.',
      }),
    weights: z
      .record(
        z.string(),
        z.strictObject({
          shape: shape(),
          init: initialiser().default('glorot_uniform'),
          trainable: z.boolean().default(true),
        }),
      )
      .default({})
      .meta({ description: `Weights by their names; sizes must be numbers. \`init\`: ${initialiserWords}` }),
    macs: dim().default(0).meta({
      description: 'Multiply-adds for one item of the batch: a number, or an expression over the names.',
    }),
    element_ops: dim()
      .default(0)
      .meta({ description: 'Other operations for one item of the batch, in the same way.' }),
  };
}

/** The other side: what each target is given. */
export function realisations() {
  return {
    onnx: z
      .strictObject({
        op_type: z.string().min(1),
        domain: z.string().default(''),
        version: z.int().min(1).optional(),
        attributes: operatorValues(),
        layout: z.enum(['last', 'first']).default('last'),
      })
      .optional()
      .meta({
        description:
          "In ONNX: an operator of a domain, at the version of that domain which the model then imports (1 where left out); the empty domain is ONNX' own, at the model's opset. It reads the values, then the weights. `layout`: where the channels of maps stand in what it reads and gives.",
      }),
    tfjs: z
      .strictObject({ class_name: z.string().min(1), config: jsonObject().default({}) })
      .optional()
      .meta({
        description:
          'In the layers format of tf.js: a layer of a class that is there when the model is loaded (`tf.serialization.registerClass`), with its weights under their names.',
      }),
    tfjs_graph: z
      .strictObject({ op: z.string().min(1), attributes: operatorValues() })
      .optional()
      .meta({
        description:
          'In the graph format of tf.js: an op that is there when the model runs (`tf.registerOp`). It reads the values, then the weights.',
      }),
  };
}

function dim() {
  return z.union([z.int(), z.string().min(1)], { error: 'must be a whole number or an expression' });
}

function shape() {
  return z.array(dim(), { error: 'must be a list of sizes, such as [N, S, C]' });
}

function operatorValues() {
  const scalar = z.union([z.number(), z.string(), z.boolean()]);
  const float = z.strictObject({ float: z.union([z.number(), z.array(z.number()).min(1)]) });
  return z.record(z.string(), z.union([scalar, z.array(scalar).min(1), float])).default({});
}

function jsonObject() {
  return z.record(
    z.string(),
    z.custom<JsonValue>((value) => value !== undefined),
  );
}
