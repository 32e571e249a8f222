/** A text before and after; undefined on the side that does not have it. */
export interface Change {
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
  /** What it may be called now; a guess. */
  readonly likely?: string;
}

/** What is gone, new or another text under its name: in the order of the network before, then of the one after. */
export function changesOf(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly Change[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    if (was === is) return [];
    return [
      {
        name,
        ...(was === undefined ? {} : { before: was }),
        ...(is === undefined ? {} : { after: is }),
      },
    ];
  });
}

/** What the change of an order is called; no input or output can have this name. */
export const orderName = '(order)';

/** Inputs or outputs; the same ones in another order are a change, as runtimes also number them. */
export function endChanges(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly Change[] {
  const order = orderChange([...before.keys()], [...after.keys()]);
  return [...changesOf(before, after), ...(order === undefined ? [] : [order])];
}

/** Whether what is in both lists stands in another order, with all that is in each. */
export function orderChange(before: readonly string[], after: readonly string[]): Change | undefined {
  const kept = after.filter((name) => before.includes(name));
  const isSame = before.filter((name) => after.includes(name)).every((name, i) => name === kept[i]);
  return isSame ? undefined : { name: orderName, before: before.join(', '), after: after.join(', ') };
}

/** Labels that are others now, each list as its length and the first entry that differs: lists may have thousands. */
export function labelChanges(
  before: ReadonlyMap<string, readonly string[]>,
  after: ReadonlyMap<string, readonly string[]>,
): readonly Change[] {
  const texts = (own: ReadonlyMap<string, readonly string[]>, other: typeof own) =>
    new Map([...own].map(([name, labels]) => [`${name} labels`, labelText(labels, other.get(name) ?? [])]));
  return changesOf(texts(before, after), texts(after, before));
}

/** `1000 names, 3 is cat`: told apart from `others` by the first that differs. */
function labelText(labels: readonly string[], others: readonly string[]): string {
  const at = labels.findIndex((label, i) => label !== others[i]);
  const count = labels.length === 1 ? '1 name' : `${labels.length} names`;
  return at < 0 ? count : `${count}, ${at} is ${labels[at]}`;
}
