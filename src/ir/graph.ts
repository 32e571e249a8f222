import type { Span } from '../diagnostics/source.ts';
import type { Attributes, OpName } from '../ops/registry.ts';
import type { WeightSpec } from '../ops/weight.ts';
import type { Located } from '../parser/located.ts';
import type { Channels } from '../tensor/channels.ts';
import type { Dim } from '../tensor/dim.ts';
import type { Facts } from '../tensor/facts.ts';
import type { Shape, TensorType } from '../tensor/shape.ts';
import type { ClaimedCount } from './claimedCount.ts';
import type { Environment } from './expand/environment.ts';
import type { LeastSize, Requirement } from './requirements.ts';

/** Something a node makes or the network is given. Its name is unique in the graph, and is the tensor's name in ONNX. */
export interface Value {
  readonly id: number;
  readonly name: string;
}

/** Where the value of an attribute came from. */
export type Origin =
  | {
      readonly kind: 'written' | 'default';
      /** The attribute with its value. */
      readonly span: Span;
      readonly value: Located;
      /** What its expressions see; undefined where it holds none. */
      readonly env?: Environment;
    }
  /** Set by the structure whose values the node joins. */
  | { readonly kind: 'merge'; readonly span: Span }
  | { readonly kind: 'op-default' };

/** One call (of a block, or of the network itself) that a node is inside of; shared by all nodes of the call. */
export interface Frame {
  readonly parent?: Frame;
  /** The block's name; the network's for the outermost frame. */
  readonly name: string;
  /** The full name of the call, below which the names of its nodes stand; the network itself has none. */
  readonly path?: string;
  /** The step that called. */
  readonly call?: Span;
}

/** What every node of op K has. */
export interface NodeOf<K extends OpName> {
  readonly op: K;
  /** Full name: the path of names that leads to it. Also the prefix of its weights' names. */
  readonly name: string;
  /** What messages call it, and its line in a table: the step that made it (a conv and its norm share one). */
  readonly step: string;
  readonly attributes: Attributes<K>;
  readonly origins: Readonly<Record<string, Origin>>;
  readonly inputs: readonly Value[];
  /** The op's input name that each of `inputs` fills; only for ops with inputs that may be left out. */
  readonly roles?: readonly string[];
  readonly outputs: readonly Value[];
  readonly frame: Frame;
  readonly span: Span;
  readonly note?: string;
  /** Weights of another node that this one uses, in the order of its own; else it has weights of its own. */
  readonly sharedWeights?: readonly Weight[];
}

/** One application of an op. Narrow by `node.op` and the attributes follow. */
export type Node<K extends OpName = OpName> = { [P in K]: NodeOf<P> }[K];

/** What an input's numbers mean: values lie in `range` (default [0, 1]); `mean` and `std` are applied after that. */
export interface InputMeaning {
  readonly range?: readonly [number, number];
  readonly mean?: readonly number[];
  readonly std?: readonly number[];
  readonly description?: string;
}

export interface GraphInput {
  readonly value: Value;
  readonly type: TensorType;
  readonly meaning: InputMeaning;
  readonly span: Span;
  /** Set where the shape was given from outside, in place of the one in the text. */
  readonly given?: true;
}

/** What the entries of an output stand for: of its last axis, of 0 and 1 where that has one entry, or of whole numbers. */
export interface OutputLabels {
  readonly names: readonly string[];
  readonly span: Span;
}

export interface GraphOutput {
  readonly name: string;
  readonly value: Value;
  readonly labels?: OutputLabels;
}

/** A value that the network's author points out: named in the network itself, claimed by `expect`, or an output. */
export interface EndPoint {
  readonly name: string;
  readonly value: Value;
  readonly span: Span;
}

/** A shape in a claim: `_` matches any dimension. */
export type ClaimedShape = readonly (Dim | '_')[];

export type Claim =
  | {
      readonly kind: 'shape';
      readonly name: string;
      readonly value: Value;
      readonly shape: ClaimedShape;
      /** How the file that claims it writes shapes; `shape` is channels last. Last where absent. */
      readonly channels?: Channels;
      /** The calls of blocks that the claim is inside of. */
      readonly frame?: Frame;
      readonly span: Span;
    }
  | {
      readonly kind: 'total';
      readonly what: TotalName;
      readonly claimed: ClaimedCount;
      /** The step it is about, by its name and its nodes (the first, and the first after them); else the whole network. */
      readonly part?: {
        readonly name: string;
        readonly nodes: readonly [number, number];
        readonly frame: Frame;
      };
      readonly span: Span;
    };

export const totalNames = ['trainable', 'non_trainable', 'total', 'macs', 'depth'] as const;
export type TotalName = (typeof totalNames)[number];

/** A network with all sugar gone: no blocks, repeats or branches, only ops in an order in which they can be computed. */
export interface Graph {
  readonly name: string;
  readonly title?: string;
  /** Where it comes from: papers, code, in the file's own words. */
  readonly references?: readonly string[];
  /** How the file writes shapes, and tables print them; all shapes in here are channels last. Last where absent. */
  readonly channels?: Channels;
  readonly inputs: readonly GraphInput[];
  readonly nodes: readonly Node[];
  readonly outputs: readonly GraphOutput[];
  readonly endPoints: readonly EndPoint[];
  readonly claims: readonly Claim[];
  /** What is known of the symbols in the inputs' shapes. */
  readonly facts: Facts;
}

/** A weight of a node, under its full name `<node>/<weight>`. */
export interface Weight extends WeightSpec {
  readonly fullName: string;
  /** Set where its numbers are neither drawn nor read, but follow from those of other weights. */
  readonly folded?: Folded;
}

/** What a batch norm computes with, its statistics settled. */
export interface NormWeights {
  readonly gamma?: Weight;
  readonly beta?: Weight;
  readonly mean: Weight;
  readonly variance: Weight;
  readonly epsilon: number;
}

/** The weights of a layer that does the work of the batch norm behind it. */
export type Folded =
  /** The kernel times the norm's factor for each output channel, of which `run` numbers stand in a row. */
  | { readonly kind: 'kernel'; readonly kernel: Weight; readonly norm: NormWeights; readonly run: number }
  /** The norm's offset, and its factor times the bias where the layer had one. */
  | { readonly kind: 'bias'; readonly bias?: Weight; readonly norm: NormWeights };

export interface TypedValue extends Value {
  readonly type: TensorType;
}

/** What inference adds to a node. */
export interface Typing {
  readonly inputs: readonly TypedValue[];
  readonly outputs: readonly TypedValue[];
  readonly weights: readonly Weight[];
  /** What it costs for one item of the batch; see `Cost` in ops/op.ts. */
  readonly macs: Dim;
  readonly biasAdds: Dim;
  readonly elementOps: Dim;
}

/** A node whose shapes, weights and cost are known. */
export type TypedNode<K extends OpName = OpName> = {
  [P in K]: Omit<NodeOf<P>, 'inputs' | 'outputs'> & Typing;
}[K];

export interface TypedGraph extends Omit<Graph, 'nodes' | 'outputs' | 'endPoints' | 'inputs'> {
  readonly inputs: readonly (Omit<GraphInput, 'value'> & { readonly value: TypedValue })[];
  readonly nodes: readonly TypedNode[];
  readonly outputs: readonly (Omit<GraphOutput, 'value'> & { readonly value: TypedValue })[];
  readonly endPoints: readonly (Omit<EndPoint, 'value'> & { readonly value: TypedValue })[];
  /** Symbols of which `dims` says something. */
  readonly declared: ReadonlySet<string>;
  /** What the nodes ask of the sizes, each thing once; equalities among them hold at some sizes only. */
  readonly requirements: readonly Requirement[];
  /** How the smallest size of each symbol grew, node by node; the last of a symbol counts. */
  readonly leastSizes: readonly LeastSize[];
}

export type { Shape };
