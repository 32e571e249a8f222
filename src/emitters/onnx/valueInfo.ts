import type { Dim } from '../../tensor/dim.ts';
import type { DType } from '../../tensor/dtype.ts';
import { printDim } from '../../tensor/printDim.ts';
import type { Shape } from '../../tensor/shape.ts';
import { arranged, type Layout } from './layout.ts';
import { dataTypes, type Message } from './wire/messages.ts';

export type ValueInfoMessage = Message<'ValueInfo'>;

export const elementTypes: Readonly<Record<DType, number>> = {
  float32: dataTypes.FLOAT,
  float16: dataTypes.FLOAT16,
  int32: dataTypes.INT32,
  bool: dataTypes.BOOL,
};

/** The type of a tensor whose shape is written in the spec's order and stored in `layout`. */
export function valueInfo(
  name: string,
  { dtype, shape }: { readonly dtype: DType; readonly shape: Shape },
  layout: Layout,
): ValueInfoMessage {
  const dim = arranged(shape, layout).map(dimension);
  return { name, type: { tensor_type: { elem_type: elementTypes[dtype], shape: { dim } } } };
}

/** A symbol keeps its name, so that equal sizes stay recognisable in the model. */
function dimension(dim: Dim): Message<'Dimension'> {
  return typeof dim === 'number' ? { dim_value: dim } : { dim_param: printDim(dim) };
}
