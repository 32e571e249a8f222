export { withLivelyWeights } from '../../src/verify/livelyWeights.ts';
