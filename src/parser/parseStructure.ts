import { problem } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/didYouMean.ts';
import { expectMap, type Fields, readFields, rightValue } from './fields.ts';
import { brokenAt, type Entry, isNull, type Located, type LocatedMap, valueAt } from './located.ts';
import { type AttributeContext, parseAttributes } from './parseAttributes.ts';
import { parseName } from './parseCopied.ts';
import { branchSchema, mergeNames, structureSchemas } from './schema.ts';
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
  const { findings } = at.context;
  const schema = structureSchemas[structure];
  const where = `\`${structure}\``;
  const fields = readFields(map, { schema, where, findings, at: keys.callSpan });
  const body = rightValue(fields, structure);
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
  const merge = rightValue(fields, 'merge');
  if ((body.kind === 'map' ? body.entries : body.kind === 'list' ? body.items : []).length === 0) {
    const empty = problem('wrong-value', { what: '`branches`', reason: 'has no branch' });
    at.context.findings.add(empty, body.span);
    return { ...keys, kind: 'invalid' };
  }
  const branches =
    body.kind === 'map'
      ? body.entries.map((e) => parseBranch(e.value, at, e))
      : body.kind === 'list'
        ? body.items.map((i) => parseBranch(i, at))
        : [];
  const parsed = merge === undefined ? undefined : parseMerge(merge, at.context);
  return { ...keys, kind: 'branches', branches, merge: parsed };
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
function parseBranch(
  located: Located,
  at: StructureContext,
  named?: Pick<Entry, 'key' | 'keySpan'>,
): BranchSpec {
  const span = named?.keySpan ?? located.span;
  const { findings } = at.context;
  const what = named === undefined ? 'a branch' : `branch \`${named.key}\``;
  const key = named === undefined ? undefined : (parseName(named, findings) ?? brokenAt(span));
  const branch = { ...(key === undefined ? {} : { key }), span };
  if (isNull(located)) {
    const help = 'a branch that passes its input on is written `[]`';
    findings.add(problem('wrong-value', { what, reason: 'is empty', help }), span);
    return { ...branch, steps: at.steps(brokenAt(span)) };
  }
  if (located.kind !== 'map') return { ...branch, steps: at.steps(located) };
  const fields = readFields(located, { schema: branchSchema, where: what, findings });
  const when = fields.get('when')?.value;
  return {
    ...branch,
    steps: at.steps(fields.get('steps')?.value ?? brokenAt(span)),
    ...(when?.kind === 'scalar' ? { when } : {}),
  };
}

/** `concat`, or `{ concat: { axis, order } }`. */
function parseMerge(located: Located, context: AttributeContext): MergeSpec | undefined {
  const { span } = located;
  if (located.kind === 'scalar') return { op: located.value as MergeName, attributes: [], span };
  const [entry, ...others] = located.kind === 'map' ? located.entries : [];
  const op = mergeNames.find((name) => name === entry?.key);
  if (entry === undefined || others.length > 0 || op === undefined || op === 'none') {
    reportMerge(located, others.length > 0 ? undefined : entry, context);
    return undefined;
  }
  const { findings } = context;
  const map = isNull(entry.value)
    ? undefined
    : expectMap(entry.value, `the attributes of \`${op}\``, findings);
  if (map === undefined && !isNull(entry.value)) return undefined;
  const order = op === 'concat' && map !== undefined ? valueAt(map, 'order') : undefined;
  const rest = (map?.entries ?? []).filter((e) => e.value !== order);
  return {
    op,
    attributes: parseAttributes(op, rest, context),
    ...(order === undefined ? {} : { order }),
    span,
  };
}

function reportMerge({ span }: Located, entry: Entry | undefined, { findings }: AttributeContext): void {
  const ops = mergeNames.filter((name) => name !== 'none');
  const nearest = entry === undefined ? undefined : didYouMean(entry.key, ops);
  const help = nearest === undefined ? undefined : `did you mean \`${nearest}\`?`;
  const reason = `with attributes must be one of ${ops.join(', ')}`;
  findings.add(problem('wrong-value', { what: '`merge`', reason, help }), entry?.keySpan ?? span);
}
