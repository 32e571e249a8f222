import type { FileTensor } from './fileTensor.ts';
import type { NameScheme, Naming } from './nameSchemes.ts';
import type { WeightPlace } from './storedForm.ts';

/** Which tensors of a file are which weight. */
export interface NameMatch {
  readonly tensors: ReadonlyMap<WeightPlace, readonly FileTensor[]>;
  /** Tensors of floats that are no weight of the network. */
  readonly unexpected: readonly FileTensor[];
}

/** Finds the tensors of each weight by their names. A tensor is one weight's at most. */
export function matchNames(
  places: readonly WeightPlace[],
  tensors: readonly FileTensor[],
  scheme: NameScheme,
): NameMatch {
  const wanted = tensors.filter(({ name }) => !scheme.ignored.test(name));
  const free = new Map(wanted.map((tensor) => [tensor.name.replace(/:0$/, ''), tensor]));
  const root = rootOf([...free.keys()], scheme);
  const found = new Map<WeightPlace, readonly FileTensor[]>();
  const called = (name: string) => [name, root + name].find((n) => free.has(n));
  const take = (place: WeightPlace, namings: readonly Naming[]) => {
    const names = namings.map((naming) => naming.flatMap((name) => called(name) ?? []));
    const whole = names.find((those, i) => those.length === namings[i]?.length);
    if (whole === undefined) return;
    found.set(
      place,
      whole.flatMap((name) => free.get(name) ?? []),
    );
    for (const name of whole) free.delete(name);
  };
  for (const place of places) take(place, scheme.namesOf(place));
  if (scheme.dropsBlocks) {
    for (const place of places) {
      if (!found.has(place))
        take(
          place,
          scheme.namesOf(place).map((naming) => naming.map(withoutBlock)),
        );
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
