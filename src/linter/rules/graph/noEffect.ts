import type { TypedNode } from '../../../ir/graph.ts';
import { printDim } from '../../../tensor/printDim.ts';
import { defineRule } from '../../rule.ts';
import { isWindowNode, windowAxes } from '../../windowAxes.ts';

interface Facts {
  readonly op: string;
  readonly why: string;
}

/** A step that gives what it is given. */
export const noEffect = defineRule<Facts>({
  code: 'INC608',
  id: 'graph/no-effect',
  level: 'info',
  set: 'strict',
  summary: 'A step gives just what it is given, in training too.',
  why: 'It is noise for the reader, or a number in it is not what was meant: a pooling of 1x1, a dropout of 0, a reshape to the shape that is there.',
  sources: ['ONNX Runtime, graph optimisations: identity and no-op elimination'],
  bad: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - max_pool: { kernel: 1, stride: 1 }
    name: pool
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { image: { shape: [N, 8, 8, 3], range: [0, 1] } }
network:
  - max_pool: { kernel: 2, stride: 2 }
    name: pool
`,
  },
  message: ({ op, why }) => `this ${op} gives what it is given: ${why}`,
  help: () => 'remove it; `identity` says that nothing is meant to happen',
  *checkGraph({ nodes }) {
    for (const node of nodes) {
      const why = reasonOf(node);
      if (why !== undefined) yield { params: { op: node.op, why }, span: node.span, node: node.name };
    }
  },
});

function reasonOf(node: TypedNode): string | undefined {
  switch (node.op) {
    case 'max_pool':
    case 'avg_pool': {
      const axes = isWindowNode(node) ? windowAxes(node) : [];
      const still = axes.every(
        ({ extent, stride, before, after }) => extent === 1 && stride === 1 && before + after === 0,
      );
      return axes.length > 0 && still ? 'its window is one pixel' : undefined;
    }
    case 'dropout':
    case 'spatial_dropout':
      return node.attributes.rate === 0 ? 'it drops nothing' : undefined;
    case 'scale':
      return isOne(node.attributes) ? 'it multiplies by 1' : undefined;
    case 'reshape':
    case 'permute':
    case 'resize':
      return sameShape(node) && node.op !== 'permute' ? 'the shape stays' : undefined;
    default:
      return undefined;
  }
}

function isOne(attributes: object): boolean {
  return Object.values(attributes).every((value) => value === 1);
}

function sameShape({ inputs: [x], outputs: [y] }: TypedNode): boolean {
  const text = (shape: NonNullable<typeof x>['type']['shape'] = []) => shape.map(printDim).join();
  return x !== undefined && text(x.type.shape) === text(y?.type.shape);
}
