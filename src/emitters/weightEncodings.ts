import { type Problem, problem } from '../diagnostics/diagnostic.ts';
import type { TypedGraph, Weight } from '../ir/graph.ts';
import { type DTypeRule, dtypeOf, fits } from '../weights/dtypeRules.ts';
import { type Encoding, encodingOf, type Numbers, type WeightDType } from '../weights/encoding.ts';
import type { NodeProblem, Rounding } from './emitter.ts';

/** How each weight of a model is stored. The numbers of one that is not float32 are looked at when it is asked for. */
export class WeightEncodings {
  /** Of weights that cannot be stored as they were wanted. */
  readonly problems: NodeProblem[] = [];
  readonly #rules: readonly DTypeRule[];
  readonly #known = new Map<string, Encoding>();
  #rounding: Rounding | undefined;

  constructor(rules: readonly DTypeRule[] = []) {
    this.#rules = rules;
  }

  /** Of quantised weights, so far. */
  get rounding(): Rounding | undefined {
    return this.#rounding;
  }

  /** How a weight is stored; `form` names numbers that were made of it. */
  of(weight: Weight, numbers: Numbers, form = ''): Encoding {
    const dtype = dtypeOf(weight, this.#rules);
    if (dtype === 'float32') return { dtype };
    const key = `${weight.fullName} ${form}`;
    const encoding = this.#known.get(key) ?? this.#find(weight.fullName, numbers, dtype);
    this.#known.set(key, encoding);
    return encoding;
  }

  #find(weight: string, numbers: Numbers, dtype: WeightDType): Encoding {
    const encoding = encodingOf(numbers, dtype);
    if (typeof encoding === 'string') {
      this.problems.push({ problem: problem('unstorable-weight', { weight, dtype, reason: encoding }) });
      return { dtype: 'float32' };
    }
    if ('largestError' in encoding && encoding.largestError >= (this.#rounding?.largestError ?? 0)) {
      this.#rounding = { weight, dtype, largestError: encoding.largestError };
    }
    return encoding;
  }
}

/** A target by its name in messages, and the types in which it stores weights. */
export interface Storage {
  readonly target: string;
  readonly stores: readonly WeightDType[];
  /** Behind the list of types: why there are no others. */
  readonly why: string;
}

/** Refuses types that a target does not store, and patterns that are no weight's name. */
export function dtypeProblems(
  graph: TypedGraph,
  rules: readonly DTypeRule[] = [],
  { target, stores, why }: Storage,
): readonly NodeProblem[] {
  const weights = graph.nodes.flatMap((n) => n.weights);
  const unknown = rules.filter(({ dtype }) => !stores.includes(dtype));
  const idle = rules.filter((rule) => rule.pattern !== undefined && !weights.some((w) => fits(w, rule)));
  const example = weights[0]?.fullName;
  const problems: readonly Problem[] = [
    ...unknown.map(({ dtype }) =>
      problem('target-option', {
        target,
        option: '--weights-dtype',
        value: dtype,
        accepted: `${stores.join(', ')}${why}`,
      }),
    ),
    ...idle.map(({ pattern = '' }) => problem('no-such-weights', { pattern, example })),
  ];
  return problems.map((p) => ({ problem: p }));
}
