import { Findings } from '../../parser/findings.ts';
import { OpSchemas } from '../../parser/parseAttributes.ts';
import type { Spec } from '../../parser/spec.ts';
import type { Facts } from '../../tensor/facts.ts';
import type { TensorType } from '../../tensor/shape.ts';
import type { ExpandOptions } from './expand.ts';
import { bindInputs } from './inputs.ts';
import { loadMain } from './loadMain.ts';

/** The inputs of a network, and what is known of the symbols in their shapes. */
export interface NetworkInputs {
  readonly inputs: readonly { readonly name: string; readonly type: TensorType }[];
  readonly facts: Facts;
}

/** The inputs that `expand` would give a network, without its steps; undefined where their shapes are not all known. */
export function networkInputs(spec: Spec, options: ExpandOptions): NetworkInputs | undefined {
  const findings = new Findings();
  const { schemas = new OpSchemas() } = options;
  const { params: env } = loadMain(spec, { ...options, schemas }, findings);
  const { inputs, complete, facts } = bindInputs(spec, options.inputs ?? {}, { env, findings });
  const known = inputs.flatMap(({ name, type }) => (type === undefined ? [] : [{ name, type }]));
  return complete && known.length > 0 ? { inputs: known, facts } : undefined;
}
