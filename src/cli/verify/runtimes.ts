import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';

/** The folders from which the runtimes are imported: that of the caller's project, or this program's own. */
export interface Runtimes {
  readonly onnx: string;
  readonly tfjs: string;
}

export type FoundRuntimes = { readonly runtimes: Runtimes } | { readonly missing: readonly string[] };

const packages = { onnx: 'onnxruntime-node', tfjs: '@tensorflow/tfjs' } as const;

/** Looks for the runtimes, which are not installed with this program: from the working folder, then from here. */
export function findRuntimes(): FoundRuntimes {
  const [onnx, tfjs] = [folderWith(packages.onnx), folderWith(packages.tfjs)];
  if (onnx !== undefined && tfjs !== undefined) return { runtimes: { onnx, tfjs } };
  const missing = [
    ...(onnx === undefined ? [packages.onnx] : []),
    ...(tfjs === undefined ? [packages.tfjs] : []),
  ];
  return { missing };
}

function folderWith(name: string): string | undefined {
  return [process.cwd(), import.meta.dirname].find((folder) => isInstalled(name, folder));
}

function isInstalled(name: string, folder: string): boolean {
  try {
    createRequire(join(folder, 'package.json')).resolve(name);
    return true;
  } catch {
    return false;
  }
}
