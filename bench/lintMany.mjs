// How many small specs one run of lint checks in a second, start-up and writing included, and without it;
// and how many where nothing has changed since a run with --cache.
//   npm run build && node bench/lintMany.mjs [specs] [runs]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const count = Number(process.argv[2] ?? 500);
const runs = Number(process.argv[3] ?? 5);
const bin = fileURLToPath(new URL('../bin/inception-cli.js', import.meta.url));

/** A small residual network: eleven lines of steps, twenty nodes. */
const spec = (index) => `inception: 1
name: net_${index}
inputs: { image: { shape: [N, 32, 32, 3], range: [0, 1] } }
defaults:
  conv: { kernel: 3, padding: same, bias: false, norm: batch_norm, activation: relu }
  batch_norm: { epsilon: 0.001 }
network:
  - conv: { filters: ${8 + (index % 8)} }
    name: conv1
  - conv: { filters: 32, stride: 2 }
    name: conv2
  - residual:
      - conv: { filters: 32 }
        name: a
      - conv: { filters: 32 }
        name: b
    name: unit
  - global_avg_pool
  - dense: 10
    name: logits
`;

function secondsOf(args) {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, [bin, 'lint', ...args], { stdio: 'ignore' });
  if (status !== 0) throw new Error(`lint ended with ${status}`);
  return (performance.now() - start) / 1000;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

const folder = mkdtempSync(join(tmpdir(), 'lint-bench-'));
try {
  for (let i = 0; i < count; i++) writeFileSync(join(folder, `net_${i}.yaml`), spec(i));
  const [all, one, known] = [[], [], []];
  const cache = ['--cache-file', join(folder, '.cache')];
  secondsOf([folder, ...cache]);
  for (let run = 0; run < runs; run++) {
    all.push(secondsOf([folder]));
    known.push(secondsOf([folder, ...cache]));
    one.push(secondsOf([join(folder, 'net_0.yaml')]));
  }
  const [whole, single] = [median(all), median(one)];
  console.log(`${count} specs in ${whole.toFixed(2)} s: ${Math.round(count / whole)} a second`);
  console.log(
    `one in ${single.toFixed(2)} s; without that, ${Math.round((count - 1) / (whole - single))} a second`,
  );
  const cached = median(known);
  console.log(
    `unchanged with --cache in ${cached.toFixed(2)} s: ${(whole / cached).toFixed(1)} times as fast`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
