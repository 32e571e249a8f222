import { type BuildOptions, read } from './compile.ts';
import type { Claim } from './ir/graph.ts';
import { formsOf } from './lint.ts';
import { edited } from './linter/applyFixes.ts';
import type { ClaimCombination, ClaimRepairs, FailedClaim } from './linter/repairs/claimRepairs.ts';
import { combinationEdits } from './linter/repairs/combinationEdits.ts';
import { minimalStates } from './linter/repairs/minimal.ts';
import { type Network, networkOf } from './linter/repairs/network.ts';
import { farthest } from './linter/repairs/resizing.ts';
import { type Searched, search } from './linter/repairs/search.ts';
import { type Surplus, surplusClaims, withAgreed } from './linter/repairs/surplus.ts';
import { Work } from './linter/repairs/typing.ts';
import { actualText, changesIn, claimedText, claimName } from './linter/repairs/wording.ts';
import { type CheckedForm, checkedForm, isBetter } from './repairedForm.ts';

/** How a search is bounded; the usual bounds where not given. */
export interface RepairBounds {
  /** Nodes that are worked out, over all that is tried. */
  readonly nodes: number;
  /** Combinations that are followed from claim to claim, and at last compiled. */
  readonly combinations: number;
  /** Sizes of the inputs that are listed of one combination. */
  readonly sizes: number;
}

export interface RepairClaimsOptions extends Omit<BuildOptions, 'variant' | 'until'> {
  readonly name?: string;
  /** Only these forms of the spec, as for `lint`. */
  readonly variants?: readonly (string | undefined)[];
  readonly bounds?: Partial<RepairBounds>;
}

const usual: RepairBounds = { nodes: 300_000, combinations: 64, sizes: 8 };

/**
 * For each form of a spec whose claims fail: all minimal combinations of edits with which they hold. Each was made in the
 * text and compiled, in every form; none breaks a claim that held.
 */
export function repairClaims(text: string, options: RepairClaimsOptions = {}): readonly ClaimRepairs[] {
  const { name = 'spec', variants, bounds, ...building } = options;
  const parsed = read(text, name);
  if (parsed.value?.network === undefined) return [];
  const forms = (variants ?? formsOf(parsed.value)).flatMap(
    (variant) => checkedForm(parsed, variant, building) ?? [],
  );
  const found: ClaimRepairs[] = [];
  const shared = { forms, text, name, building, bounds: { ...usual, ...bounds } };
  for (const form of forms) {
    const surplus = surplusClaims(form.graph, form.file.spec);
    if (failingClaims(form).length === 0 && surplus.length === 0) continue;
    if (!isDone(form, found, shared)) found.push(bestOf({ ...shared, form, surplus }));
  }
  return found;
}

/** Whether what was found for other forms makes all claims of this one true: then it is said once. */
function isDone(
  { variant }: CheckedForm,
  found: readonly ClaimRepairs[],
  { name, building }: Pick<At, 'name' | 'building'>,
): boolean {
  const texts = found.flatMap(({ combinations }) => combinations.map(({ text }) => text));
  return (
    texts.length > 0 &&
    texts.every((text) => {
      const after = checkedForm(read(text, name), variant, building);
      return after !== undefined && failingClaims(after).length === 0;
    })
  );
}

/** What the fewest changes do; where these leave claims unmet, what more of them do, if that is better. */
function bestOf(at: At): ClaimRepairs {
  const narrow = repairsOf(at, false);
  const isWhole = narrow.combinations.length > 0 && narrow.failed.every((f) => f.isRepaired);
  if (isWhole || narrow.isCut) return narrow;
  const wide = repairsOf(at, true);
  return repairedIn(wide) > repairedIn(narrow) ? wide : narrow;
}

interface At {
  readonly form: CheckedForm;
  readonly forms: readonly CheckedForm[];
  readonly surplus: readonly Surplus[];
  readonly text: string;
  readonly name: string;
  readonly building: Omit<BuildOptions, 'variant' | 'until'>;
  readonly bounds: RepairBounds;
}

function repairedIn({ failed, combinations }: ClaimRepairs): number {
  return combinations.length === 0 ? -1 : failed.filter((f) => f.isRepaired).length;
}

function failingClaims({ graph, verdicts }: CheckedForm): readonly Claim[] {
  return graph.claims.filter((_, i) => verdicts[i] === 'fails');
}

function repairsOf(at: At, wide: boolean): ClaimRepairs {
  const { form, surplus, bounds } = at;
  const { graph, verdicts, file } = form;
  const network = networkOf(graph, file, new Work(bounds.nodes));
  // Of what is undecided no repair is searched; it is held to when it is compiled.
  const settled = graph.claims.filter((_, i) => verdicts[i] !== 'open');
  const claims = withAgreed(settled, surplus, network.makers);
  const searched = search(claims, network, { wide, states: bounds.combinations });
  const made = combinationsOf(searched, { ...at, network, claims });
  const unmet = new Map(searched.unmet.map(({ claim, steps }) => [claim, steps]));
  const start = { graph, types: form.types, changed: new Map() };
  const failed = failingClaims(form).map((claim): FailedClaim => {
    const isRepaired = made.combinations.length > 0 && made.alwaysMet.has(claim);
    const searchedFor = claim.kind === 'shape' || claim.part !== undefined;
    const tried = unmet.get(claim) ?? [];
    const [claimed, actual] = [claimedText(claim), actualText(claim, start) ?? 'unknown'];
    return { name: claimName(claim), claimed, actual, span: claim.span, isRepaired, searchedFor, tried };
  });
  return {
    file: at.name,
    ...(form.variant === undefined ? {} : { variant: form.variant }),
    failed,
    surplus: surplus.map(({ name, span, claimed, values }) => ({ name, span, claimed, values })),
    combinations: made.combinations,
    refused: made.refused,
    isCut: searched.isCut || network.work.isCut || made.isCut,
    sizes: network.sizes.map(({ given }) => ({ given, greatest: farthest * given })),
  };
}

interface Made {
  readonly combinations: readonly ClaimCombination[];
  readonly refused: number;
  readonly isCut: boolean;
  /** The claims that hold with every combination. */
  readonly alwaysMet: ReadonlySet<Claim>;
}

/** What was found, made in the text and compiled: only what is as good as before is kept. */
function combinationsOf(
  { states, unmet }: Searched,
  at: At & { readonly network: Network; readonly claims: readonly Claim[] },
): Made {
  const { form, bounds, network, claims } = at;
  const without = new Set(unmet.map(({ claim }) => claim));
  const wanted = claims.filter((claim) => !without.has(claim));
  const places = new Set(wanted.map((claim) => form.graph.claims.indexOf(claim)));
  const first = wanted.find((claim) => form.verdicts[form.graph.claims.indexOf(claim)] === 'fails');
  const combinations: ClaimCombination[] = [];
  let [refused, isCut] = [0, false];
  for (const [group, state] of minimalStates(states).entries()) {
    if (state.choices.length === 0 && state.keepsSizes) continue;
    isCut ||= state.looked.length > bounds.sizes || combinations.length === bounds.combinations;
    const room = Math.min(bounds.sizes, bounds.combinations - combinations.length);
    for (const [i, sizes] of state.looked.slice(0, room).entries()) {
      const edits = combinationEdits(state.choices, sizes, network);
      const found = state.cases[i];
      const text = edits === undefined ? at.text : edited(at.text, edits);
      const asked = { name: at.name, options: at.building, wanted: new Map([[form, places]]) };
      if (edits !== undefined && found !== undefined && isBetter(text, at.forms, asked)) {
        const changes = changesIn(state.choices, sizes, { network, at: found, first });
        combinations.push({ changes, edits, group, text });
      } else refused += 1;
    }
  }
  return { combinations, refused, isCut, alwaysMet: new Set(wanted) };
}
