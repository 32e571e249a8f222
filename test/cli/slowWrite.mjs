// Writes three files slowly below the folder that is given; run as a process of its own to be interrupted.
import { writeFiles } from '../../dist/cli/writeFiles.js';

const sleep = new Int32Array(new SharedArrayBuffer(4));

function* slowly() {
  for (let i = 0; i < 200; i++) {
    Atomics.wait(sleep, 0, 0, 60);
    if (i === 2) process.stdout.write('writing\n');
    yield Buffer.from('x');
  }
}

const files = ['x', 'y', 'z'].map((path) => ({ path, content: { byteLength: 200, chunks: slowly } }));
await writeFiles(process.argv[2], files);
