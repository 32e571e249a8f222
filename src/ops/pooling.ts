import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, type Problem, problem, type Result } from '../diagnostics/diagnostic.ts';
import { mul } from '../tensor/dim.ts';
import type { TensorType } from '../tensor/shape.ts';
import type { AxisWindow } from '../tensor/window.ts';
import { elementsPerItem } from './cost.ts';
import type { Cost, Inferred } from './op.ts';
import { requireFloat } from './requireFloat.ts';
import { eachAxis, requireSpatial, type WindowAttributes, windowsOf } from './spatial.ts';
import { padding, perAxis } from './windowAttributes.ts';

/** The attributes of a pooling. `stride` has no default: Keras takes the kernel's, ONNX 1, TF-Slim 2. */
export const poolingAttributes = once(() => ({
  kernel: perAxis(1).meta({
    description: 'Size of the window: one number, or one per spatial axis (height first).',
  }),
  stride: perAxis(1).meta({
    description: 'Step between windows; it has no default, as frameworks differ.',
  }),
  padding: padding(),
  ceil: z.boolean().default(false).meta({
    description: "Round the number of windows up (Caffe's rule; no window starts beyond the input).",
  }),
}));

/** Output of a pooling: [batch, …windows, channels]. */
export function inferPooling(
  op: string,
  x: TensorType | undefined,
  attributes: WindowAttributes,
): Result<Inferred> {
  const early =
    x === undefined ? [] : [...requireSpatial(op, x), ...requireFloat(op, x), ...ceilOfSame(op, attributes)];
  if (x === undefined || early.length > 0) return fail(...early);
  const windows = windowsOf(x, attributes);
  if (!windows.ok) return windows;
  const empty = windows.value.flatMap(onlyPadding);
  if (empty.length > 0) return fail(...empty);
  const spatial = windows.value.map((w) => w.output);
  const shape = [x.shape[0] ?? 1, ...spatial, x.shape[x.shape.length - 1] ?? 1];
  return ok({ outputs: [{ dtype: x.dtype, shape }], needs: spatial });
}

/** An operation for each place of each window, padding too. */
export function poolingCost([y]: readonly TensorType[], { kernel }: WindowAttributes): Cost {
  const places = eachAxis(kernel, (y?.shape.length ?? 2) - 2).reduce((a, b) => a * b, 1);
  return { elementOps: mul(places, elementsPerItem(y)) };
}

/** A window that sees padding alone would give −∞ or 0/0. */
function onlyPadding({ kernel, before, after }: AxisWindow, axis: number): Problem[] {
  const worst = Math.max(Number(before), Number(after));
  return worst >= kernel
    ? [problem('padding-too-large', { axis: `axis ${axis + 1}`, padding: worst, kernel })]
    : [];
}

function ceilOfSame(op: string, { ceil, padding: how }: WindowAttributes): Problem[] {
  if (!ceil || (how !== 'same' && how !== 'same_lower')) return [];
  const reason = '`same` already rounds up; `ceil: true` goes with valid, half or explicit padding';
  return [problem('wrong-attribute', { op, key: 'ceil', reason })];
}
