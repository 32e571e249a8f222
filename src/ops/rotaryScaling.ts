import * as z from 'zod';

/** How the angles of a rotary embedding are changed for texts longer than those learned from. */
export type RotaryScaling = readonly number[] | LongTexts;

/** Llama 3.1's rule, with the names of Hugging Face's `rope_scaling`. */
interface LongTexts {
  readonly factor: number;
  readonly low_freq_factor: number;
  readonly high_freq_factor: number;
  readonly original_max_position_embeddings: number;
}

/** The attribute that says it. */
export function scaling() {
  const longTexts = z.strictObject({
    factor: z.number().min(1),
    low_freq_factor: z.number().positive().default(1),
    high_freq_factor: z.number().positive().default(4),
    original_max_position_embeddings: z.int().min(1).default(8192),
  });
  return z.union([z.array(z.number()), longTexts], {
    error:
      'must be a list of numbers, or { factor: number ≥ 1 }, in which low_freq_factor, high_freq_factor and original_max_position_embeddings can stand too',
  });
}

/** Why an embedding of this many pairs cannot be scaled so; undefined if it can. */
export function whyNot(scaling: RotaryScaling, pairs: number): string | undefined {
  if (!('factor' in scaling))
    return scaling.length === pairs ? undefined : `has ${scaling.length} numbers for ${pairs} pairs`;
  const { low_freq_factor: few, high_freq_factor: many } = scaling;
  return few < many ? undefined : `has a low_freq_factor of ${few}, which is not below its high_freq_factor`;
}

/** What the angle of pair j, which turns by `frequency` from one position to the next, is multiplied by. */
export function angleFactor(frequency: number, j: number, scaling: RotaryScaling | undefined): number {
  if (scaling === undefined) return 1;
  return 'factor' in scaling ? longTextFactor(frequency, scaling) : (scaling[j] ?? 1);
}

/** apply_scaling of Meta's llama-models, models/llama3/model.py: what lies between is mixed in proportion. */
function longTextFactor(frequency: number, rule: LongTexts): number {
  const { factor, low_freq_factor: few, high_freq_factor: many } = rule;
  const waves = (rule.original_max_position_embeddings * frequency) / (2 * Math.PI);
  const kept = Math.min(1, Math.max(0, (waves - few) / (many - few)));
  return kept + (1 - kept) / factor;
}
