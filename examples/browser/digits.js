const side = 28;
const size = 32;
const learntOfEach = 900;
const heldOutOfEach = 10;

/** The digits of the package, about a thousand of each. */
export async function loadDigits() {
  const files = Array.from({ length: 10 }, async (_, k) => (await fetch(`digits/${k}.json`)).json());
  return parted((await Promise.all(files)).map(({ data }) => data));
}

/**
 * Of each digit the first 900 to learn from, the last ten held out: they say when training is done. The others are
 * unseen until then.
 */
export function parted(pixelsOfEach) {
  const parts = { learn: [], heldOut: [], unseen: [] };
  pixelsOfEach.forEach((pixels, label) => {
    const count = Math.floor(pixels.length / side ** 2);
    for (let k = 0; k < count; k++) {
      const digit = { label, pixels: centred(pixels.slice(k * side ** 2, (k + 1) * side ** 2)) };
      const part = k >= count - heldOutOfEach ? 'heldOut' : k < learntOfEach ? 'learn' : 'unseen';
      parts[part].push(digit);
    }
  });
  return parts;
}

/** A picture of 28x28 in the middle of 32x32. */
function centred(pixels) {
  const whole = new Float32Array(size * size);
  const edge = (size - side) / 2;
  for (let y = 0; y < side; y++) {
    whole.set(pixels.slice(y * side, (y + 1) * side), (y + edge) * size + edge);
  }
  return whole;
}

/** Pictures one after the other. */
export function joined(digits) {
  const all = new Float32Array(digits.length * size * size);
  digits.forEach(({ pixels }, k) => {
    all.set(pixels, k * size * size);
  });
  return all;
}

/** The list in another order, the same for the same seed (a linear congruential generator, Fisher and Yates' shuffle). */
export function shuffled(list, seed) {
  const order = [...list];
  let state = seed >>> 0;
  for (let k = order.length - 1; k > 0; k--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (k + 1));
    [order[k], order[other]] = [order[other], order[k]];
  }
  return order;
}
