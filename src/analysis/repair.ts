import type { Derivation } from '../ir/derivation.ts';
import type { Claim, Node } from '../ir/graph.ts';
import { spatialDims, type WindowAttributes, windowsOf } from '../ops/spatial.ts';
import type { TensorType } from '../tensor/shape.ts';

const paddings = ['valid', 'same', 'half'] as const;

/**
 * One change that makes the claim true by itself: another padding of the last window on the way. Undefined where no
 * single padding does it; nothing is guessed.
 */
export function repairOf(
  claim: Extract<Claim, { kind: 'shape' }>,
  derivation: Derivation,
  { axis, types }: { axis: number; types: ReadonlyMap<number, TensorType> },
): string | undefined {
  const last = derivation.at(-1);
  const node = last?.node;
  const input = node?.inputs[0] === undefined ? undefined : types.get(node.inputs[0].id);
  const wanted = claim.shape[axis];
  if (node === undefined || last === undefined || input === undefined || !hasWindow(node.attributes))
    return undefined;
  if (axis < 1 || axis > spatialDims(input).length) return undefined;
  const attributes: WindowAttributes = node.attributes;
  for (const padding of paddings) {
    const windows = windowsOf(input, { ...attributes, padding });
    const size = windows.ok ? windows.value[axis - 1]?.output : undefined;
    if (size === wanted) return `with \`padding: ${padding}\` at ${last.name} it is ${String(size)}`;
  }
  return undefined;
}

function hasWindow(attributes: Node['attributes'] | WindowAttributes): attributes is WindowAttributes {
  return 'kernel' in attributes && 'stride' in attributes && 'padding' in attributes;
}
