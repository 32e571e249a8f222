import { problem } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/didYouMean.ts';
import { expectMap, type Fields, readFields } from './fields.ts';
import { isNull, type Located, type LocatedMap } from './located.ts';
import { type AttributeContext, parseAttributes } from './parseAttributes.ts';
import { branchSchema, mergeNames, stepSchema, structureSchemas } from './schema.ts';
import type { BranchSpec, MergeName, MergeSpec, StepKeys, StepSpec } from './spec.ts';

interface StructureContext {
  readonly context: AttributeContext;
  /** Reads a list of steps; given, so that this file need not know how a step is read. */
  readonly steps: (located: Located) => readonly StepSpec[];
}

/** `branches`, `residual`, `steps` or `tap`, with the keys that go beside it. */
export function parseStructure(
  structure: keyof typeof structureSchemas,
  { map, keys }: { map: LocatedMap; keys: StepKeys },
  at: StructureContext,
): StepSpec {
  const own: LocatedMap = { ...map, entries: map.entries.filter((e) => !(e.key in stepSchema.shape)) };
  const { findings } = at.context;
  const schema = structureSchemas[structure];
  const known = own.entries.filter((e) => e.key in schema.shape);
  const fields = readFields({ ...own, entries: known }, { schema, where: `\`${structure}\``, findings });
  const body = fields.get(structure)?.value;
  if (body === undefined) return { kind: 'invalid', ...keys };
  switch (structure) {
    case 'branches':
      return branchesStep(body, { fields, keys }, at);
    case 'residual':
      return residualStep(body, { fields, keys }, at);
    default:
      return { ...keys, kind: structure, steps: at.steps(body) };
  }
}

function branchesStep(
  body: Located,
  { fields, keys }: { fields: Fields; keys: StepKeys },
  at: StructureContext,
): StepSpec {
  const merge = fields.get('merge')?.value;
  if (merge === undefined) return { kind: 'invalid', ...keys };
  const branches =
    body.kind === 'map'
      ? body.entries.map((e) => parseBranch(e.value, at, e.key))
      : body.kind === 'list'
        ? body.items.map((i) => parseBranch(i, at))
        : [];
  const parsed = parseMerge(merge, at.context);
  return parsed === undefined
    ? { kind: 'invalid', ...keys }
    : { ...keys, kind: 'branches', branches, merge: parsed };
}

function residualStep(
  body: Located,
  { fields, keys }: { fields: Fields; keys: StepKeys },
  at: StructureContext,
): StepSpec {
  const shortcut = fields.get('shortcut')?.value;
  return {
    ...keys,
    kind: 'residual',
    body: parseBranch(body, at),
    ...(shortcut === undefined ? {} : { shortcut: parseBranch(shortcut, at) }),
  };
}

/** A list of steps, or `{ steps, when }`. */
function parseBranch(located: Located, at: StructureContext, key?: string): BranchSpec {
  const { span } = located;
  const named = key === undefined ? {} : { key };
  const { findings } = at.context;
  if (isNull(located)) {
    const help = 'a branch that passes its input on is written `[]`';
    findings.add(
      problem('wrong-value', {
        what: key === undefined ? 'a branch' : `branch \`${key}\``,
        reason: 'is empty',
        help,
      }),
      span,
    );
    return { ...named, steps: [], span };
  }
  if (located.kind !== 'map') return { ...named, steps: at.steps(located), span };
  const fields = readFields(located, { schema: branchSchema, where: 'a branch', findings });
  const steps = fields.get('steps')?.value;
  const when = fields.get('when')?.value;
  return {
    ...named,
    steps: steps === undefined ? [] : at.steps(steps),
    ...(when?.kind === 'scalar' ? { when } : {}),
    span,
  };
}

/** `concat`, or `{ concat: { axis, order } }`. */
function parseMerge(located: Located, context: AttributeContext): MergeSpec | undefined {
  const { span } = located;
  if (located.kind === 'scalar') return { op: located.value as MergeName, attributes: [], span };
  const [entry] = located.kind === 'map' ? located.entries : [];
  const known: readonly string[] = mergeNames;
  if (entry === undefined || !known.includes(entry.key) || entry.key === 'none') {
    const op = entry?.key ?? '';
    context.findings.add(
      problem('unknown-op', { op, nearest: didYouMean(op, known) }),
      entry?.keySpan ?? span,
    );
    return undefined;
  }
  const op = entry.key as Exclude<MergeName, 'none'>;
  const map = isNull(entry.value)
    ? undefined
    : expectMap(entry.value, `the attributes of \`${op}\``, context.findings);
  const order = map?.entries.find((e) => e.key === 'order')?.value;
  const rest = (map?.entries ?? []).filter((e) => e.key !== 'order');
  return {
    op,
    attributes: parseAttributes(op, rest, context),
    ...(order === undefined ? {} : { order }),
    span,
  };
}
