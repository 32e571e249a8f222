import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import { perInput } from './cost.ts';
import { defineOp, type Example } from './op.ts';
import { wholeMap } from './receptiveField.ts';
import { requireFloat } from './requireFloat.ts';
import { requireSpatial } from './spatial.ts';

/** A pooling over all spatial positions: [batch, …spatial, C] → [batch, C], or with `keepdims` [batch, 1, …, C]. */
export function defineGlobalPool(op: string, summary: string, examples: readonly Example[]) {
  return once(() =>
    defineOp({
      summary,
      inputs: ['x'],
      main: 'keepdims',
      attributes: () =>
        z.strictObject({
          keepdims: z.boolean().default(false).meta({ description: 'Keep the spatial axes, with size 1.' }),
        }),
      infer: ([x], { keepdims }) => {
        const early = x === undefined ? [] : [...requireSpatial(op, x), ...requireFloat(op, x)];
        if (x === undefined || early.length > 0) return fail(...early);
        const ones = x.shape.slice(1, -1).map(() => 1);
        const shape = [x.shape[0] ?? 1, ...(keepdims ? ones : []), x.shape[x.shape.length - 1] ?? 1];
        return ok({ outputs: [{ dtype: x.dtype, shape }] });
      },
      cost: perInput(),
      receptiveField: wholeMap,
      examples,
    }),
  );
}
