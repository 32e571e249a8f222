import type { BlockSpec } from '../../parser/spec.ts';
import type { Claim, EndPoint } from '../graph.ts';
import type { GivenInputs } from './blockInputs.ts';
import type { Expansion, Outcome } from './expansion.ts';
import type { LoadedFile } from './load.ts';
import type { MadeNode } from './madeNodes.ts';
import type { Scope } from './scope.ts';

/** A call of a block: all that decides what its steps become. */
export interface BlockCall {
  readonly block: BlockSpec;
  readonly file: LoadedFile;
  readonly given: GivenInputs;
  /** What the call stands in. */
  readonly around: Scope;
  /** The scope of the block's steps. */
  readonly inner: Scope;
}

/** A call whose steps were run without anything to say of them, and what came of it. */
export interface KnownCall {
  readonly call: BlockCall;
  readonly x: Expansion;
  /** The number of its first node. */
  readonly first: number;
  readonly nodes: readonly MadeNode[];
  readonly claims: readonly Claim[];
  readonly endPoints: readonly EndPoint[];
  readonly steps: number;
  readonly unchecked: number;
  readonly outcome: Outcome;
}
