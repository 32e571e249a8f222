import type { EndPointComparison } from './compareEndPoints.ts';
import { isVerified, type Verification } from './verification.ts';

/** A verification as data for JSON. Figures that JSON has no word for are strings: `NaN`, `Infinity`, `-Infinity`. */
export function verificationData(verification: Verification) {
  const { network, seed, samples, tolerance, sizes, runtimes, failures, endPoints } = verification;
  const first = endPoints.find(({ agrees }) => !agrees);
  return {
    formatVersion: 1,
    network,
    verified: isVerified(verification),
    seed,
    samples,
    tolerance,
    sizes,
    runtimes,
    failures,
    ...(first === undefined ? {} : { firstDifference: endPointData(first) }),
    endPoints: endPoints.map(endPointData),
  };
}

function endPointData({ apart, ...endPoint }: EndPointComparison) {
  return {
    ...endPoint,
    greatestDifference: figure(endPoint.greatestDifference),
    relativeError: figure(endPoint.relativeError),
    greatest: figure(endPoint.greatest),
    ...(apart === undefined
      ? {}
      : { apart: { ...apart, onnx: figure(apart.onnx), tfjs: figure(apart.tfjs) } }),
  };
}

function figure(x: number): number | string {
  return Number.isFinite(x) ? x : String(x);
}
