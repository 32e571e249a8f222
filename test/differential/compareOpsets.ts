import { onnxDefaults } from '../../src/emitters/onnx/options.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import type { Sizes } from '../../src/tensor/evaluateDim.ts';
import { compareValues, relativeError } from '../../src/verify/compareValues.ts';
import { drawInputs } from '../../src/verify/drawInputs.ts';
import { run } from '../emitters/onnx/runModel.ts';

/** One end point in one operator set beside the same in the usual one. */
export interface OpsetComparison {
  readonly opset: number;
  readonly name: string;
  /** Greatest difference between the two, relative to the greatest magnitude. */
  readonly relativeError: number;
  /** Greatest magnitude; an end point that is all zeros would prove nothing. */
  readonly greatest: number;
}

/** Runs the ONNX models of a network in several operator sets on one random input, and compares every end point. */
export async function compareOpsets(
  graph: TypedGraph,
  opsets: readonly number[],
  sizes: Sizes = { N: 1 },
): Promise<readonly OpsetComparison[]> {
  const drawn = Object.entries(drawInputs(graph, sizes, 1));
  const inputs = Object.fromEntries(
    drawn.map(([name, { shape, values }]) => [name, { shape, values: Float64Array.from(values) }]),
  );
  const outputsIn = (opset: number) => run(graph, { ...onnxDefaults, opset, endPoints: true }, inputs);
  const usual = await outputsIn(onnxDefaults.opset);
  const compared: OpsetComparison[] = [];
  for (const opset of opsets) {
    const outputs = await outputsIn(opset);
    for (const { name } of graph.endPoints) {
      const [a, b] = [outputs[name]?.values, usual[name]?.values];
      if (a?.length !== b?.length || a === undefined || b === undefined)
        throw new Error(`${name} is no output, or one of another size`);
      const distance = compareValues(Float32Array.from(a), Float32Array.from(b), 1e-5);
      compared.push({ opset, name, relativeError: relativeError(distance), greatest: distance.greatest });
    }
  }
  return compared;
}
