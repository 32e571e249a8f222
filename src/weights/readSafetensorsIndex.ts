import type { FileBytes, OpenBeside } from './fileBytes.ts';
import type { FileTensor, FileTensors } from './fileTensor.ts';
import { largestHeader, readSafetensors } from './readSafetensors.ts';

/**
 * The tensors of a checkpoint in several files, as huggingface_hub writes them: `weight_map` of
 * `model.safetensors.index.json` names the file of each tensor. Only headers are read. A tensor that the index does not
 * name is none of the checkpoint.
 */
export function readSafetensorsIndex(index: FileBytes, open: OpenBeside): FileTensors {
  const map = weightMap(index);
  if (typeof map === 'string') return { ok: false, reason: map };
  const files = new Map<string, ReadonlyMap<string, FileTensor>>();
  const tensors: FileTensor[] = [];
  for (const [name, path] of map) {
    const held = files.get(path) ?? tensorsOf(path, open);
    if (typeof held === 'string') return { ok: false, reason: held };
    files.set(path, held);
    const tensor = held.get(name);
    if (tensor === undefined) {
      return { ok: false, reason: `${path} does not hold ${JSON.stringify(name)}, which the index says` };
    }
    tensors.push(tensor);
  }
  return { ok: true, tensors };
}

/** Names and files of tensors. A string says what is wrong. */
function weightMap(index: FileBytes): readonly (readonly [string, string])[] | string {
  if (index.byteLength > largestHeader) return `it has ${index.byteLength} bytes, too many for an index`;
  const entries = Object.entries(mapIn(new TextDecoder().decode(index.read(0, index.byteLength))));
  const texts = entries.flatMap(([name, path]) => (typeof path === 'string' ? [[name, path] as const] : []));
  return entries.length > 0 && texts.length === entries.length
    ? texts
    : 'it has no `weight_map` that names a file for each tensor';
}

function mapIn(text: string): object {
  try {
    const { weight_map: map }: Partial<Record<string, unknown>> = Object(JSON.parse(text));
    return Object(map);
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** A string says what is wrong. */
function tensorsOf(path: string, open: OpenBeside): ReadonlyMap<string, FileTensor> | string {
  const file = open(path);
  if (typeof file === 'string') return `${path}: ${file}`;
  const read = readSafetensors(file);
  return read.ok ? new Map(read.tensors.map((tensor) => [tensor.name, tensor])) : `${path}: ${read.reason}`;
}
