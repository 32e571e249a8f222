import { once } from '../common/once.ts';

const source = '^(?!_$)[\\p{L}\\p{N}_.-]+$';
const ascii = /^(?!_$)[\w.-]+$/;
/** Made where a text is beyond ASCII, or no name: V8 takes long to read `\p{L}`. */
const full = once(() => new RegExp(source, 'u'));

/** Letters, digits, `_ - .`; not `_` alone. */
export const namePattern = {
  source,
  test: (text: string): boolean => ascii.test(text) || full().test(text),
};
