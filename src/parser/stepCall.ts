import { problem } from '../diagnostics/diagnostic.ts';
import { isOpName, opNames } from '../ops/registry.ts';
import { reportUnknownKey, slipFor } from './fields.ts';
import { type Entry, isNull, type LocatedMap } from './located.ts';
import { meantOp } from './otherNames.ts';
import type { AttributeContext } from './parseAttributes.ts';
import { branchSchema, stepSchema, structureSchemas } from './schema.ts';

/** Names that the document declares. Where it could not be read, a name that is not among them may still be one. */
export interface Declared {
  readonly names: ReadonlySet<string>;
  readonly complete: boolean;
}

/** What a step can call besides ops and structures. */
export interface StepContext extends AttributeContext {
  readonly blocks: Declared;
  readonly aliases: Declared;
}

type StructureName = keyof typeof structureSchemas;

/** Whether it is `branches`, `residual`, `steps` or `tap`. */
export function isStructure(key: string): key is StructureName {
  return Object.hasOwn(structureSchemas, key);
}

/** Whether a step can have it as its call; where blocks or imports could not be read, what they may hold counts. */
export function isCallable(key: string, { blocks, aliases }: StepContext): boolean {
  if (isOpName(key) || isStructure(key) || blocks.names.has(key)) return true;
  if (!key.includes('.')) return !blocks.complete && !isReserved(key);
  return aliases.names.has(aliasOf(key)) || !aliases.complete;
}

function aliasOf(key: string): string {
  return key.slice(0, key.indexOf('.'));
}

/** Names that a block cannot have, as a step with that key would mean something else. */
export function isReserved(name: string): boolean {
  const beside = Object.values(structureSchemas).flatMap((s) => Object.keys(s.shape));
  return isOpName(name) || isStepKey(name) || beside.includes(name);
}

/** What to say of `v4.stem` where no import is called `v4`. */
export function unknownImport(key: string, { aliases }: StepContext): string | undefined {
  if (!key.includes('.')) return undefined;
  const known = aliases.names.size === 0 ? 'there are none' : `there are ${[...aliases.names].join(', ')}`;
  return `no import is called \`${aliasOf(key)}\`; ${known}`;
}

/** The call of a step, and the keys around it: those of the step, and those of its structure. */
export interface Call {
  readonly call?: Entry;
  readonly around: LocatedMap;
}

/** Finds the one entry of a step that is its call; what does not belong beside it is reported here. */
export function callOf(map: LocatedMap, context: StepContext): Call {
  const candidates = map.entries.filter((e) => !isStepKey(e.key));
  const calls = candidates.filter((e) => isCallable(e.key, context));
  const [call, second] = calls;
  if (call === undefined) {
    reportNoCall(map, candidates, context);
    return { around: onlyStepKeys(map) };
  }
  if (second !== undefined) {
    const related = [{ span: call.keySpan, message: 'the first call is here' }];
    context.findings.add(problem('several-calls', { keys: calls.map((e) => e.key) }), second.keySpan, {
      related,
    });
    return { around: onlyStepKeys(map) };
  }
  return arranged(call, { map, strays: candidates.filter((e) => e !== call) }, context);
}

function onlyStepKeys(map: LocatedMap): LocatedMap {
  return { ...map, entries: map.entries.filter((e) => isStepKey(e.key)) };
}

function isStepKey(key: string): boolean {
  return Object.hasOwn(stepSchema.shape, key);
}

function reportNoCall(map: LocatedMap, candidates: readonly Entry[], context: StepContext): void {
  if (candidates.length === 0) {
    context.findings.add(problem('no-call', { keys: map.entries.map((e) => e.key) }), map.span);
    return;
  }
  const callable = [...opNames, ...Object.keys(structureSchemas), ...context.blocks.names];
  const stepKeys = candidates.length > 1 ? Object.keys(stepSchema.shape) : [];
  for (const { key, keySpan } of candidates) {
    const meant = meantOp(key, [...callable, ...stepKeys]);
    const help = unknownImport(key, context) ?? meant.help;
    context.findings.add(problem('unknown-op', { op: key, nearest: meant.nearest, help }), keySpan);
  }
}

/**
 * Puts what is wrongly indented where it belongs (an attribute beside the op, a step key inside it), so that the rest
 * is read as it was meant, and reports it.
 */
function arranged(
  call: Entry,
  { map, strays }: { map: LocatedMap; strays: readonly Entry[] },
  context: StepContext,
): Call {
  const beside = isStructure(call.key) ? Object.keys(structureSchemas[call.key].shape) : [];
  const attributes = strays.filter((e) => isAttribute(call, e, context));
  if (attributes.length > 0) reportBeside(call, attributes, context);
  const misplaced = insideOut(call, beside, context);
  if (strays.length === 0 && misplaced.length === 0)
    return { call, around: { ...map, entries: map.entries.filter((e) => e !== call) } };
  const present = new Set(map.entries.map((e) => e.key));
  const inside = misplaced.filter((e) => !present.has(e.key));
  const slips = strays
    .filter((e) => !attributes.includes(e) && !beside.includes(e.key))
    .flatMap((entry) => {
      const known = [...Object.keys(stepSchema.shape), ...beside.filter((k) => k !== call.key)];
      const meant = reportUnknownKey(entry, { known, where: 'a step', findings: context.findings });
      return meant === undefined || present.has(meant) ? [] : [slipFor(meant, entry)];
    });
  const own = map.entries.filter((e) => isStepKey(e.key) || (beside.includes(e.key) && e !== call));
  return {
    call: withAttributes(call, { attributes, without: inside }),
    around: { ...map, entries: [...own, ...inside, ...slips] },
  };
}

function isAttribute(call: Entry, { key }: Entry, { schemas }: StepContext): boolean {
  return (
    isOpName(call.key) &&
    schemas.namesOf(call.key).includes(key) &&
    (isNull(call.value) || call.value.kind === 'map')
  );
}

function reportBeside(call: Entry, attributes: readonly Entry[], { findings }: StepContext): void {
  const keys = attributes.map((e) => `\`${e.key}\``).join(', ');
  const [are, they] =
    attributes.length === 1 ? ['stands', 'it is an attribute'] : ['stand', 'they are attributes'];
  const what = { what: keys, reason: `${are} beside the op, not inside it` };
  findings.add(
    problem('wrong-value', { ...what, help: `indent ${keys}: ${they} of \`${call.key}\`` }),
    attributes[0]?.keySpan,
  );
}

/** Keys of the step that stand inside the value of its call: `max_pool:` with `name` four columns deeper. */
function insideOut(
  call: Entry,
  beside: readonly string[],
  { schemas, findings }: StepContext,
): readonly Entry[] {
  if (call.value.kind !== 'map') return [];
  const { key: callee } = call;
  const isMisplaced = ({ key, value }: Entry) => {
    if (isOpName(callee)) return isStepKey(key) && !schemas.namesOf(callee).includes(key);
    if (!isStructure(callee) || !(isStepKey(key) || (beside.includes(key) && key !== callee))) return false;
    if (callee === 'branches') return value.kind === 'scalar';
    return callee === 'residual' && !Object.hasOwn(branchSchema.shape, key);
  };
  const misplaced = call.value.entries.filter(isMisplaced);
  for (const { key, keySpan } of misplaced) {
    const help = `outdent \`${key}\`: it belongs to the step, beside \`${callee}\``;
    const found = isOpName(callee)
      ? problem('unknown-attribute', { op: callee, key, known: schemas.namesOf(callee), help })
      : problem('wrong-value', {
          what: `\`${key}\``,
          reason: `stands inside \`${callee}\`, not beside it`,
          help,
        });
    findings.add(found, keySpan);
  }
  return misplaced;
}

function withAttributes(
  call: Entry,
  { attributes, without }: { attributes: readonly Entry[]; without: readonly Entry[] },
): Entry {
  if (attributes.length === 0 && without.length === 0) return call;
  const written = call.value.kind === 'map' ? call.value.entries.filter((e) => !without.includes(e)) : [];
  const entries = [...written, ...attributes.filter((a) => !written.some((e) => e.key === a.key))];
  return { ...call, value: { kind: 'map', entries, span: call.value.span } };
}
