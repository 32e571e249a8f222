/** Serves this page, the bundles of tf.js, the digits and the models in a folder, to this machine only. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const packageFolder = (name) => path.dirname(require.resolve(`${name}/package.json`));
const [models = 'out/digits', port = '8080'] = process.argv.slice(2);

const folders = {
  tf: path.join(packageFolder('@tensorflow/tfjs'), 'dist'),
  wasm: path.join(packageFolder('@tensorflow/tfjs-backend-wasm'), 'dist'),
  digits: path.join(packageFolder('mnist'), 'src/digits'),
  models: path.resolve(models),
};

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

// The page may load from where it came from and nowhere else. WebAssembly may be compiled; text is never made a function.
const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'";

/** The file that a path of the page means; undefined for a path that leaves its folder. */
function fileOf(url) {
  const [first = '', ...rest] = decodeURIComponent(url.split('?')[0]).slice(1).split('/');
  const [folder, name] =
    rest.length > 0 ? [folders[first], rest.join('/')] : [import.meta.dirname, first || 'index.html'];
  if (folder === undefined) return undefined;
  const file = path.join(folder, name);
  return file.startsWith(folder + path.sep) ? file : undefined;
}

const server = createServer(async ({ url = '' }, response) => {
  try {
    const file = fileOf(url);
    const content = await readFile(file);
    const type = types[path.extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'content-security-policy': policy }).end(content);
  } catch {
    response.writeHead(404).end();
  }
});
server.on('error', ({ message }) => {
  console.error(`error: ${message}`);
  process.exitCode = 2;
});
server.listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
