import type { TypedValue } from '../../ir/graph.ts';
import { spatialDims, type WindowAttributes, windowsOf } from '../../ops/spatial.ts';
import { printDim } from '../../tensor/printDim.ts';
import type { AxisWindow } from '../../tensor/window.ts';
import { type Unsupported, unsupported } from '../emitter.ts';

/** A window with every amount a number, in the order of ONNX' attributes: all begins before all ends. */
export interface ExplicitWindow {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** The padding that the spec asks for. */
  readonly pads: readonly number[];
  /** Positions past the padded input that the last windows cover, laid out as `pads`. */
  readonly overhang: readonly number[];
}

/** The window of a node on its input. Always explicit: runtimes disagree on what auto_pad and ceil_mode mean. */
export function explicitWindow(x: TypedValue, attributes: WindowAttributes): ExplicitWindow | Unsupported {
  const windows = windowsOf(x.type, attributes);
  if (!windows.ok) throw new Error(`the window on ${x.name} does not fit: inference would have refused it`);
  const unknown = windows.value.findIndex((w) => !isExplicit(w));
  if (unknown >= 0) return unknownPadding(x, unknown);
  const each = (amount: (window: AxisWindow) => number) => windows.value.map(amount);
  return {
    kernel: each((w) => w.kernel),
    strides: each((w) => w.stride),
    dilations: each((w) => w.dilation),
    pads: [...each((w) => Number(w.before)), ...each((w) => Number(w.after))],
    overhang: [...each(() => 0), ...each((w) => Number(w.overhang))],
  };
}

function isExplicit({ before, after, overhang }: AxisWindow): boolean {
  return [before, after, overhang].every((amount) => typeof amount === 'number');
}

function unknownPadding(x: TypedValue, axis: number): Unsupported {
  const size = printDim(spatialDims(x.type)[axis] ?? 0);
  return unsupported(
    `how much to pad depends on \`${size}\`, the size of \`${x.name}\` along axis ${axis + 1}; bind it to a number with --input`,
  );
}
