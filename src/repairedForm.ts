import { totalOf } from './analysis/checkTotals.ts';
import { type BuildOptions, build, type ReadSpec, read } from './compile.ts';
import { expand } from './ir/expand/expand.ts';
import type { LoadedFile } from './ir/expand/load.ts';
import type { Claim, Graph, TypedGraph } from './ir/graph.ts';
import { infer } from './ir/infer.ts';
import { type Verdict, verdictOf, verdictOfCount, verdicts } from './linter/repairs/meets.ts';
import type { Typed } from './linter/repairs/typing.ts';

/** One form of a network, compiled, with what is to be said of each of its claims. */
export interface CheckedForm {
  readonly variant: string | undefined;
  readonly graph: Graph;
  readonly file: LoadedFile;
  readonly types: Typed;
  readonly verdicts: readonly Verdict[];
  /** Whether it compiles, but for claims that fail. */
  readonly compiles: boolean;
  /** The errors that are not about claims. */
  readonly errors: ReadonlySet<string>;
}

const aboutClaims: ReadonlySet<string> = new Set([
  'shape-claim',
  'total-claim',
  'claim-not-always',
  'claim-not-decided',
]);

/** Builds a form of a parsed text and judges its claims; undefined where not even its steps are known. */
export function checkedForm(
  parsed: ReadSpec,
  variant: string | undefined,
  options: Omit<BuildOptions, 'variant' | 'until'>,
): CheckedForm | undefined {
  if (parsed.value === undefined) return undefined;
  const chosen = { ...options, ...(variant === undefined ? {} : { variant }) };
  const { graph: typed, diagnostics } = build(parsed, chosen);
  const { value: graph, file } = expand(parsed.value, { ...chosen, schemas: parsed.schemas });
  if (graph === undefined || file === undefined) return undefined;
  const inferred = infer(graph);
  const types: Typed = {
    typeOf: (id) => inferred.types.get(id),
    facts: inferred.facts,
    equalities: [],
  };
  const errors = diagnostics.filter(({ severity, name }) => severity === 'error' && !aboutClaims.has(name));
  return {
    variant,
    graph,
    file,
    types,
    verdicts: graph.claims.map((claim) => verdictIn(claim, { graph, types, typed })),
    compiles: typed !== undefined,
    errors: new Set(errors.map(({ code, message }) => `${code} ${message}`)),
  };
}

/** Counts are checked where the whole network has its types, and are open where it has not. */
function verdictIn(
  claim: Claim,
  { graph, types, typed }: { graph: Graph; types: Typed; typed: TypedGraph | undefined },
): Verdict {
  if (claim.kind === 'shape') return verdictOf(claim, { graph, types, changed: new Map() });
  if (typed === undefined) return 'open';
  const nodes = claim.part === undefined ? typed.nodes : typed.nodes.slice(...claim.part.nodes);
  return verdictOfCount(claim, totalOf(claim.what, nodes), typed);
}

/**
 * Whether the text with edits made is as good as before in every form, and the claims in question hold: it compiles where it
 * did, has no error that it had not, and no claim that held, or held at some sizes, is worse off.
 */
export function isBetter(
  text: string,
  before: readonly CheckedForm[],
  {
    name,
    options,
    wanted,
  }: {
    readonly name: string;
    readonly options: Omit<BuildOptions, 'variant' | 'until'>;
    /** By form: the places of claims that must hold. */
    readonly wanted: ReadonlyMap<CheckedForm, ReadonlySet<number>>;
  },
): boolean {
  const parsed = read(text, name);
  return before.every((form) => {
    const after = checkedForm(parsed, form.variant, options);
    if (after === undefined || after.graph.claims.length !== form.graph.claims.length) return false;
    if (form.compiles && !after.compiles) return false;
    if ([...after.errors].some((error) => !form.errors.has(error))) return false;
    const must = wanted.get(form);
    return after.verdicts.every((verdict, i) => {
      const least = must?.has(i) === true ? 'holds' : (form.verdicts[i] ?? 'holds');
      return verdicts.indexOf(verdict) >= verdicts.indexOf(least);
    });
  });
}
