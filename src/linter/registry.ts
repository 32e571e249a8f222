import type { Rule } from './rule.ts';
import { clippedScores } from './rules/activation/clippedScores.ts';
import { linearProbabilities } from './rules/activation/linearProbabilities.ts';
import { normalisedLogits } from './rules/activation/normalisedLogits.ts';
import { repeated } from './rules/activation/repeated.ts';
import { slopePerPosition } from './rules/activation/slopePerPosition.ts';
import { softmaxOfOne } from './rules/activation/softmaxOfOne.ts';
import { withoutEffect } from './rules/activation/withoutEffect.ts';
import { missingAtBlock } from './rules/claims/missingAtBlock.ts';
import { missingTotals } from './rules/claims/missingTotals.ts';
import { changesSize } from './rules/defaults/changesSize.ts';
import { frameworkDependent } from './rules/defaults/frameworkDependent.ts';
import { unused } from './rules/defaults/unused.ts';
import { batchInReshape } from './rules/graph/batchInReshape.ts';
import { deadNode } from './rules/graph/deadNode.ts';
import { noEffect } from './rules/graph/noEffect.ts';
import { portableName } from './rules/graph/portableName.ts';
import { unnamedWeights } from './rules/graph/unnamedWeights.ts';
import { unusedBlock } from './rules/graph/unusedBlock.ts';
import { unusedImport } from './rules/graph/unusedImport.ts';
import { unusedInput } from './rules/graph/unusedInput.ts';
import { unusedParam } from './rules/graph/unusedParam.ts';
import { colourOrderUndeclared } from './rules/inputs/colourOrderUndeclared.ts';
import { dtypeUndeclared } from './rules/inputs/dtypeUndeclared.ts';
import { rangeUndeclared } from './rules/inputs/rangeUndeclared.ts';
import { swappedAxes } from './rules/inputs/swappedAxes.ts';
import { blanketDisable } from './rules/lint/blanketDisable.ts';
import { disableWithoutReason } from './rules/lint/disableWithoutReason.ts';
import { unusedDisable } from './rules/lint/unusedDisable.ts';
import { batchOfOne } from './rules/norm/batchOfOne.ts';
import { biasBeforeBatchNorm } from './rules/norm/biasBeforeBatchNorm.ts';
import { dropoutBefore } from './rules/norm/dropoutBefore.ts';
import { momentumConvention } from './rules/norm/momentumConvention.ts';
import { momentumUndeclared } from './rules/norm/momentumUndeclared.ts';
import { oneValue } from './rules/norm/oneValue.ts';
import { fractionalScale } from './rules/resize/fractionalScale.ts';
import { denseShare } from './rules/size/denseShare.ts';
import { idleReduction } from './rules/size/idleReduction.ts';
import { oddChannels } from './rules/size/oddChannels.ts';
import { longAxis } from './rules/target/longAxis.ts';
import { mapSize } from './rules/target/mapSize.ts';
import { textureSize } from './rules/target/textureSize.ts';
import { checkerboard } from './rules/window/checkerboard.ts';
import { clippedCeil } from './rules/window/clippedCeil.ts';
import { collapsedMap } from './rules/window/collapsedMap.ts';
import { fixedGlobalPool } from './rules/window/fixedGlobalPool.ts';
import { inputMultiple } from './rules/window/inputMultiple.ts';
import { lostPixels } from './rules/window/lostPixels.ts';
import { mixedBorders } from './rules/window/mixedBorders.ts';
import { onlyPadding } from './rules/window/onlyPadding.ts';
import { paddedPointwise } from './rules/window/paddedPointwise.ts';
import { receptiveField } from './rules/window/receptiveField.ts';
import { shiftedBranches } from './rules/window/shiftedBranches.ts';
import { skippingStride } from './rules/window/skippingStride.ts';
import { transposedSize } from './rules/window/transposedSize.ts';
import { unevenSame } from './rules/window/unevenSame.ts';
import { widePoolPadding } from './rules/window/widePoolPadding.ts';

/** All rules, by their codes. One file each, named after the rule. */
export const rules: readonly Rule[] = [
  deadNode,
  unusedInput,
  unusedBlock,
  unusedParam,
  unused,
  unnamedWeights,
  missingAtBlock,
  noEffect,
  unusedImport,
  frameworkDependent,
  changesSize,
  portableName,
  batchInReshape,
  missingTotals,
  lostPixels,
  onlyPadding,
  fixedGlobalPool,
  paddedPointwise,
  skippingStride,
  collapsedMap,
  checkerboard,
  unevenSame,
  mixedBorders,
  widePoolPadding,
  shiftedBranches,
  clippedCeil,
  transposedSize,
  receptiveField,
  inputMultiple,
  biasBeforeBatchNorm,
  dropoutBefore,
  repeated,
  momentumConvention,
  momentumUndeclared,
  oneValue,
  batchOfOne,
  softmaxOfOne,
  clippedScores,
  withoutEffect,
  slopePerPosition,
  normalisedLogits,
  linearProbabilities,
  fractionalScale,
  rangeUndeclared,
  denseShare,
  swappedAxes,
  dtypeUndeclared,
  colourOrderUndeclared,
  oddChannels,
  idleReduction,
  textureSize,
  longAxis,
  mapSize,
  unusedDisable.rule,
  blanketDisable.rule,
  disableWithoutReason.rule,
];

/** The rule of an id (`norm/bias-before-batch-norm`) or a code (`INC720`). */
export function findRule(written: string): Rule | undefined {
  return rules.find(({ id, code }) => id === written || code === written);
}

/** Everything a rule can be called. */
export function ruleNames(): readonly string[] {
  return rules.flatMap(({ id, code }) => [id, code]);
}
