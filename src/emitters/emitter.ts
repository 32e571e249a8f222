import type { Problem, Result } from '../diagnostics/diagnostic.ts';
import type { TypedNode } from '../ir/graph.ts';
import type { OpName } from '../ops/registry.ts';
import type { PassReport } from '../passes/pass.ts';
import type { Blob } from '../weights/blob.ts';
import type { WeightDType } from '../weights/encoding.ts';

/** One file of an emitted model; `path` is relative to the chosen output. Its bytes are made when they are written. */
export interface OutputFile {
  readonly path: string;
  readonly content: Blob;
}

/** A problem of lowering, at the node it is about. */
export interface NodeProblem {
  readonly problem: Problem;
  readonly node?: TypedNode;
}

/** The quantised weight whose stored numbers can be furthest from its own, and how far they can be. */
export interface Rounding {
  readonly weight: string;
  readonly dtype: WeightDType;
  readonly largestError: number;
}

export type EmitResult =
  | {
      readonly ok: true;
      readonly files: readonly OutputFile[];
      /** Where weights were quantised. */
      readonly rounding?: Rounding | undefined;
      /** What the target did beside translating, where it was asked to. */
      readonly passes?: readonly PassReport[];
    }
  | { readonly ok: false; readonly problems: readonly NodeProblem[] };

/** What a lowering returns where the target has no words for the node. */
export interface Unsupported {
  readonly unsupported: string;
}

/** A refusal with its reason, which becomes a diagnostic at the node. */
export function unsupported(reason: string): Unsupported {
  return { unsupported: reason };
}

/** Whether a lowering refused. */
export function isUnsupported(lowered: object): lowered is Unsupported {
  return 'unsupported' in lowered;
}

/** Translates one node; `reason` is set where no node of this op can ever be translated. */
export type Lowering<K extends OpName, Out, At> = ((node: TypedNode<K>, at: At) => Out | Unsupported) & {
  readonly reason?: string;
};

/** A lowering for every op: a missing one does not compile. */
export type Lowerings<Out, At> = { readonly [K in OpName]: Lowering<K, Out, At> };

/** A lowering that refuses always; the reason can be read without a node, for the table of what is supported. */
export function cannot(reason: string) {
  return Object.assign(() => unsupported(reason), { reason });
}

/** Translates one node through a table; written so that op and table entry stay paired without a cast. */
export function lowerNode<K extends OpName, Out, At>(
  table: { readonly [P in K]: (node: TypedNode<P>, at: At) => Out | Unsupported },
  node: TypedNode<K>,
  at: At,
): Out | Unsupported {
  const op: K = node.op;
  return table[op](node as TypedNode<typeof op>, at);
}

export type { Result };
