import type { Span } from '../../diagnostics/source.ts';
import type { DefaultsSpec, StepSpec } from '../../parser/spec.ts';
import type { Frame, Value } from '../graph.ts';
import type { Environment } from './environment.ts';
import type { LoadedFile } from './load.ts';

/**
 * What a step reads or gives: values; `unknown` after an error that is already reported (what follows is left out
 * silently); `unset` at the start of a network whose input is not clear.
 */
export type Flow =
  | {
      readonly kind: 'values';
      readonly values: readonly Value[];
      /** The input of the op or block that each value is for, where `from` says so. */
      readonly roles?: readonly string[];
    }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unset' };

export const unknownFlow: Flow = { kind: 'unknown' };

/** These values, in order. */
export function flowOf(...values: readonly Value[]): Flow {
  return { kind: 'values', values };
}

/** All values of several flows, in order; unknown where those of one are. */
export function together(flows: Iterable<Flow>): Flow {
  const all = [...flows];
  const values = all.flatMap((f) => (f.kind === 'values' ? f.values : []));
  return all.every((f) => f.kind === 'values') ? { kind: 'values', values } : unknownFlow;
}

/** The parts of what has none. */
export const noParts: ReadonlyMap<string, Flow> = new Map();

/** What came of something that is not known, for a reason already reported. */
export const unknownOutcome: Pick<Named, 'flow' | 'parts'> = { flow: unknownFlow, parts: noParts };

/** A step that was run, and its nodes: the first, and the first after them. */
export interface Made {
  readonly step: StepSpec;
  readonly nodes: readonly [number, number];
}

/** A name that `from` can refer to. */
export interface Named {
  readonly flow: Flow;
  /** `name/k`: an output, a branch, a copy of a repeat. */
  readonly parts: ReadonlyMap<string, Flow>;
  /** `name/inner`: what is inside a named structure. */
  readonly inner?: Scope;
  /** Left out by its `when`, or an input of a block that the call does not give. */
  readonly leftOut?: 'left out' | 'not given';
  /** What the step made, for those that share its weights. */
  readonly made?: Made;
  readonly span: Span;
}

/** `defaults` in force, innermost first. */
export interface Layer {
  readonly defaults: DefaultsSpec;
  /** What expressions in these defaults see. */
  readonly env: Environment;
  /** The defaults of a whole file: where it has some for an op, nothing outside the file is asked. */
  readonly ofFile: boolean;
  readonly outer: Layer | undefined;
}

/** The names of one scope; shared by all that is inside it without a scope of its own. */
export class Names {
  /** Set where a name could not be worked out, for a reason already reported: then no name is known to be missing. */
  unsure = false;
  /** Names that stand further down, where they are written: they are not there yet. */
  readonly below = new Map<string, Span>();
  private readonly named = new Map<string, Named>();

  get(name: string): Named | undefined {
    return this.named.get(name);
  }

  has(name: string): boolean {
    return this.named.has(name);
  }

  set(name: string, named: Named): void {
    this.named.set(name, named);
  }

  keys(): Iterable<string> {
    return this.named.keys();
  }
}

/** Where a step stands: what its names, expressions and defaults mean. */
export interface Scope {
  /** The path that full names begin with; empty at the top. */
  readonly path: string;
  readonly names: Names;
  readonly counters: Map<string, number>;
  /** The scope around, whose names are visible here; none inside a block. */
  readonly outer: Scope | undefined;
  readonly env: Environment;
  readonly layer: Layer | undefined;
  readonly frame: Frame;
  readonly file: LoadedFile;
  /** A step of the network itself, outside blocks, branches and named groups: its name is an end point. */
  readonly top: boolean;
}

/** The name below a scope: `mixed_2/branch_1`. */
export function pathIn(scope: Pick<Scope, 'path'>, name: string): string {
  return scope.path === '' ? name : `${scope.path}/${name}`;
}

/** A scope of its own below `scope`, which sees the names outside. */
export function childScope(scope: Scope, name: string): Scope {
  const path = pathIn(scope, name);
  return { ...scope, path, names: new Names(), counters: new Map(), outer: scope, top: false };
}

/** `conv`, then `conv_2`, `conv_3`; names that are taken are passed over. */
export function countedName(scope: Scope, base: string): string {
  for (;;) {
    const count = (scope.counters.get(base) ?? 0) + 1;
    scope.counters.set(base, count);
    const name = count === 1 ? base : `${base}_${count}`;
    if (!scope.names.has(name)) return name;
  }
}
