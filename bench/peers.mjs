// Ours beside others that do the same work, whole processes, in interleaved runs; medians.
//   npm run build && node bench/peers.mjs [runs, 5 unless told]
// ResNet-50 as a tf.js model: from specs/resnet.yaml, and built with tf.js' own layers and saved. Shapes of Inception-v4:
// from its spec, and by ONNX' shape inference on the graph that is emitted from it. PYTHON names a Python with the package
// onnx; python3 unless told, and that row is left out where it has none.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const script = fileURLToPath(import.meta.url);
const bin = join(root, 'bin/inception-cli.js');

if (process.argv[2] === '--tfjs-layers') await saveResNet(process.argv[3]);
else compare(Number(process.argv[2] ?? 5));

/** ResNet-50 as specs/resnet.yaml has it, by hand in tf.js' layers, saved as tf.js' own handler for files does. */
async function saveResNet(folder) {
  const tf = await import('@tensorflow/tfjs');
  const { conv2d, batchNormalization, reLU, add, zeroPadding2d, maxPooling2d } = tf.layers;
  const normed = (x, filters, kernelSize, strides = 1) => {
    const padding = (kernelSize - 1) / 2;
    const padded = padding === 0 ? x : zeroPadding2d({ padding }).apply(x);
    const y = conv2d({ filters, kernelSize, strides, useBias: false }).apply(padded);
    return batchNormalization({ epsilon: 1e-5, momentum: 0.9 }).apply(y);
  };
  const active = (x) => reLU().apply(x);
  const bottleneck = (x, width, strides, projects) => {
    const inner = active(normed(active(normed(x, width, 1)), width, 3, strides));
    const shortcut = projects ? normed(x, 4 * width, 1, strides) : x;
    return active(add().apply([normed(inner, 4 * width, 1), shortcut]));
  };
  const image = tf.input({ shape: [224, 224, 3] });
  const stem = zeroPadding2d({ padding: 1 }).apply(active(normed(image, 64, 7, 2)));
  let x = maxPooling2d({ poolSize: 3, strides: 2 }).apply(stem);
  for (const [stage, blocks] of [3, 4, 6, 3].entries()) {
    for (let i = 0; i < blocks; i++)
      x = bottleneck(x, 64 * 2 ** stage, i === 0 && stage > 0 ? 2 : 1, i === 0);
  }
  const fc = tf.layers.dense({ units: 1000 }).apply(tf.layers.globalAveragePooling2d({}).apply(x));
  const outputs = [fc, tf.layers.softmax().apply(fc)];
  const model = tf.model({ inputs: image, outputs });
  if (model.countParams() !== 25_557_032 + 53_120) throw new Error(`${model.countParams()} parameters`);
  await model.save(
    tf.io.withSaveHandler(async ({ weightData, weightSpecs, modelTopology }) => {
      const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
      mkdirSync(folder);
      writeFileSync(join(folder, 'weights.bin'), new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData)));
      writeFileSync(join(folder, 'model.json'), JSON.stringify({ modelTopology, weightsManifest }));
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
}

function compare(runs) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-peers-'));
  const python = process.env.PYTHON ?? 'python3';
  const graph = join(folder, 'v4.onnx');
  const v4 = join(root, 'specs/inception_v4.yaml');
  const inference = `import onnx, sys; onnx.shape_inference.infer_shapes(onnx.load(sys.argv[1]), strict_mode=True)`;
  const rows = {
    'emit resnet.yaml, tfjs': [
      process.execPath,
      bin,
      'emit',
      join(root, 'specs/resnet.yaml'),
      '-t',
      'tfjs',
      '-o',
    ],
    'tf.js layers, saved': [process.execPath, script, '--tfjs-layers'],
    'infer-shapes inception_v4.yaml': [process.execPath, bin, 'infer-shapes', v4],
    'onnx shape inference': [python, '-c', inference, graph],
    'import onnx alone': [python, '-c', 'import onnx'],
  };
  try {
    timed([process.execPath, bin, 'emit', v4, '-t', 'onnx', '--weights', 'none', '-o', graph]);
    const hasOnnx = spawnSync(python, ['-c', 'import onnx']).status === 0;
    const names = Object.keys(rows).filter((name) => hasOnnx || !name.includes('onnx'));
    const times = Object.fromEntries(names.map((name) => [name, []]));
    let saved = '';
    for (let run = -1; run < runs; run++) {
      for (const name of names) {
        const output = join(folder, 'model');
        const writes = name.includes('tf');
        const taken = timed([...rows[name], ...(writes ? [output] : [])]);
        if (run >= 0) times[name].push(taken);
        if (writes && run === 0) saved += `${name}: ${bytesIn(output).toLocaleString('en')} bytes\n`;
        rmSync(output, { recursive: true, force: true });
      }
    }
    process.stdout.write(saved);
    report(times);
    if (!hasOnnx) console.log(`${python} has no package onnx: its shape inference was not measured`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function report(times) {
  const medians = Object.fromEntries(
    Object.entries(times).map(([name, all]) => [
      name,
      all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)],
    ]),
  );
  for (const [name, median] of Object.entries(medians)) {
    console.log(`${name.padEnd(32)}${median.toFixed(0).padStart(7)} ms`);
  }
  const [ours, theirs, shapes, onnx] = Object.values(medians);
  console.log(`tf.js layers / ours      ${(theirs / ours).toFixed(2)}`);
  if (onnx !== undefined) console.log(`onnx inference / ours    ${(onnx / shapes).toFixed(2)}`);
}

function timed([command, ...args]) {
  const start = performance.now();
  const { status, stderr } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(String(stderr));
  return performance.now() - start;
}

function bytesIn(folder) {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}
