// Emitting Inception-v4 to ONNX as a whole process, against the least that any such program must do: draw the same
// random numbers (in a process of its own) and write a file of the same size. Interleaved runs, medians.
//   npm run build && node bench/emitOnnx.mjs [runs]
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const runs = Number(process.argv[2] ?? 7);
const root = fileURLToPath(new URL('..', import.meta.url));
const spec = join(root, 'specs/inception_v4.yaml');
const folder = mkdtempSync(join(tmpdir(), 'bench-emit-'));
const model = join(folder, 'model.onnx');

/** Draws every weight of the network and throws it away. */
const draw = `
  import { readFileSync } from 'node:fs';
  import { compile, weightSource } from ${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)};
  const readFile = (path) => ({ text: readFileSync(path, 'utf8') });
  const { graph } = compile(readFileSync(${JSON.stringify(spec)}, 'utf8'), { name: ${JSON.stringify(spec)}, readFile });
  const source = weightSource({ kind: 'init', seed: 0 });
  for (const node of graph.nodes) for (const weight of node.weights) for (const _ of source.blob(weight).chunks());
`;

function node(args) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(String(stderr));
  return performance.now() - start;
}

function copied() {
  const start = performance.now();
  copyFileSync(model, join(folder, 'copy.onnx'));
  return performance.now() - start;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const rows = [];
try {
  for (let run = -1; run < runs; run++) {
    const emit = node([
      join(root, 'bin/inception-cli.js'),
      'emit',
      spec,
      '--target',
      'onnx',
      '-o',
      model,
      '--force',
    ]);
    const numbers = node(['--input-type=module', '-e', draw]);
    const copy = copied();
    if (run >= 0) rows.push({ emit, numbers, copy, ratio: emit / (numbers + copy) });
  }
  console.log(`${statSync(model).size.toLocaleString('en')} bytes, ${runs} runs, medians`);
  for (const key of ['emit', 'numbers', 'copy']) {
    console.log(
      `${key.padEnd(8)} ${median(rows.map((r) => r[key]))
        .toFixed(0)
        .padStart(6)} ms`,
    );
  }
  console.log(`emit / (numbers + copy) ${median(rows.map((r) => r.ratio)).toFixed(2)}`);
} finally {
  rmSync(folder, { recursive: true });
}
