import type { FileTensor } from './fileTensor.ts';
import type { NameScheme } from './nameSchemes.ts';
import type { WeightPlace } from './storedForm.ts';

/** Which tensor of a file is which weight. */
export interface NameMatch {
  readonly tensors: ReadonlyMap<WeightPlace, FileTensor>;
  /** Tensors of floats that are no weight of the network. */
  readonly unexpected: readonly FileTensor[];
}

/** Finds the tensor of each weight by its name. A tensor is one weight's at most. */
export function matchNames(
  places: readonly WeightPlace[],
  tensors: readonly FileTensor[],
  scheme: NameScheme,
): NameMatch {
  const wanted = tensors.filter(({ name }) => !scheme.ignored.test(name));
  const free = new Map(wanted.map((tensor) => [tensor.name.replace(/:0$/, ''), tensor]));
  const root = rootOf([...free.keys()], scheme);
  const found = new Map<WeightPlace, FileTensor>();
  const take = (place: WeightPlace, names: readonly string[]) => {
    const name = names.flatMap((n) => [n, root + n]).find((n) => free.has(n));
    const tensor = name === undefined ? undefined : free.get(name);
    if (name === undefined || tensor === undefined) return;
    free.delete(name);
    found.set(place, tensor);
  };
  for (const place of places) take(place, scheme.namesOf(place));
  if (scheme.dropsBlocks) {
    for (const place of places) {
      if (!found.has(place)) take(place, scheme.namesOf(place).map(withoutBlock));
    }
  }
  return { tensors: found, unexpected: [...free.values()].filter(({ float }) => float !== undefined) };
}

/** What more than half of the names begin with, as `InceptionV4/` or `module.`: the file's name for the network. */
function rootOf(names: readonly string[], { separator }: NameScheme): string {
  const counts = new Map<string, number>();
  for (const name of names) {
    const end = name.indexOf(separator);
    if (end > 0) counts.set(name.slice(0, end + 1), (counts.get(name.slice(0, end + 1)) ?? 0) + 1);
  }
  return [...counts].find(([, count]) => 2 * count > names.length)?.[0] ?? '';
}

/** The name without its first part; names of one part are left as they are. */
function withoutBlock(name: string): string {
  const [, ...rest] = name.split('/');
  return rest.length > 1 ? rest.join('/') : name;
}
