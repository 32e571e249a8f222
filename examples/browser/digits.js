const side = 28;
const size = 32;
const heldOutOfEach = 10;

/** The digits of the package: the last ten of each are held out, the rest are to learn from. */
export async function loadDigits(ofEach = 700) {
  const files = await Promise.all(
    Array.from({ length: 10 }, async (_, k) => (await fetch(`digits/${k}.json`)).json()),
  );
  const learn = [];
  const heldOut = [];
  files.forEach(({ data }, label) => {
    const count = Math.floor(data.length / (side * side));
    const digit = (k) => ({ label, pixels: centred(data.slice(k * side * side, (k + 1) * side * side)) });
    for (let k = 0; k < Math.min(ofEach, count - heldOutOfEach); k++) learn.push(digit(k));
    for (let k = count - heldOutOfEach; k < count; k++) heldOut.push(digit(k));
  });
  return { learn, heldOut };
}

/** A picture of 28x28 in the middle of 32x32. */
export function centred(pixels) {
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
