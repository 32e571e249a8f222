import { problem } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/didYouMean.ts';
import type { Span } from '../../diagnostics/source.ts';
import type { Findings } from '../../parser/findings.ts';
import type { LocatedScalar } from '../../parser/located.ts';
import type { InputSpec, Spec } from '../../parser/spec.ts';
import { type Dim, symbol } from '../../tensor/dim.ts';
import type { Fact } from '../../tensor/facts.ts';
import { parseDim } from '../../tensor/parseDim.ts';
import type { TensorType } from '../../tensor/shape.ts';
import type { InputMeaning } from '../graph.ts';
import { wrongSize } from './claims.ts';
import { type Environment, evaluateLocated } from './environment.ts';

export interface BoundInput {
  readonly name: string;
  readonly type: TensorType;
  readonly meaning: InputMeaning;
  readonly span: Span;
}

export interface BoundInputs {
  readonly inputs: readonly BoundInput[];
  /** Every symbol that an input's shape names. */
  readonly symbols: ReadonlyMap<string, Dim>;
}

/** Shapes given from outside, which replace those of the spec before anything is inferred. */
export type InputShapes = Readonly<Record<string, readonly (number | string)[]>>;

const symbolPattern = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** The inputs of a network with their shapes worked out; a name that stands alone in a shape is a symbol. */
export function bindInputs(
  spec: Spec,
  given: InputShapes,
  { env, findings }: { env: Environment; findings: Findings },
): BoundInputs {
  const known = spec.inputs.map((i) => i.name);
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    findings.add(
      problem('unknown-name', { name, what: 'input', known, nearest: didYouMean(name, known) }),
      undefined,
    );
  }
  const symbols = new Map<string, Dim>();
  const inputs = spec.inputs.flatMap((input) => {
    const shape = given[input.name] ?? writtenShape(input, { env, findings });
    const dims = shape?.map((d, i) =>
      bindDim(d, input.shape[i], { input, dims: spec.dims, symbols, findings }),
    );
    if (dims === undefined || dims.includes(undefined)) return [];
    const type = { dtype: input.dtype, shape: dims.flatMap((d) => (d === undefined ? [] : [d])) };
    return [{ name: input.name, type, meaning: meaningOf(input), span: input.span }];
  });
  return { inputs, symbols };
}

function meaningOf({ range, mean, std, description }: InputSpec): InputMeaning {
  return {
    ...(range === undefined ? {} : { range }),
    ...(mean === undefined ? {} : { mean }),
    ...(std === undefined ? {} : { std }),
    ...(description === undefined ? {} : { description }),
  };
}

function writtenShape(
  { shape }: InputSpec,
  { env, findings }: { env: Environment; findings: Findings },
): readonly unknown[] | undefined {
  const dims = shape.map((d) => evaluateLocated(d, env, findings));
  return dims.every((d) => d !== undefined) ? dims.map((d) => d?.value) : undefined;
}

function bindDim(
  dim: unknown,
  written: LocatedScalar | undefined,
  at: { input: InputSpec; dims: ReadonlyMap<string, Fact>; symbols: Map<string, Dim>; findings: Findings },
): Dim | undefined {
  const { symbols, findings } = at;
  const span = written?.span ?? at.input.span;
  if (typeof dim === 'string' && symbolPattern.test(dim)) {
    const made = symbols.get(dim) ?? symbol(dim, at.dims.get(dim));
    symbols.set(dim, made);
    return made;
  }
  if (typeof dim === 'string') {
    const parsed = parseDim(dim, symbols);
    if (parsed.ok) return parsed.value;
    findings.add(problem('bad-dimension', { dimension: dim, reason: parsed.reason }), span);
    return undefined;
  }
  const reason = wrongSize(dim);
  if (reason === undefined) return Number(dim);
  findings.add(problem('bad-dimension', { dimension: String(dim), reason }), span);
  return undefined;
}
