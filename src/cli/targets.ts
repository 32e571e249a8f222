import { basename, dirname, extname } from 'node:path';
import {
  bytesBlob,
  type DTypeRule,
  defaultShardBytes,
  type EmitResult,
  emitOnnx,
  emitSafetensors,
  emitTfjs,
  emitTfjsGraph,
  type OnnxOptions,
  onnxDefaults,
  shapeTable,
  type TableFormat,
  type TypedGraph,
  type WeightsOption,
} from '../index.ts';
import { isFolder } from './obstacles.ts';

export interface TargetOptions {
  readonly output: string;
  readonly weightsDtype?: readonly DTypeRule[];
  readonly shardBytes?: number;
  readonly tfjsFormat?: 'layers' | 'graph';
  readonly opset?: number;
  readonly layout?: OnnxOptions['layout'];
  readonly endPoints?: boolean;
  readonly externalData?: boolean;
  readonly optimize?: boolean;
  readonly functions?: boolean;
  readonly format?: TableFormat;
}

/** The options of a target, and where the weights come from. */
export interface WeightedOptions extends TargetOptions {
  readonly weightsFrom: WeightsOption;
}

/** Where a target's files go. */
export interface Destination {
  readonly folder: string;
  readonly fileName: string;
  /** The folder is to hold this model and nothing else. */
  readonly owned: boolean;
}

/** A target as the command line knows it: which options are its own, where it writes and what. */
interface Target {
  readonly options: readonly (keyof TargetOptions)[];
  /** A string says what is wrong with the output that was asked for. */
  readonly destination: (output: string, graphName: string) => Destination | string;
  readonly emit: (graph: TypedGraph, options: WeightedOptions, fileName: string) => EmitResult;
}

const formatsByExtension: Readonly<Record<string, TableFormat>> = {
  '.md': 'markdown',
  '.tex': 'latex',
  '.html': 'html',
  '.csv': 'csv',
  '.json': 'json',
  '.txt': 'table',
};

const noStream = 'only --target shapes can be written to standard output';

export const targets = {
  tfjs: {
    options: ['weightsDtype', 'tfjsFormat', 'shardBytes', 'endPoints', 'optimize'],
    destination: (output) =>
      output === '-' ? noStream : { folder: output, fileName: 'model.json', owned: true },
    emit: (graph, options) =>
      (options.tfjsFormat === 'graph' ? emitTfjsGraph : emitTfjs)(graph, {
        weights: options.weightsFrom,
        dtypes: options.weightsDtype,
        shardBytes: options.shardBytes ?? defaultShardBytes,
        endPoints: options.endPoints ?? false,
        fuseActivations: options.optimize ?? false,
      }),
  },
  onnx: {
    options: ['weightsDtype', 'opset', 'layout', 'endPoints', 'externalData', 'functions', 'optimize'],
    destination: (output, graphName) => {
      if (output === '-') return noStream;
      if (extname(output) === '.onnx') return fileAt(output);
      if (isFolder(output) || /[/\\]$/.test(output)) {
        return { folder: output, fileName: `${graphName}.onnx`, owned: false };
      }
      return 'name a file that ends in .onnx, or a folder with a slash at its end';
    },
    emit: (
      graph,
      { opset, layout, endPoints, externalData, functions, weightsDtype, weightsFrom },
      fileName,
    ) =>
      emitOnnx(graph, {
        ...onnxDefaults,
        weights: weightsFrom,
        dtypes: weightsDtype,
        fileName,
        ...(opset === undefined ? {} : { opset }),
        ...(layout === undefined ? {} : { layout }),
        ...(endPoints === undefined ? {} : { endPoints }),
        ...(externalData === undefined ? {} : { externalData }),
        ...(functions === undefined ? {} : { functions }),
      }),
  },
  safetensors: {
    options: ['weightsDtype'],
    destination: (output) =>
      extname(output) === '.safetensors' ? fileAt(output) : 'name a file that ends in .safetensors',
    emit: (graph, { weightsFrom, weightsDtype }, fileName) =>
      emitSafetensors(graph, { weights: weightsFrom, dtypes: weightsDtype, fileName }),
  },
  shapes: {
    options: ['format'],
    destination: (output) => fileAt(output),
    emit: (graph, { output, format }, fileName) => {
      const chosen = format ?? formatsByExtension[extname(output)] ?? 'table';
      const bytes = new TextEncoder().encode(shapeTable(graph, { format: chosen }));
      return { ok: true, files: [{ path: fileName, content: bytesBlob(bytes) }] };
    },
  },
} satisfies Readonly<Record<string, Target>>;

export type TargetName = keyof typeof targets;

export const targetNames = Object.keys(targets) as readonly TargetName[];

/** A target without the literal types of its entry. */
export function targetOf(name: TargetName): Target {
  return targets[name];
}

/** An option that was given although only other targets have it, as it is written on the command line. */
export function foreignOption(name: TargetName, options: TargetOptions): string | undefined {
  const own = targetOf(name).options;
  const all = targetNames.flatMap((t) => targetOf(t).options);
  const foreign = all.find((option) => options[option] !== undefined && !own.includes(option));
  return foreign === undefined ? undefined : `--${foreign.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;
}

function fileAt(path: string): Destination {
  return { folder: dirname(path), fileName: basename(path), owned: false };
}
