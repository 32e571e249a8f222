import type { Source, Span } from '../diagnostics/source.ts';
import type { OpName } from '../ops/registry.ts';
import type { Channels } from '../tensor/channels.ts';
import type { DType } from '../tensor/dtype.ts';
import type { Fact } from '../tensor/facts.ts';
import type { Entry, Located, LocatedScalar } from './located.ts';

/** A document, parsed: every key known, every step dispatched; expressions not yet evaluated. */
export interface Spec {
  readonly source: Source;
  readonly name: string;
  readonly title?: string;
  /** Where the network comes from: papers, code, in the file's own words. */
  readonly references: readonly string[];
  readonly imports: readonly ImportSpec[];
  readonly params: readonly ParamSpec[];
  /** False where one could not be read: there may be names that are not known. */
  readonly paramsComplete: boolean;
  readonly variants: readonly VariantSpec[];
  readonly dims: readonly DimSpec[];
  readonly inputs: readonly InputSpec[];
  /** False where an input could not be read: there may be names and symbols that are not known. */
  readonly inputsComplete: boolean;
  readonly defaults: DefaultsSpec;
  readonly blocks: ReadonlyMap<string, BlockSpec>;
  /** Undefined in a library of blocks. */
  readonly network?: readonly StepSpec[];
  readonly outputs?: readonly OutputSpec[];
  readonly expect?: TotalsSpec;
  readonly lint: readonly LintSpec[];
  /** How this file writes the shapes of maps. */
  readonly channels: Channels;
  readonly span: Span;
}

export const lintLevels = ['off', 'info', 'warn', 'error'] as const;
export type LintLevel = (typeof lintLevels)[number];

/** How seriously one rule of the linter is taken in this file, and how it is set. */
export interface LintSpec {
  readonly rule: string;
  readonly level: LintLevel;
  readonly options: readonly Entry[];
  /** The name of the rule. */
  readonly span: Span;
}

export interface ImportSpec {
  readonly alias: string;
  readonly path: string;
  readonly span: Span;
}

export type ParamType = 'int' | 'float' | 'bool' | 'string' | 'list';

export interface ParamSpec {
  readonly name: string;
  readonly type?: ParamType;
  /** Undefined = required. */
  readonly default?: Located;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly unknown[];
  /** The name, where it is declared. */
  readonly span: Span;
}

export interface VariantSpec {
  readonly name: string;
  readonly values: readonly Entry[];
  readonly expect?: TotalsSpec;
  readonly span: Span;
}

/** What a spec declares of a symbol. */
export interface DimSpec {
  readonly name: string;
  readonly values: Readonly<Partial<Record<keyof Fact, Located>>>;
  /** An expression over other symbols that it stands for. */
  readonly equals?: LocatedScalar;
  readonly span: Span;
}

/** What is written once and may stand for several of its kind, or for none. */
export interface CopiedSpec {
  /** With an expression it differs from copy to copy. */
  readonly name: LocatedScalar;
  readonly repeat?: RepeatSpec;
  readonly when?: LocatedScalar;
}

export interface InputSpec extends CopiedSpec {
  /** Undefined where it could not be read. */
  readonly shape: readonly LocatedScalar[] | undefined;
  readonly dtype: DType;
  readonly range?: Located;
  readonly mean?: Located;
  readonly std?: Located;
  readonly description?: string;
  readonly span: Span;
}

/** Attributes by op, as written; values may be expressions. */
export type DefaultsSpec = ReadonlyMap<OpName, readonly Entry[]>;

export interface BlockSpec {
  readonly name: string;
  readonly params: readonly ParamSpec[];
  /** False where one could not be read: there may be names that are not known. */
  readonly paramsComplete: boolean;
  /** Names of the values it reads; a block without `inputs` reads one. */
  readonly inputs: readonly BlockInput[] | undefined;
  readonly defaults: DefaultsSpec;
  readonly expect?: StepClaim;
  readonly steps: readonly StepSpec[];
  readonly outputs?: readonly OutputSpec[];
  readonly span: Span;
}

/** A value that a block reads. */
export interface BlockInput {
  readonly name: string;
  /** The sizes it must have; a symbol that stands alone takes the caller's size and names it inside the block. */
  readonly shape?: readonly LocatedScalar[];
  readonly dtype?: DType;
  /** May be left out by the caller. */
  readonly optional?: true;
  readonly span: Span;
}

export interface OutputSpec extends CopiedSpec {
  readonly reference: LocatedScalar;
  /** Names of its entries, or the path of a file that has them. */
  readonly labels?: Located;
  readonly span: Span;
}

export interface RepeatSpec {
  readonly times?: Located;
  /** A list, or lists by name that are walked together. */
  readonly over?: Located;
  /** The names of the item, or of its parts; of lists by name their keys. */
  readonly as: readonly string[];
  readonly asSpan?: Span;
  readonly index: string;
  /** Where the index was given its name; undefined for `i`, which it has where none was given. */
  readonly indexSpan?: Span;
  readonly parallel: boolean;
  readonly span: Span;
}

/** A count that is claimed. */
export interface CountClaim {
  readonly what: 'trainable' | 'non_trainable' | 'total' | 'macs' | 'depth';
  readonly value: LocatedScalar;
}

export interface StepClaim {
  /** One shape per value; most steps have one value. */
  readonly shapes: readonly (readonly LocatedScalar[])[];
  readonly counts: readonly CountClaim[];
  readonly span: Span;
}

export interface TotalsSpec {
  readonly counts: readonly CountClaim[];
  readonly outputs: readonly {
    readonly name: string;
    readonly shape: readonly LocatedScalar[];
    readonly span: Span;
  }[];
  readonly span: Span;
}

/** What stands around every step. */
export interface StepKeys {
  readonly name?: LocatedScalar;
  /** A name for each of the values that the step gives. */
  readonly names?: readonly LocatedScalar[];
  readonly from?: Located;
  /** The step whose weights this one uses. */
  readonly share?: LocatedScalar;
  readonly repeat?: RepeatSpec;
  readonly when?: LocatedScalar;
  readonly defaults?: DefaultsSpec;
  readonly expect?: StepClaim;
  readonly note?: string;
  /** The whole step. */
  readonly span: Span;
  /** The op, block or structure key. */
  readonly callSpan: Span;
}

/** Steps that may be left out together: a branch, a residual path, a shortcut. */
export interface BranchSpec {
  /** The key of the branch; undefined in the list form, which opens no scope. */
  readonly key?: LocatedScalar;
  readonly steps: readonly StepSpec[];
  readonly when?: LocatedScalar;
  readonly span: Span;
}

export type MergeName = 'concat' | 'add' | 'multiply' | 'average' | 'maximum' | 'none';

export interface MergeSpec {
  readonly op: MergeName;
  readonly attributes: readonly Entry[];
  /** For concat: the branches in the order in which they are joined. */
  readonly order?: Located;
  readonly span: Span;
}

export type StepSpec = StepKeys &
  (
    | { readonly kind: 'op'; readonly op: OpName; readonly attributes: readonly Entry[] }
    | { readonly kind: 'block'; readonly block: string; readonly args: readonly Entry[] }
    | {
        readonly kind: 'branches';
        readonly branches: readonly BranchSpec[];
        /** Undefined where it could not be read. */
        readonly merge: MergeSpec | undefined;
      }
    | { readonly kind: 'residual'; readonly body: BranchSpec; readonly shortcut?: BranchSpec }
    | { readonly kind: 'steps' | 'tap'; readonly steps: readonly StepSpec[] }
    /** A step that could not be read; what follows it is not checked. */
    | { readonly kind: 'invalid' }
  );
