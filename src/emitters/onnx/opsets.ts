/**
 * The versions of the operator set that lowerings are written for, each with the version of the file format of the
 * ONNX release that it came with (docs/Versioning.md of onnx/onnx): runtimes of that release read the model.
 */
const irVersions: Readonly<Record<number, number>> = {
  13: 7,
  14: 7,
  15: 8,
  16: 8,
  17: 8,
  18: 8,
  19: 9,
  20: 9,
  21: 10,
  22: 10,
  23: 11,
  24: 12,
};

/** The version of the file format that brought functions to a model (onnx.proto, `IR_VERSION_2021_7_30`). */
const firstWithFunctions = 8;

export const opsets = { first: 13, last: 24, usual: 17 } as const;

/** Whether models of this operator set can be written. */
export function isOpset(opset: number): boolean {
  return irVersions[opset] !== undefined;
}

/** The version of the file format of a model of this operator set. */
export function irVersion(opset: number, { functions }: { readonly functions: boolean }): number {
  const version = irVersions[opset];
  if (version === undefined) throw new Error(`opset ${opset} is none that is written`);
  return functions ? Math.max(version, firstWithFunctions) : version;
}
