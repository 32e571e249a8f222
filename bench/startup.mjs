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

/**
 * With NODE_EXTRA_CA_CERTS every node reads a file of certificates first, which can take longer than all that is measured.
 * Where it is set, both are shown: as node starts here, and as it starts elsewhere.
 */
const { NODE_EXTRA_CA_CERTS: certificates, ...without } = process.env;

function milliseconds(args, env) {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
  return performance.now() - start;
}

function quantile(values, q) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * q)];
}

function measure(env) {
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let run = -1; run < runs; run++) {
    for (const [name, args] of Object.entries(commands)) {
      const taken = milliseconds(args, env);
      if (run >= 0) times[name].push(taken);
    }
  }
  return times;
}

function print(times) {
  const base = quantile(times['node -e 0'], 0.5);
  const rows = Object.entries(times).map(([name, values]) => {
    const median = quantile(values, 0.5);
    const row = {
      min: Number(quantile(values, 0).toFixed(1)),
      median: Number(median.toFixed(1)),
      p90: Number(quantile(values, 0.9).toFixed(1)),
      ratio: Number((median / base).toFixed(2)),
    };
    return [name, row];
  });
  console.table(Object.fromEntries(rows));
}

if (certificates !== undefined) {
  console.log('With NODE_EXTRA_CA_CERTS, as it is set here:');
  print(measure(process.env));
  console.log('Without it:');
}
print(measure(without));
