import { expect } from 'vitest';
import type { Compilation } from '../../src/compile.ts';
import { showShape } from '../../src/tensor/shape.ts';
import { compileSpec, compileText, readText, type SpecOptions } from '../golden/compileSpec.ts';

/** The place of a network of the zoo. */
export const path = (file: string) => `specs/${file}.yaml`;

/** No variant stands for the network without options. */
export const variantOf = (variant: string): SpecOptions => (variant === '' ? {} : { variant });

/** The shape of an end point. */
export function endPoint({ graph }: Compilation, name: string): string | undefined {
  const found = graph?.endPoints.find((point) => point.name === name);
  return found && showShape(found.value.type.shape);
}

/** The shapes of a network's outputs, by their names. */
export function outputShapes(file: string, variant: string): Readonly<Record<string, string>> {
  const { graph } = compileSpec(path(file), variantOf(variant));
  const shapes = graph?.outputs.map(({ name, value }) => [name, showShape(value.type.shape)] as const);
  return Object.fromEntries(shapes ?? []);
}

/** One change of a spec, which its claims must not let pass. */
export interface Change {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** The code of the first thing that is said of a changed spec, and what it is about. */
export function firstReport({ file, from, to }: Change): readonly unknown[] {
  const text = readText(path(file));
  expect(text).toContain(from);
  const { diagnostics } = compileText(text.replace(from, to), path(file));
  const [report] = diagnostics;
  return [report?.code, report?.params.name ?? report?.params.what];
}
