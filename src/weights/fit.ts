import { type Problem, problem } from '../diagnostics/diagnostic.ts';
import type { TypedGraph } from '../ir/graph.ts';
import { showShape } from '../tensor/shape.ts';
import type { FileTensor } from './fileTensor.ts';
import { readersOfFlattened } from './flattened.ts';
import { likelyScheme } from './likelyScheme.ts';
import { matchNames } from './matchNames.ts';
import type { NameScheme } from './nameSchemes.ts';
import { type StoredForm, storedForm, type WeightLayout, type WeightPlace } from './storedForm.ts';

/** A file of weights as its header describes it. */
export interface WeightFile {
  /** What messages call it. */
  readonly name: string;
  readonly tensors: readonly FileTensor[];
  /** The order of axes that the format has where the names do not say another. */
  readonly layout: WeightLayout;
}

export interface FitOptions {
  readonly scheme: NameScheme;
  /** Weights that the file does not hold keep the values that they have without it. */
  readonly allowMissing: boolean;
  /** Tensors that no weight is called as are left alone. */
  readonly allowUnexpected: boolean;
}

/** Where a weight lies in a file, and in which order. */
export interface FittedWeight {
  /** One, unless the form says what makes one of several. */
  readonly tensors: readonly FileTensor[];
  readonly form: StoredForm;
}

/** What of a file is which weight, by full name, and all that does not fit. No tensor has been read for it. */
export interface Fit {
  readonly weights: ReadonlyMap<string, FittedWeight>;
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  readonly problems: readonly Problem[];
}

/** Compares the weights of a network with the names and shapes of a file. */
export function fitWeights(graph: TypedGraph, file: WeightFile, options: FitOptions): Fit {
  const places = placesOf(graph);
  const { tensors, unexpected } = matchNames(places, file.tensors, options.scheme);
  const layout = options.scheme.layout ?? file.layout;
  const verdicts = [...tensors].map(([place, those]) => judge(place, those, layout));
  const missing = places.filter((p) => !tensors.has(p)).map(({ weight }) => weight.fullName);
  const report = { file: file.name, of: places.length };
  const allowed = (allow: boolean, names: readonly string[]) => (allow ? [] : names);
  const unknown = unexpected.map(({ name, shape }) => `${name} ${showShape(shape)}`);
  return {
    weights: new Map(verdicts.flatMap(({ fitted, name }) => (fitted === undefined ? [] : [[name, fitted]]))),
    missing,
    unexpected: unexpected.map(({ name }) => name),
    problems: [
      ...list('weights-missing', allowed(options.allowMissing, missing), {
        ...report,
        scheme: tensors.size === 0 ? likelyScheme(unexpected, options.scheme) : undefined,
      }),
      ...list('weights-unexpected', allowed(options.allowUnexpected, unknown), report),
      ...(['weights-shape', 'weights-transposed', 'weights-dtype', 'weights-order'] as const).flatMap(
        (name) =>
          list(
            name,
            verdicts.flatMap((v) => (v.wrong?.name === name ? [v.wrong.text] : [])),
            { ...report, layout },
          ),
      ),
    ],
  };
}

/** Every weight once, though nodes share it, at the first node that has it. */
function placesOf(graph: TypedGraph): readonly WeightPlace[] {
  const flattened = readersOfFlattened(graph);
  const places = new Map<string, WeightPlace>();
  for (const node of graph.nodes) {
    const sizes = flattened.get(node);
    for (const weight of node.weights) {
      if (places.has(weight.fullName)) continue;
      places.set(weight.fullName, { weight, node, ...(sizes === undefined ? {} : { flattened: sizes }) });
    }
  }
  return [...places.values()];
}

interface Verdict {
  readonly name: string;
  readonly fitted?: FittedWeight;
  readonly wrong?: { readonly name: MisfitName; readonly text: string };
}

type MisfitName = 'weights-shape' | 'weights-transposed' | 'weights-dtype' | 'weights-order';

function judge(place: WeightPlace, tensors: readonly FileTensor[], layout: WeightLayout): Verdict {
  const name = place.weight.fullName;
  const form = storedForm(place, layout);
  const wrong = (kind: MisfitName, text: string) => ({
    name,
    wrong: { name: kind, text: `${name}: ${text}` },
  });
  const odd = tensors.find(({ float }) => float === undefined);
  if (odd !== undefined) return wrong('weights-dtype', `${odd.name} holds ${odd.dtype}`);
  const names = tensors.map((tensor) => tensor.name).join(' + ');
  if (form === undefined || (form.several === undefined && tensors.length > 1))
    return wrong('weights-order', names);
  const misfit = tensors.find(({ shape }) => !isSameShape(shape, form.shape));
  if (misfit === undefined) return { name, fitted: { tensors, form } };
  const shapes = `${showShape(misfit.shape)} in the file, ${showShape(form.shape)} here`;
  return wrong(isOtherwiseOrdered(place, misfit, layout) ? 'weights-transposed' : 'weights-shape', shapes);
}

/** Axes of size 1 do not change the order of numbers: a 1×1 convolution may be kept as a matrix. */
function isSameShape(a: readonly number[], b: readonly number[]): boolean {
  const [left, right] = [a, b].map((shape) => shape.filter((size) => size !== 1));
  return String(left) === String(right);
}

function isOtherwiseOrdered(place: WeightPlace, { shape }: FileTensor, layout: WeightLayout): boolean {
  const others = (['keras', 'torch', 'onnx'] as const).filter((other) => other !== layout);
  return others.some((other) => {
    const form = storedForm(place, other);
    return form !== undefined && isSameShape(shape, form.shape);
  });
}

type ListParams = {
  readonly file: string;
  readonly of: number;
  readonly layout?: WeightLayout;
  readonly scheme?: string | undefined;
};

/** The problem that names all of these; none where there are none. */
function list(
  name: MisfitName | 'weights-missing' | 'weights-unexpected',
  items: readonly string[],
  params: ListParams,
): readonly Problem[] {
  if (items.length === 0) return [];
  return [problem(name, { ...params, items })];
}
