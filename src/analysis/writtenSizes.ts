import type { Graph, GraphInput } from '../ir/graph.ts';
import { type Dim, symbol } from '../tensor/dim.ts';

/** No author can write such a name; it stands for a size that is written in the shapes of inputs. */
export function nameForSize(size: number): string {
  return `$${size}`;
}

/** The numbers that stand on spatial axes of inputs, each once. */
export function writtenSizes({ inputs }: Graph): readonly number[] {
  return [...new Set(inputs.flatMap(sizesOf))];
}

/** The names of the inputs that have such a size. */
export function inputsWith({ inputs }: Graph, size: number): readonly string[] {
  return inputs.filter((input) => sizesOf(input).includes(size)).map(({ value }) => value.name);
}

/** The graph with a symbol for each size; none is smaller than `leastFor` says. */
export function withOpenSizes(graph: Graph, leastFor: (size: number) => number): Graph {
  const least = writtenSizes(graph).map((size) => [nameForSize(size), { min: leastFor(size) }] as const);
  const facts = { ...graph.facts, ...Object.fromEntries(least) };
  return { ...withSizes(graph, (size) => symbol(nameForSize(size))), facts };
}

/** The graph with other sizes on the spatial axes of its inputs. */
export function withSizes(graph: Graph, sizeFor: (size: number) => Dim): Graph {
  const inputs = graph.inputs.map((input) => {
    const spatial = spatialAxes(input);
    const shape = input.type.shape.map((d, axis) =>
      spatial.includes(axis) && typeof d === 'number' ? sizeFor(d) : d,
    );
    return { ...input, type: { ...input.type, shape } };
  });
  return { ...graph, inputs };
}

function spatialAxes({ type: { shape } }: GraphInput): readonly number[] {
  return shape.flatMap((_, axis) => (axis > 0 && axis < shape.length - 1 ? [axis] : []));
}

function sizesOf(input: GraphInput): readonly number[] {
  const dims = spatialAxes(input).map((axis) => input.type.shape[axis]);
  return dims.filter((d) => typeof d === 'number');
}
