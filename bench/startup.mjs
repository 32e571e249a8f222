// How long a whole process takes, against `node -e 0`: medians of interleaved runs, so that a busy moment hits all alike.
//   npm run build && node bench/startup.mjs [runs]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const runs = Number(process.argv[2] ?? 21);
const root = fileURLToPath(new URL('..', import.meta.url));
const bin = `${root}bin/inception-cli.js`;

const commands = {
  'node -e 0': ['-e', '0'],
  '--version': [bin, '--version'],
  '--help': [bin, '--help'],
  'infer-shapes seed_stem.yaml': [bin, 'infer-shapes', `${root}specs/seed_stem.yaml`],
  'infer-shapes inception_v4.yaml': [bin, 'infer-shapes', `${root}specs/inception_v4.yaml`],
  'infer-shapes inception_v4.yaml --format json': [
    bin,
    'infer-shapes',
    `${root}specs/inception_v4.yaml`,
    '--format',
    'json',
  ],
  'lint inception_v4.yaml --variant slim': [
    bin,
    'lint',
    `${root}specs/inception_v4.yaml`,
    '--variant',
    'slim',
  ],
  'lint inception_v4.yaml, both forms': [bin, 'lint', `${root}specs/inception_v4.yaml`],
};

/** With this variable every node reads a file of certificates first, which takes as long as all that is measured. */
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;

function milliseconds(args) {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
  return performance.now() - start;
}

function quantile(values, q) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * q)];
}

const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
for (let run = -1; run < runs; run++) {
  for (const [name, args] of Object.entries(commands)) {
    const taken = milliseconds(args);
    if (run >= 0) times[name].push(taken);
  }
}
const base = quantile(times['node -e 0'], 0.5);
console.table(
  Object.fromEntries(
    Object.entries(times).map(([name, values]) => {
      const median = quantile(values, 0.5);
      return [
        name,
        {
          min: Number(quantile(values, 0).toFixed(1)),
          median: Number(median.toFixed(1)),
          p90: Number(quantile(values, 0.9).toFixed(1)),
          ratio: Number((median / base).toFixed(2)),
        },
      ];
    }),
  ),
);
