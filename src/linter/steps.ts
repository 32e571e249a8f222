import type { BranchSpec, Spec, StepSpec } from '../parser/spec.ts';

/** Every step that a file writes, also inside structures and blocks, in the order of the text. */
export function* stepsOf(spec: Spec): Iterable<StepSpec> {
  for (const block of spec.blocks.values()) yield* below(block.steps);
  yield* below(spec.network ?? []);
}

function* below(steps: readonly StepSpec[]): Iterable<StepSpec> {
  for (const step of steps) {
    yield step;
    yield* below(innerSteps(step));
  }
}

/** The steps that stand inside a structure. */
export function innerSteps(step: StepSpec): readonly StepSpec[] {
  switch (step.kind) {
    case 'branches':
      return step.branches.flatMap(stepsOfBranch);
    case 'residual':
      return [
        ...stepsOfBranch(step.body),
        ...(step.shortcut === undefined ? [] : stepsOfBranch(step.shortcut)),
      ];
    case 'steps':
    case 'tap':
      return step.steps;
    case 'op':
    case 'block':
    case 'invalid':
      return [];
    default:
      return step satisfies never;
  }
}

function stepsOfBranch({ steps }: BranchSpec): readonly StepSpec[] {
  return steps;
}
