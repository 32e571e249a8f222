import { InferenceSession, Tensor } from 'onnxruntime-node';
import { emitOnnx } from '../../src/emitters/onnx/emit.ts';
import { onnxDefaults } from '../../src/emitters/onnx/options.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import type { Sizes } from '../../src/tensor/evaluateDim.ts';
import { compareValues, relativeError } from '../../src/verify/compareValues.ts';
import { drawInputs, type Fed } from '../../src/verify/drawInputs.ts';
import { modelBytes } from '../emitters/onnx/decodeModel.ts';

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
  const inputs = drawInputs(graph, sizes, 1);
  const outputsIn = (opset: number) =>
    runOnnx(modelBytes(emitOnnx(graph, { ...onnxDefaults, opset, endPoints: true })), inputs);
  const usual = await outputsIn(onnxDefaults.opset);
  const compared: OpsetComparison[] = [];
  for (const opset of opsets) {
    const outputs = await outputsIn(opset);
    for (const { name } of graph.endPoints) {
      const [a, b] = [outputs.get(name), usual.get(name)];
      if (a?.length !== b?.length || a === undefined || b === undefined)
        throw new Error(`${name} is no output, or one of another size`);
      const distance = compareValues(a, b, 1e-5);
      compared.push({ opset, name, relativeError: relativeError(distance), greatest: distance.greatest });
    }
  }
  return compared;
}

async function runOnnx(
  model: Uint8Array,
  inputs: Readonly<Record<string, Fed>>,
): Promise<ReadonlyMap<string, Float32Array>> {
  const session = await InferenceSession.create(model);
  const feeds = Object.entries(inputs).map(([name, fed]) => [name, tensorOf(fed)] as const);
  const results = await session.run(Object.fromEntries(feeds));
  await session.release();
  return new Map(
    Object.entries(results).map(([name, t]) => [name, Float32Array.from(t.data as Float32Array)]),
  );
}

function tensorOf({ shape, values, dtype }: Fed): Tensor {
  if (dtype === 'int32') return new Tensor('int32', Int32Array.from(values), shape);
  if (dtype === 'bool') return new Tensor('bool', Uint8Array.from(values), shape);
  return new Tensor('float32', values, shape);
}
