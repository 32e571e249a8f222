import type { TypedGraph } from '../../src/ir/graph.ts';
import { type Optimized, optimize } from '../../src/passes/optimize.ts';
import type { PassOptions } from '../../src/passes/pass.ts';
import { graphOf } from '../language/graphLines.ts';

/** As `emit --optimize` calls it where the weights are known. */
export const usual: PassOptions = { endPoints: false, foldsWeights: true };

/** A network on maps of 9 rows, 8 columns and 4 channels, from the lines of its steps, optimised. */
export function optimizedSteps(steps: string, options: PassOptions = usual): Optimized {
  return optimize(graphOfSteps(steps), options);
}

/** The same as it is written. */
export function graphOfSteps(steps: string): TypedGraph {
  return graphOf(`inception: 1
name: net
inputs: { x: [N, 9, 8, 4] }
network:
${steps.replaceAll(/^/gm, '  ')}
`);
}

/** What was done, as `no-ops removed: dropout, identity`. */
export function passLines({ passes, gone }: Optimized): string[] {
  const lines = passes.map(({ pass, nodes }) => `${pass}: ${nodes.join(', ')}`);
  return gone.length === 0 ? lines : [...lines, `end points gone: ${gone.join(', ')}`];
}
