import type { Related } from '../diagnostics/diagnostic.ts';
import type { Span } from '../diagnostics/source.ts';
import type { Derivation } from '../ir/derivation.ts';
import type { OpName } from '../ops/registry.ts';
import type { OriginLink } from './originLink.ts';

/** An attribute of a node, its value as plain data, and the chain back to what decided it. */
export interface AttributeExplanation {
  readonly kind: 'attribute';
  readonly node: string;
  readonly op: OpName;
  readonly name: string;
  readonly value: unknown;
  readonly links: readonly OriginLink[];
}

/** How one axis of a shape came about. */
export interface AxisExplanation {
  readonly axis: number;
  readonly size: string;
  readonly derivation: Derivation;
  /** The `defaults` lines that took part. */
  readonly decidedBy: readonly Related[];
}

/** The shape of a value, axis by axis. */
export interface ShapeExplanation {
  readonly kind: 'shape';
  /** Name of the value. */
  readonly name: string;
  readonly shape: string;
  readonly axes: readonly AxisExplanation[];
  /** The inputs that the sizes lead back to, and whether their shapes were given from outside. */
  readonly inputs: readonly { readonly name: string; readonly span: Span; readonly given: boolean }[];
}

/** A node with all its attributes, and the shapes of what it gives. */
export interface NodeExplanation {
  readonly kind: 'node';
  readonly node: string;
  readonly op: OpName;
  readonly span: Span;
  readonly attributes: readonly AttributeExplanation[];
  /** Other nodes of the same step: its norm, its activation. */
  readonly besides: readonly string[];
  readonly shapes: readonly ShapeExplanation[];
}

/** What there is to say of an attribute, of a shape or of a whole node. */
export type Explanation = AttributeExplanation | ShapeExplanation | NodeExplanation;
