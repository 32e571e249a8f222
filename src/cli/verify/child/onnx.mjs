import { createRequire } from 'node:module';
import path from 'node:path';

/** onnxruntime-node as it is installed where `from` is. */
export async function open({ from }) {
  const require = createRequire(path.join(from, 'package.json'));
  const { InferenceSession, Tensor } = require('onnxruntime-node');
  const { version } = require('onnxruntime-node/package.json');
  return {
    describe: () => ({ name: 'onnxruntime-node', version }),
    attempt: (run) => run(),
    load: (source) => load(source, { InferenceSession, Tensor }),
  };
}

async function load(source, { InferenceSession, Tensor }) {
  const session = await InferenceSession.create(source);
  const { inputNames, outputNames } = session;
  return {
    inputNames,
    describe: () => outputNames.map((name) => ({ name })),
    run: async (fed) => {
      const feeds = fed.map(({ shape, dtype, data }, i) => [inputNames[i], new Tensor(dtype, data, shape)]);
      const results = await session.run(Object.fromEntries(feeds));
      return outputNames.map((name) => ({ shape: results[name].dims, data: results[name].data }));
    },
    dispose: () => session.release(),
  };
}
