import type { TypedNode } from '../../ir/graph.ts';
import { windowsOf } from '../../ops/spatial.ts';
import { add } from '../../tensor/dim.ts';
import { isUnsupported } from '../emitter.ts';
import type { OnnxContext } from './context.ts';
import { inputOf } from './ends.ts';
import { type NodeMessage, nodeMessage } from './nodeMessage.ts';
import { type ExplicitWindow, explicitWindow } from './window.ts';

/** What a window slides over, and the nodes that make it. */
export interface PaddedInput {
  readonly window: ExplicitWindow;
  /** The tensor, channels first. */
  readonly source: string;
  readonly nodes: readonly NodeMessage[];
}

type Windowed = TypedNode<'conv' | 'depthwise_conv' | 'separable_conv' | 'max_pool'>;

/**
 * The window of a node, and the tensor that it slides over. How much `same` pads at a stride follows from the size; where
 * that is open, a Pad in front puts `fill` there, and works out when the model runs how much.
 */
export function paddedInput(node: Windowed, at: OnnxContext, fill: number): PaddedInput {
  const x = inputOf(node);
  const source = at.read(x, 'first').name;
  const window = explicitWindow(x, node.attributes);
  if (!isUnsupported(window)) return { window, source, nodes: [] };
  const windows = windowsOf(x.type, node.attributes);
  if (!windows.ok)
    throw new Error(`the window of ${node.name} does not fit: inference would have refused it`);
  const begins = windows.value.map(({ before }) => before);
  const ends = windows.value.map(({ after, overhang }) => add(after, overhang));
  const padded = at.fresh(`${node.name}/padded`);
  const inputs = [
    source,
    at.sizes.vector([0, 0, ...begins, 0, 0, ...ends]),
    at.initialisers.scalar(fill, x.type.dtype),
  ];
  const nothing = [...begins, ...ends].map(() => 0);
  return {
    window: {
      kernel: windows.value.map(({ kernel }) => kernel),
      strides: windows.value.map(({ stride }) => stride),
      dilations: windows.value.map(({ dilation }) => dilation),
      pads: nothing,
      overhang: nothing,
    },
    source: padded,
    nodes: [nodeMessage('Pad', { name: padded, inputs, outputs: [padded] })],
  };
}
