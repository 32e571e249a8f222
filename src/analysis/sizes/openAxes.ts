import { type Channels, inOrderOf } from '../../tensor/channels.ts';
import { type Dim, symbolsOf } from '../../tensor/dim.ts';
import type { Facts } from '../../tensor/facts.ts';
import { dimData, printDim } from '../../tensor/printDim.ts';
import type { Shape } from '../../tensor/shape.ts';

/** What the sizes of maps are called, by the number of spatial axes. */
const axisNames: Readonly<Record<number, readonly string[]>> = {
  1: ['L'],
  2: ['H', 'W'],
  3: ['D', 'H', 'W'],
};

/** The shapes of inputs with a symbol for each size that is to be found, as a spec writes shapes. */
export interface OpenInputs {
  readonly shapes: Readonly<Record<string, readonly (number | string)[]>>;
  /** The symbols, each with the size that the spec has in its place, if it has one. */
  readonly written: ReadonlyMap<string, number | undefined>;
}

/** An input with the shape that it has; channels last. */
export interface NamedShape {
  readonly name: string;
  readonly shape: Shape;
}

/** How axes are opened. */
export interface Opening {
  readonly channels?: Channels | undefined;
  readonly facts: Facts;
  /** Equal sizes, and sizes of one input of which nothing else is known, get the same symbol, so that a square stays one. */
  readonly square: boolean;
  /** Inputs whose shapes were chosen, and stay as they are. */
  readonly fixed: ReadonlySet<string>;
}

/** Opens the spatial axes of inputs, [N, …spatial, C]; symbols that are there stay. */
export function openAxes(
  inputs: readonly NamedShape[],
  { channels = 'last', ...opening }: Opening,
): OpenInputs {
  const names = new Names(ownSymbols(inputs), opening);
  const shapes = inputs.map(({ name, shape }) => {
    const letters = axisNames[shape.length - 2] ?? [];
    const fixed = opening.fixed.has(name);
    const first = shape.find((dim, axis) => axis > 0 && typeof dim !== 'number');
    const dims = shape.map((dim, axis) => {
      const letter = axis < shape.length - 1 ? letters[axis - 1] : undefined;
      if (fixed || letter === undefined) return dimData(dim);
      return typeof dim === 'number' ? names.nameFor(dim, letter, name) : names.instead(dim, first);
    });
    return [name, inOrderOf(channels, dims)] as const;
  });
  return { shapes: Object.fromEntries(shapes), written: usedIn(Object.fromEntries(shapes), names.written) };
}

/** The symbols that stand in shapes. */
export function usedIn(shapes: OpenInputs['shapes'], written: OpenInputs['written']): OpenInputs['written'] {
  const dims = Object.values(shapes).flat();
  const used = new Set(dims.flatMap((d) => String(d).match(/[A-Za-z_]\w*/g) ?? []));
  return new Map([...written].filter(([name]) => used.has(name)));
}

/** All symbols but those of batch axes, of which an item knows nothing. */
function ownSymbols(inputs: readonly NamedShape[]): readonly string[] {
  const batches = new Set(inputs.flatMap(({ shape }) => symbolsOf(shape[0] ?? 1)));
  const all = inputs.flatMap(({ shape }) => shape.flatMap(symbolsOf));
  return [...new Set(all)].filter((name) => !batches.has(name));
}

/** Gives names that no symbol has yet. */
class Names {
  readonly written: Map<string, number | undefined>;
  readonly #square: boolean;
  readonly #facts: Facts;

  constructor(own: readonly string[], { square, facts }: Opening) {
    this.written = new Map(own.map((name) => [name, undefined]));
    this.#square = square;
    this.#facts = facts;
  }

  nameFor(size: number, letter: string, input: string): string {
    const same = [...this.written].find(([, other]) => other === size)?.[0];
    if (this.#square && same !== undefined) return same;
    const name = [letter, `${letter}_${input.replace(/\W/g, '_')}`].find((n) => !this.written.has(n));
    const free = name ?? `${letter}_${this.written.size}`;
    this.written.set(free, size);
    return free;
  }

  /** The first symbol of a square in place of its others, where nothing else is said of them. */
  instead(dim: Dim, first: Dim | undefined): string {
    const free = [dim, first ?? dim].every((d) =>
      symbolsOf(d).every((name) => this.#facts[name] === undefined),
    );
    return printDim(this.#square && free && first !== undefined ? first : dim);
  }
}
