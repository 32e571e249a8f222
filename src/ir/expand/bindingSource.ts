import type { Located } from '../../parser/located.ts';
import type { BlockInput, ParamSpec, RepeatSpec } from '../../parser/spec.ts';
import type { Value } from '../graph.ts';
import type { Environment } from './environment.ts';

/** What is written, and the names that its expressions see. */
export interface Expressed {
  readonly value: Located;
  readonly env: Environment;
}

/** Who gives a value to a param instead of its default: a call of the block, a variant, or `--set`. */
export type Giver =
  | { readonly kind: 'call'; readonly expressed: Expressed }
  | { readonly kind: 'variant'; readonly name: string; readonly expressed: Expressed }
  | { readonly kind: 'set' };

/**
 * Where the names that an environment binds got their values. It holds only references to what is there anyway, one
 * object for all names of an environment; they are followed when someone asks.
 */
export type BindingSource =
  | {
      readonly kind: 'params';
      /** `block \`inception_a\``, `the spec`. */
      readonly owner: string;
      readonly params: readonly ParamSpec[];
      readonly givers: ReadonlyMap<string, { readonly by: Giver }>;
      /** What defaults read besides the params above them. */
      readonly outer: Environment;
    }
  | {
      readonly kind: 'copy';
      readonly repeat: RepeatSpec;
      /** Which copy, from 0. */
      readonly copy: number;
      /** What the `over` of the repeat sees. */
      readonly outer: Environment;
    }
  | { readonly kind: 'channels'; readonly of: Value }
  | {
      readonly kind: 'sizes';
      readonly inputs: readonly BlockInput[];
      /** What the call gives to each. */
      readonly values: ReadonlyMap<string, Value>;
    };
