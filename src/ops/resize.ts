import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, type Problem, problem, type Result } from '../diagnostics/diagnostic.ts';
import { type Dim, floorDiv, mul } from '../tensor/dim.ts';
import type { TensorType } from '../tensor/shape.ts';
import { elementsPerItem } from './cost.ts';
import { defineOp } from './op.ts';
import { ratioOf, ratioPerAxis, type WrittenRatio } from './ratio.ts';
import { channelsApart, type ResizedField, spatialFields } from './receptiveField.ts';
import { requireFloat } from './requireFloat.ts';
import { eachAxis, requireSpatial, spatialDims } from './spatial.ts';
import { type PerAxis, perAxis } from './windowAttributes.ts';

/**
 * Position i of the output lies at position p of the input; with r = input / output (the sizes themselves, also where
 * a scale was rounded): half_pixel p = (i + ½)·r − ½, asymmetric p = i·r, align p = i·(input − 1)/(output − 1).
 * nearest takes the position ⌊p + ½⌋, with `asymmetric` ⌊p⌋; bilinear the weighted mean of ⌊p⌋ and ⌊p⌋ + 1. Positions
 * off the map are moved to its border.
 */
export const resize = once(() =>
  defineOp({
    summary: 'Changes the size of a map by taking the nearest position or interpolating between neighbours.',
    inputs: ['x'],
    attributes: () =>
      z.strictObject({
        method: z.enum(['nearest', 'bilinear']).meta({
          description:
            'The nearest position, or interpolation on straight lines along each spatial axis (with three axes also called trilinear). Nothing is smoothed first when a map is made smaller.',
        }),
        corners: z.enum(['half_pixel', 'align', 'asymmetric']).meta({
          description:
            "Where positions lie; it has no default, as frameworks differ. `half_pixel`: pixels are areas (TensorFlow 2's tf.image.resize and Keras; PyTorch's align_corners=False and nearest-exact). `align`: the corners stay where they are (align_corners=True). `asymmetric`: position 0 stays (PyTorch's nearest, TensorFlow 1, tf.js' UpSampling2D).",
        }),
        size: perAxis(1).optional().meta({
          description: 'The new size: one number, or one per spatial axis. Either this or `scale`.',
        }),
        scale: ratioPerAxis().optional().meta({
          description:
            'What the size is multiplied by, rounded down: 2, 0.5 or 3/2, or a list of one per spatial axis. Where positions lie follows from the two sizes alone (as with recompute_scale_factor=True in PyTorch).',
        }),
      }),
    normalise: (attributes, [x]) => {
      const axes = (x?.shape.length ?? 2) - 2;
      const { size, scale } = attributes;
      if (axes < 1) return attributes;
      return {
        ...attributes,
        ...(size === undefined ? {} : { size: [...eachAxis(size, axes)] }),
        ...(scale === undefined ? {} : { scale: [...ratios(scale, axes)] }),
      };
    },
    infer: ([x], attributes) => {
      const early = x === undefined ? [] : [...requireSpatial('resize', x), ...requireFloat('resize', x)];
      if (x === undefined || early.length > 0) return fail(...early);
      const sized = newSizes(x, attributes);
      if (!sized.ok) return sized;
      const shape = [x.shape[0] ?? 1, ...sized.value, x.shape.at(-1) ?? 1];
      return ok({ outputs: [{ dtype: x.dtype, shape }], needs: sized.value });
    },
    cost: (_inputs, [y], { method }) => ({
      elementOps: method === 'nearest' ? 0 : mul(2 ** ((y?.shape.length ?? 2) - 2), elementsPerItem(y)),
    }),
    receptiveField: ([x], [y], attributes) =>
      x === undefined || y === undefined ? [] : spatialFields(x, fieldsOf(x, y, attributes), channelsApart),
    examples: [
      {
        inputs: [['N', 'H', 'W', 2]],
        attributes: { method: 'nearest', corners: 'half_pixel', scale: 2 },
        output: ['N', '2*H', '2*W', 2],
        source: 'Keras UpSampling2D(2)',
      },
      {
        inputs: [['N', 5, 4, 3]],
        attributes: { method: 'nearest', corners: 'half_pixel', scale: 2 },
        output: ['N', 10, 8, 3],
        source: 'Keras UpSampling2D(2): each position twice',
      },
      {
        inputs: [['N', 5, 4, 3]],
        attributes: { method: 'nearest', corners: 'asymmetric', size: [7, 6] },
        output: ['N', 7, 6, 3],
        source: 'PyTorch interpolate(size=(7, 6), mode="nearest"): ⌊i·5/7⌋',
      },
      {
        inputs: [['N', 5, 4, 2]],
        attributes: { method: 'nearest', corners: 'align', size: [8, 7] },
        output: ['N', 8, 7, 2],
        source: 'TensorFlow ResizeNearestNeighbor(align_corners=True)',
      },
      {
        inputs: [['N', 5, 4, 3]],
        attributes: { method: 'bilinear', corners: 'half_pixel', scale: 2 },
        output: ['N', 10, 8, 3],
        elementOps: 960,
        source: 'Keras UpSampling2D(2, interpolation="bilinear"); 4·10·8·3 operations',
      },
      {
        inputs: [['N', 5, 4, 3]],
        attributes: { method: 'bilinear', corners: 'align', size: [9, 3] },
        output: ['N', 9, 3, 3],
        source: 'PyTorch interpolate(size=(9, 3), mode="bilinear", align_corners=True)',
      },
      {
        inputs: [['N', 5, 4, 3]],
        attributes: { method: 'bilinear', corners: 'asymmetric', scale: [3, 2] },
        output: ['N', 15, 8, 3],
        source: 'TensorFlow 1 resize_bilinear(align_corners=False): input·scale',
      },
      {
        inputs: [['N', 7, 6, 2]],
        attributes: { method: 'bilinear', corners: 'half_pixel', scale: ['3/2', 0.5] },
        output: ['N', 10, 3, 2],
        source: '⌊7·3/2⌋, ⌊6/2⌋',
      },
      {
        inputs: [['N', 5, 2]],
        attributes: { method: 'bilinear', corners: 'half_pixel', scale: 3 },
        output: ['N', 15, 2],
        source: 'PyTorch interpolate(scale_factor=3, mode="linear")',
      },
      {
        inputs: [['N', 4, 2]],
        attributes: { method: 'nearest', corners: 'half_pixel', size: 6 },
        output: ['N', 6, 2],
        source: 'PyTorch interpolate(size=6, mode="nearest-exact"): ⌊(i + ½)·4/6⌋',
      },
      {
        inputs: [['N', 2, 3, 4, 2]],
        attributes: { method: 'bilinear', corners: 'align', size: [3, 5, 6] },
        output: ['N', 3, 5, 6, 2],
        source: 'PyTorch interpolate(size=(3, 5, 6), mode="trilinear", align_corners=True)',
      },
      {
        inputs: [['N', 2, 3, 4, 2]],
        attributes: { method: 'nearest', corners: 'asymmetric', scale: 2 },
        output: ['N', 4, 6, 8, 2],
        source: 'Keras UpSampling3D(2)',
      },
      {
        inputs: [['N', 5, 4, 3]],
        attributes: { method: 'nearest', corners: 'align' },
        problem: 'wrong-attribute',
      },
      {
        inputs: [['N', 5, 4, 3]],
        attributes: { method: 'nearest', corners: 'align', size: 3, scale: 2 },
        problem: 'wrong-attribute',
      },
      {
        inputs: [['N', 5, 4, 3]],
        attributes: { method: 'nearest', corners: 'align', scale: 0.2 },
        problem: 'bad-dimension',
        source: '⌊4/5⌋ = 0',
      },
      {
        inputs: [['N', 5, 4, 3]],
        attributes: { method: 'nearest', corners: 'align', size: [1, 2, 3] },
        problem: 'axis-count',
      },
      {
        inputs: [['N', 5]],
        attributes: { method: 'nearest', corners: 'align', size: 3 },
        problem: 'rank-mismatch',
      },
    ],
  }),
);

function fieldsOf(
  x: TensorType,
  y: TensorType,
  { method, corners }: { readonly method: 'nearest' | 'bilinear'; readonly corners: ResizedField['corners'] },
): readonly ResizedField[] {
  const after = spatialDims(y);
  return spatialDims(x).map((input, i) => ({
    kind: 'resized',
    axis: i + 1,
    input,
    output: after[i] ?? input,
    corners,
    method: method === 'nearest' ? 'nearest' : 'linear',
  }));
}

function ratios(scale: WrittenRatio | readonly WrittenRatio[], axes: number): readonly WrittenRatio[] {
  return typeof scale === 'object' ? scale : Array.from({ length: axes }, () => scale);
}

interface Target {
  readonly size?: PerAxis | undefined;
  readonly scale?: WrittenRatio | readonly WrittenRatio[] | undefined;
}

function newSizes(x: TensorType, { size, scale }: Target): Result<readonly Dim[]> {
  const dims = spatialDims(x);
  if ((size === undefined) === (scale === undefined)) {
    const reason = `give \`size\` or \`scale\`${size === undefined ? '' : ', not both'}`;
    return fail(problem('wrong-attribute', { op: 'resize', key: 'size', reason }));
  }
  const what = size === undefined ? 'scale' : 'size';
  const given = size === undefined ? ratios(scale ?? [], dims.length) : eachAxis(size, dims.length);
  if (given.length !== dims.length) {
    return fail(problem('axis-count', { what, expected: dims.length, found: given.length }));
  }
  const sizes = given.map((g, axis) => (what === 'size' ? Number(g) : scaled(dims[axis] ?? 1, g)));
  const problems = sizes.flatMap(vanished);
  return problems.length > 0 ? fail(...problems) : ok(sizes);
}

/** ⌊size·ratio⌋; the schema has checked the ratio. */
function scaled(size: Dim, written: WrittenRatio): Dim {
  const { numerator, denominator } = ratioOf(written) ?? { numerator: 1, denominator: 1 };
  // The product may lie beyond 2^53 where the quotient does not.
  if (typeof size === 'number') return Number((BigInt(size) * BigInt(numerator)) / BigInt(denominator));
  return floorDiv(mul(size, numerator), denominator);
}

function vanished(size: Dim): readonly Problem[] {
  if (typeof size !== 'number' || size >= 1) return [];
  const reason = 'the scale makes an axis vanish';
  return [problem('bad-dimension', { dimension: String(size), reason })];
}
