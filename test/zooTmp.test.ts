import { appendFileSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compile } from '../src/compile.ts';
import { withLivelyWeights } from './support/livelyWeights.ts';
import { emitOnnx } from '../src/emitters/onnx/emit.ts';
import { onnxDefaults } from '../src/emitters/onnx/options.ts';
import { emitTfjs } from '../src/emitters/tfjs/layers/emitTfjs.ts';
import { emitTfjsGraph } from '../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import { defaultShardBytes } from '../src/emitters/tfjs/options.ts';
import { blobBytes } from '../src/weights/blob.ts';
import { weightValues } from '../src/weights/initialise.ts';
import { evaluate } from '../src/tensor/evaluateDim.ts';
import { runTfjs } from './support/runTfjs.ts';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { reducedSizes } from './differential/reducedSizes.ts';
const log = (s: string) => appendFileSync('/tmp/cnnzoo/diff.log', s + '\n');
const files = (r: any) => { if (!r.ok) throw new Error(JSON.stringify(r.problems.map((p: any) => p.problem)).slice(0, 300)); return r.files; };
test.each(reducedSizes.map((r) => [r.file, r] as const))('%s', async (file, r) => {
  const t0 = performance.now();
  const name = `specs/${file}`;
  const readFile = (path: string) => ({ text: readFileSync(path, 'utf8') });
  const { graph, diagnostics } = compile(readFileSync(name, 'utf8'), { name, readFile, ...(r.variant?{variant:r.variant}:{}), ...(r.set?{set:r.set}:{}), ...(r.inputs?{inputs:r.inputs}:{}) });
  expect(diagnostics.filter((d) => d.severity !== 'info').map((d) => d.message)).toEqual([]);
  const g = withLivelyWeights(graph!);
  const weights = { kind: 'init', seed: 1 } as const;
  const o = { weights, shardBytes: defaultShardBytes, endPoints: true };
  const onnx = files(emitOnnx(g, { ...onnxDefaults, weights, endPoints: true }));
  const inputs: any = {};
  for (const { value } of g.inputs) { const shape = value.type.shape.map((d) => evaluate(d, { N: 1 })); inputs[value.name] = { shape, values: weightValues(`input ${value.name}`, shape, { kind: 'truncated_normal', mean: 0, standardDeviation: 0.5 }, 1) }; }
  const s = await InferenceSession.create(blobBytes(onnx[0].content));
  const feeds = Object.fromEntries(Object.entries(inputs).map(([n, x]: any) => [n, new Tensor('float32', x.values, x.shape)]));
  const res = await s.run(feeds); await s.release();
  const t1 = performance.now();
  for (const fmt of r.formats ?? (['layers', 'graph'] as const)) {
    let m: any; try { m = files((fmt === 'layers' ? emitTfjs : emitTfjsGraph)(g, o)); } catch (e) { log(`${g.name} ${fmt} NOT EMITTED ${String(e).slice(0, 200)}`); continue; }
    const [run] = await runTfjs([{ model: m, inputs }], { limitMs: 170000 });
    if (!run!.ok) { log(`${g.name} ${fmt} RUN FAILED ${(run as any).error}`.slice(0, 300)); continue; }
    const names = Object.keys(JSON.parse(new TextDecoder().decode(blobBytes(m.find((f: any) => f.path === 'model.json').content))).userDefinedMetadata.outputs);
    let worst = 0, dead = '';
    (run as any).outputs.forEach(({ values }: any, i: number) => { const b = res[names[i]!]!.data as Float32Array; let gap = 0, big = 0; for (let k = 0; k < b.length; k++) { gap = Math.max(gap, Math.abs(values[k] - b[k]!)); big = Math.max(big, Math.abs(b[k]!)); } if (!(big > 0)) dead += names[i] + ' '; worst = Math.max(worst, Number.isNaN(gap) ? 1e9 : gap / big); });
    log(`${g.name} ${fmt} ${names.length} end points worst ${worst.toExponential(1)} dead:[${dead}] onnx ${Math.round(t1 - t0)} ms, total ${Math.round(performance.now() - t0)} ms`);
  }
}, 180_000);
