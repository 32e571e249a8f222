import { type Chain, type Config, helper, own, type Step } from '../step.ts';

/** x·scale + offset. */
export function rescaling(scale: number, offset: number): Config {
  return { scale, offset };
}

/**
 * Layers that give min(max(x, low), high), where a bound may be infinite. A bound is never added to numbers of the
 * other sign, which it could swallow: below 0 and above are bounded apart.
 */
export function between(low: number, high: number): Chain {
  if (low >= 0) return aboveZero(low, high);
  if (high <= 0) {
    const inner = aboveZero(-high, -low).map((step) => ({
      ...step,
      suffix: `negated_${step.suffix ?? 'bounded'}`,
    }));
    return [helper('negated', 'Rescaling', rescaling(-1, 0)), ...inner, own('Rescaling', rescaling(-1, 0))];
  }
  return aroundZero(low, high);
}

/** ReLU of tf.js has a largest value of its own. */
function relu(high: number): Config {
  return { max_value: Number.isFinite(high) ? high : null };
}

function aboveZero(low: number, high: number): Chain {
  if (low === 0) return [own('ReLU', relu(high))];
  return [
    helper('shifted', 'Rescaling', rescaling(1, -low)),
    helper('bounded', 'ReLU', relu(high - low)),
    own('Rescaling', rescaling(1, low)),
  ];
}

function aroundZero(low: number, high: number): Chain {
  const positive: Step = { ...helper('positive', 'ReLU', relu(high)), reads: [0] };
  const negated: Step = { ...helper('negated', 'Rescaling', rescaling(-1, 0)), reads: [0] };
  return [
    positive,
    negated,
    helper('bounded', 'ReLU', relu(-low)),
    helper('negative', 'Rescaling', rescaling(-1, 0)),
    { ...own('Add'), reads: ['positive', 'negative'] },
  ];
}
