import type * as z from 'zod';
import type { ProblemName, Result } from '../diagnostics/diagnostic.ts';
import type { Dim } from '../tensor/dim.ts';
import type { DType } from '../tensor/dtype.ts';
import type { TensorType } from '../tensor/shape.ts';
import type { ReceptiveField } from './receptiveField.ts';
import type { WeightSpec } from './weight.ts';

/**
 * What a node costs for one place of the first axis of its output, a batch mostly; 0 where left out. Nothing is counted
 * twice: conventions differ in what of it they count, and how often (docs/decisions/operations.md).
 */
export interface Cost {
  /** Multiply-adds of convolutions, dense and recurrent layers, and products of values. */
  readonly macs?: Dim;
  /** Additions of a bias to what multiply-adds gave. */
  readonly biasAdds?: Dim;
  /** All other operations: an activation, sum or comparison is one for each element, however long it takes. */
  readonly elementOps?: Dim;
}

/** What inference says of a node. */
export interface Inferred {
  readonly outputs: readonly TensorType[];
  /** Dimensions that must be at least 1 for the node to make sense; only symbolic ones need be stated. */
  readonly needs?: readonly Dim[];
}

/** A worked example: a line of the manual, a test of inference and cost, and a differential test of both targets. */
export interface Example {
  /** Shapes of the inputs; a string is a symbol. */
  readonly inputs: readonly (readonly (number | string)[])[];
  /** Of the inputs; float32 where left out. */
  readonly dtypes?: readonly DType[];
  /** The op's input name that each input fills, where not all are given. */
  readonly roles?: readonly string[];
  /** Between which numbers each input lies where it is run with numbers; both signs where left out. */
  readonly ranges?: readonly (readonly [low: number, high: number])[];
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly output?: readonly (number | string)[];
  /** Of an op that gives several values: the shape of each. */
  readonly outputs?: readonly (readonly (number | string)[])[];
  /** Of the output, where it is stated. */
  readonly outputDtype?: DType;
  readonly parameters?: { readonly trainable: number; readonly nonTrainable: number };
  readonly macs?: number;
  readonly biasAdds?: number;
  readonly elementOps?: number;
  /** Instead of an output: the problem that must be reported. */
  readonly problem?: ProblemName;
  /** Where the expected figures come from. */
  readonly source?: string;
}

/** How many values an op reads: a name for each (`mask?` may be left out), or any number of at least `atLeast`. */
export type Inputs = readonly string[] | { readonly atLeast: number };

/**
 * Everything that is known of an op, in one place. The op has no name field (its key in the registry is its name)
 * and knows no target and no place in a text.
 */
export interface Op<S extends z.ZodObject = z.ZodObject> {
  readonly summary: string;
  readonly inputs: Inputs;
  /** A thunk, so that starting up pays only for the ops that a spec uses. */
  readonly attributes: () => S;
  /** The attribute that `- op: value` sets. */
  readonly main?: string;
  /** Attributes that hold dimensions: a text there is read as an expression over the symbols of the network. */
  readonly dimensions?: readonly string[];
  /**
   * The names of the values it gives, for an op that gives several; each is then reached as `step/name`. Undefined where
   * with these attributes it gives one.
   */
  readonly outputs?: (attributes: z.output<S>) => readonly string[] | undefined;
  /** Of several values, the one that goes on as the current value; the others are only read by name. */
  readonly goesOn?: string;
  /**
   * Attributes that speak of axes by their place: whether a value does. Where a file writes channels first, a number
   * there would mean another axis than its shapes show.
   */
  readonly countsAxes?: { readonly [K in keyof z.output<S>]?: (value: unknown) => boolean };
  /** What the op can stand for inside another: `activation: relu`, `norm: batch_norm`. */
  readonly role?: 'activation' | 'norm';
  /** Takes `norm` and `activation` beside its own attributes; they become nodes of their own. */
  readonly fusable?: true;
  /** Writes attributes out for this input: one number per spatial axis, axes counted from 0. */
  readonly normalise?: (attributes: z.output<S>, inputs: readonly TensorType[]) => z.output<S>;
  /** Shapes and dtypes of the outputs. Equality of symbolic dimensions is judged, never guessed. */
  readonly infer: (inputs: readonly TensorType[], attributes: z.output<S>, judge: Judge) => Result<Inferred>;
  /** Called only with inputs that `infer` accepted. */
  readonly weights?: (inputs: readonly TensorType[], attributes: z.output<S>) => readonly WeightSpec[];
  /** Called only with inputs that `infer` accepted. */
  readonly cost: (
    inputs: readonly TensorType[],
    outputs: readonly TensorType[],
    attributes: z.output<S>,
  ) => Cost;
  /** Which positions of its inputs a position of an output depends on. Called only with inputs that `infer` accepted. */
  readonly receptiveField: (
    inputs: readonly TensorType[],
    outputs: readonly TensorType[],
    attributes: z.output<S>,
  ) => ReceptiveField;
  readonly examples: readonly Example[];
}

/** The verdict on two dimensions, with what is known of the symbols at this point of the network. */
export interface Judge {
  /** Undefined when they are equal at every size; else why they cannot be taken as equal. */
  readonly differ: (a: Dim, b: Dim) => Difference | undefined;
  /** Takes down that the node needs a = b, which does not hold at every size; false where it may not be taken so. `help` is the way out. */
  readonly grant?: (a: Dim, b: Dim, help?: string) => boolean;
  /** Takes down that the node needs `by` to divide a size, and gives the quotient; undefined where it may not be taken so. */
  readonly divide?: (size: Dim, by: number) => Dim | undefined;
  /** Whether d is at least 2 at every size. */
  readonly exceedsOne?: (d: Dim) => boolean;
  /** The op's input name that each given input fills; only for ops with inputs that may be left out. */
  readonly roles?: readonly string[];
}

export type Difference =
  | { readonly kind: 'never' }
  | { readonly kind: 'unproved' }
  | {
      readonly kind: 'sometimes';
      readonly differsAt: string;
      readonly equalAt?: string;
      /** Exactly where they are equal, as `H % 16 == 0`; only where that could be worked out. */
      readonly where?: string;
    };

/** Declares an op; the types of `infer`, `weights` and `cost` follow from the schema of its attributes. */
export function defineOp<S extends z.ZodObject>(op: Op<S>): Op<S> {
  return op;
}
