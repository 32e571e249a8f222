import type { FileTensor } from './fileTensor.ts';
import { type NameScheme, type SchemeName, schemes } from './nameSchemes.ts';

const endings: readonly (readonly [RegExp, SchemeName])[] = [
  [/\.(weight|running_mean|weight_ih_l0)$/, 'torch'],
  [/\/(weights|biases|BatchNorm\/\w+)$/, 'slim'],
  [/\/(kernel|gamma|moving_mean)(:0)?$/, 'keras'],
];

/** The scheme that the names which no weight is called as look like; undefined where it is the one in use. */
export function likelyScheme(unexpected: readonly FileTensor[], used: NameScheme): SchemeName | undefined {
  const likely = endings.find(([ending]) => unexpected.some(({ name }) => ending.test(name)))?.[1];
  return likely === undefined || schemes[likely] === used ? undefined : likely;
}
