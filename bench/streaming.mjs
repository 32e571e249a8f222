// Peak memory and time of emitting a large model: a Llama decoder in float32 to every target, and again with the weights
// of a file. Each is a process of its own; what it wrote is removed before the next one begins.
//   npm run build && node bench/streaming.mjs [megabytes of weights, 6000 unless told; at least 60]
// Needs twice as much free space in the temporary folder (TMPDIR chooses another one).
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const megabytes = Number(process.argv[2] ?? 6000);
const folder = mkdtempSync(join(tmpdir(), 'bench-streaming-'));
const weights = join(folder, 'weights.safetensors');

/** Llama 3.2 1B with an output layer of its own has 5,994 MB; smaller ones are as deep, and narrower. */
function sizes() {
  const width = Math.max(256, 256 * Math.round(8 * Math.sqrt(megabytes / 5994)));
  const heads = width / 64;
  const matrices = 16 * (2.5 * width * width + 12 * width * width); // Attention and the gated layer, with 4 × the width.
  const vocabulary = Math.max(16, Math.round(((megabytes * 1e6) / 4 - matrices) / (2 * width)));
  return { vocabulary, width, heads, kv_heads: heads / 4, mlp_width: 4 * width, tied: false };
}

/** Runs the command line; its greatest resident size comes back through a file. */
function run(...args) {
  const report = join(folder, 'peak');
  const atExit = `import { writeFileSync } from 'node:fs'; process.on('exit', () =>
    writeFileSync(${JSON.stringify(report)}, String(process.resourceUsage().maxRSS)));`;
  const preload = `data:text/javascript,${encodeURIComponent(atExit)}`;
  const sets = Object.entries(sizes()).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  const command = ['--import', preload, `${root}bin/inception-cli.js`, 'emit', `${root}specs/llama.yaml`];
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [...command, ...sets, ...args], {
    encoding: 'utf8',
  });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(stderr);
  return { seconds, peak: Number(readFileSync(report, 'utf8')) / 1024 };
}

function bytesOf(path) {
  if (!existsSync(path)) return 0;
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}

const onnx = join(folder, 'model.onnx');
const tfjs = join(folder, 'tfjs');
const graph = ['--target', 'tfjs', '--tfjs-format', 'graph', '--output', tfjs];
const external = ['--target', 'onnx', '--external-data', '--output', onnx];
const rows = [
  ['onnx, external data', external],
  ['tfjs graph', graph],
  ['safetensors', ['--target', 'safetensors', '--output', weights]],
  ['onnx from safetensors', [...external, '--weights', weights]],
  ['tfjs graph from safetensors', [...graph, '--weights', weights]],
];

try {
  console.log('emit                               MB   seconds   MB/s   peak MB');
  for (const [name, args] of rows) {
    const { seconds, peak } = run(...args);
    const written =
      args.at(-1) === weights && !args.includes('--weights') ? [weights] : [onnx, `${onnx}.data`, tfjs];
    const size = written.reduce((sum, path) => sum + bytesOf(path), 0) / 1e6;
    for (const path of [onnx, `${onnx}.data`, tfjs]) rmSync(path, { recursive: true, force: true });
    const figures = [size, seconds, size / seconds, peak].map((f, i) => f.toFixed(i === 1 ? 1 : 0));
    console.log(`${name.padEnd(28)}${figures.map((text, i) => text.padStart([9, 10, 7, 10][i])).join('')}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
