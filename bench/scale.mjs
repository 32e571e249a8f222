// Time and memory of parse → expand → infer → table for networks of growing size: both should grow as the nodes do.
//   npm run build && node bench/scale.mjs [sizes, such as 1000,10000,100000]
// Each measurement is a process of its own. `stages` are milliseconds of compiling and of printing the table; memory is
// what the graph keeps alive after a collection, and the greatest resident size of the process.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const sizes = (process.argv[2] ?? '1000,3000,10000,30000,100000').split(',').map(Number);

const head = (shape) => `inception: 1
name: scale
inputs: { x: [N, ${shape}, ${shape}, 8] }
defaults:
  conv: { kernel: 3, padding: same, bias: false }
`;

/** Each kind of network, as a text of about `nodes` nodes. */
const kinds = {
  'written out': (nodes) => `${head(32)}network:\n${step.repeat(Math.round(nodes / 4))}`,
  'written out, open sizes': (nodes) => `${head('H')}network:\n${step.repeat(Math.round(nodes / 4))}`,
  'blocks and repeats': (nodes) => `${head(32)}blocks:
  unit:
    params: { width: 8 }
    steps:
      - residual:
          - conv: { filters: $width, norm: batch_norm, activation: relu }
          - conv: { filters: $width, norm: batch_norm }
      - relu
    expect: [N, 32, 32, $width]
network:
  - unit:
    repeat: ${Math.round(nodes / 7)}
    name: unit_$(i)
`,
  'nested repeats, open sizes': (nodes) => `${head('H')}network:
  - steps:
      - steps:
          - conv: { filters: 8, norm: batch_norm, activation: relu }
          - concat: [_, _]
          - conv: { filters: 8, kernel: 1 }
        repeat: 10
    repeat: ${Math.round(nodes / 50)}
`,
  'one step with many claims': (nodes) => `${head(32)}network:
  - conv: { filters: 8 }
    repeat: ${nodes}
    name: c_$(i)
    expect: { shape: [N, 32, 32, 8], parameters: 576, macs: 589824 }
`,
};

const step = `  - conv: { filters: 8, norm: batch_norm, activation: relu }
  - max_pool: { kernel: 3, stride: 1, padding: same }
`;

if (process.argv[2] === '--one') {
  await measure(process.argv[3], Number(process.argv[4]));
} else {
  const script = fileURLToPath(import.meta.url);
  console.log(
    'network                        nodes   compile ms   table ms   µs/node   kept MB/1000   peak MB',
  );
  for (const kind of Object.keys(kinds)) {
    for (const nodes of sizes) {
      const args = ['--expose-gc', script, '--one', kind, String(nodes)];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr || stdout);
      process.stdout.write(stdout);
    }
  }
}

async function measure(kind, wanted) {
  const { compile, shapeTable, formatDiagnostics } = await import('../dist/index.js');
  const text = kinds[kind](wanted);
  compile(kinds[kind](200));
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  const start = performance.now();
  const { graph, diagnostics } = compile(text);
  const compiled = performance.now();
  if (graph === undefined) throw new Error(formatDiagnostics(diagnostics.slice(0, 3)));
  const { length } = shapeTable(graph);
  const printed = performance.now();
  globalThis.gc();
  const kept = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  const peak = process.resourceUsage().maxRSS / 1024;
  const nodes = graph.nodes.length;
  if (length === 0) throw new Error('the table is empty');
  const figures = [
    [nodes, 7, 0],
    [compiled - start, 13, 0],
    [printed - compiled, 11, 0],
    [((printed - start) * 1000) / nodes, 10, 1],
    [(kept * 1000) / nodes, 15, 2],
    [peak, 10, 0],
  ];
  const cells = figures.map(([figure, width, digits]) => figure.toFixed(digits).padStart(width));
  console.log(`${kind.padEnd(29)}${cells.join('')}`);
}
