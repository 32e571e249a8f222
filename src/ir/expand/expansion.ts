import type { Span } from '../../diagnostics/source.ts';
import type { Findings } from '../../parser/findings.ts';
import type { OpSchemas } from '../../parser/parseAttributes.ts';
import type { StepSpec } from '../../parser/spec.ts';
import type { Dim } from '../../tensor/dim.ts';
import type { Claim, EndPoint, Value } from '../graph.ts';
import type { GraphBuilder } from './builder.ts';
import type { KnownCalls } from './knownCalls.ts';
import type { Files } from './outputLabels.ts';
import type { KnownParts } from './parts.ts';
import type { Flow, Named, Scope } from './scope.ts';

/** The name of a step: its part of the path, and whether the author gave it. */
export interface StepName {
  readonly local: string;
  readonly full: string;
  readonly explicit: boolean;
}

/** What a step gives: the values that go on, and what its name leads to. */
export type Outcome = Pick<Named, 'flow' | 'parts' | 'inner'>;

/** What all of one expansion shares. */
export interface Expansion {
  readonly builder: GraphBuilder;
  readonly findings: Findings;
  readonly schemas: OpSchemas;
  readonly files: Files;
  readonly knownParts: KnownParts;
  /** Undefined where every value must be known by all of its names: those inside a repeated call are not taken down. */
  readonly knownCalls: KnownCalls | undefined;
  /** Symbols that shapes in this network can name. */
  readonly symbols: ReadonlyMap<string, Dim>;
  /** Whether a block has added sizes of its own to them, so that one step means another thing in each call. */
  readonly ownSymbols: boolean;
  /** False where an input's shape is not known, for a reason already reported: there may be further symbols. */
  readonly symbolsComplete: boolean;
  readonly endPoints: EndPoint[];
  /** Those by name and value; a value can have several names. */
  readonly endPointKeys: Set<string>;
  readonly claims: Claim[];
  /** Every value by each of its full names, for `--until`; undefined where nobody asks. */
  readonly named: Map<string, { readonly value: Value; readonly span: Span }> | undefined;
  /** Claims are about the spec as it stands: with other inputs shapes, with other params counts are not checked. */
  readonly checking: { readonly shapes: boolean; readonly counts: boolean };
  /** Where names stand that were taken already. */
  readonly takenAt: Set<string>;
  /** How many steps may still be run. */
  readonly budget: { steps: number };
  /** How many claims were left unchecked for that reason. */
  readonly unchecked: { count: number };
  /** The blocks whose expansion is under way, outermost first. */
  readonly calls: readonly string[];
  /** Runs a list of steps; here so that structures and blocks, which the steps call, can call the steps. */
  readonly runSteps: (steps: readonly StepSpec[], scope: Scope, flow: Flow, x: Expansion) => Flow;
}
