import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { expect, test } from 'vitest';

/** Writes a model of 16 tensors of 16 MiB, made from one piece, and prints what was written and how the process grew. */
const program = `
  import { closeSync, openSync, writeSync } from 'node:fs';
  import { encode } from './src/emitters/onnx/wire/encode.ts';
  const piece = new Uint8Array(2 ** 20).fill(1);
  const raw_data = { byteLength: 2 ** 24, *chunks() { for (let i = 0; i < 16; i++) yield piece; } };
  const tensor = (_, i) => ({ name: 'w' + i, data_type: 1, dims: [2 ** 22], raw_data });
  const model = { ir_version: 8, graph: { initializer: Array.from({ length: 16 }, tensor) } };
  const before = process.resourceUsage().maxRSS;
  const file = openSync(process.argv[2], 'w');
  let bytes = 0;
  for (const chunk of encode(model)) bytes += writeSync(file, chunk);
  closeSync(file);
  console.log(JSON.stringify({ bytes, grownKiB: process.resourceUsage().maxRSS - before }));
`;

test('writing 256 MiB of tensors takes little memory', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wire-'));
  try {
    const script = join(folder, 'program.mjs');
    writeFileSync(script, bundled(program));
    const output = execFileSync(process.execPath, [script, join(folder, 'model.onnx')], { encoding: 'utf8' });
    const { bytes, grownKiB } = JSON.parse(output) as { bytes: number; grownKiB: number };
    expect(bytes).toBeGreaterThan(2 ** 28);
    expect(grownKiB).toBeLessThan(100 * 1024);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function bundled(contents: string): string {
  const resolveDir = fileURLToPath(new URL('../../../../', import.meta.url));
  const stdin = { contents, resolveDir, loader: 'js' } as const;
  return buildSync({ stdin, bundle: true, platform: 'node', format: 'esm', write: false }).outputFiles[0]!
    .text;
}
