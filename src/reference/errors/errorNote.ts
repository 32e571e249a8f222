import type { ParamsOf, ProblemName } from '../../diagnostics/diagnostic.ts';
import type { TargetName } from '../targets.ts';

/** A spec that provokes an error, and how it is compiled. */
export interface ErrorExample {
  readonly spec: string;
  /** Other files that the spec imports, by the name it imports them under. */
  readonly files?: Readonly<Record<string, string>>;
  readonly variant?: string;
  readonly until?: string;
  readonly set?: Readonly<Record<string, unknown>>;
  readonly inputs?: Readonly<Record<string, readonly (number | string)[]>>;
  /** The target that refuses; without it the spec itself is wrong. */
  readonly target?: TargetName;
  readonly opset?: number;
}

/** What the manual says of one thing the compiler can say: with an example, or, where none can be short, in its words. */
export type ErrorNote<K extends ProblemName> = {
  /** When this is said, and why it is refused. */
  readonly means: string;
  /** The way out. */
  readonly remedy: string;
} & ({ readonly example: ErrorExample } | { readonly params: ParamsOf<K> });

/** A note for every name of a part of the catalogue: a missing one does not compile. */
export type ErrorNotes<Part> = { readonly [K in keyof Part & ProblemName]: ErrorNote<K> };

/** A network of these steps on one input. The steps are written as they stand in a spec, indented by two. */
export function network(steps: string, shape = '[N, 8, 8, 3]'): string {
  return `inception: 1\nname: example\ninputs: { image: ${shape} }\nnetwork:\n${text(steps)}`;
}

/** Lines without the empty first one, so that a literal can begin on a line of its own. */
export function text(lines: string): string {
  return lines.replace(/^\n/, '');
}
