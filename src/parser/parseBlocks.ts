import { problem } from '../diagnostics/diagnostic.ts';
import type { DType } from '../tensor/dtype.ts';
import { expectMap, readFields, rightValue } from './fields.ts';
import type { Findings } from './findings.ts';
import { brokenAt, type Entry, isNull, type Located, plain } from './located.ts';
import { namePattern } from './namePattern.ts';
import { parseDefaults } from './parseAttributes.ts';
import { parseShape, parseStepClaim } from './parseClaims.ts';
import { parseOutputs, reportTwice } from './parseOutputs.ts';
import { parseParams } from './parseParams.ts';
import { parseSteps } from './parseStep.ts';
import { blockInputSchema, blockSchema } from './schema.ts';
import type { BlockInput, BlockSpec } from './spec.ts';
import { isReserved, type StepContext } from './stepCall.ts';

/** `blocks`: name → block. */
export function parseBlocks(
  located: Located | undefined,
  context: StepContext,
): ReadonlyMap<string, BlockSpec> {
  const blocks = new Map<string, BlockSpec>();
  if (located?.kind !== 'map') return blocks;
  for (const entry of located.entries) {
    const { key, keySpan } = entry;
    const block = parseBlock(entry, context);
    if (isReserved(key)) {
      const help = 'an op or a key of the language is called so: a step with that name would mean the other';
      context.findings.add(problem('bad-name', { name: key, help }), keySpan);
    } else if (namePattern.test(key)) blocks.set(key, block);
    else context.findings.add(problem('bad-name', { name: key }), keySpan);
  }
  return blocks;
}

/** A list of steps, or a mapping with `params`, `inputs`, `defaults`, `expect`, `steps`, `outputs`. */
function parseBlock({ key: name, keySpan, value }: Entry, context: StepContext): BlockSpec {
  const { findings } = context;
  const bare = {
    name,
    params: [],
    paramsComplete: true,
    inputs: undefined,
    defaults: new Map(),
    span: keySpan,
  };
  if (value.kind === 'list') return { ...bare, steps: parseSteps(value, context) };
  const where = `block \`${name}\``;
  const map = expectMap(value, where, findings);
  const unread = brokenAt(value.span);
  if (map === undefined) return { ...bare, paramsComplete: false, steps: parseSteps(unread, context) };
  const fields = readFields(map, { schema: blockSchema, where, findings, at: keySpan });
  const steps = fields.get('steps')?.value ?? unread;
  const expect = parseStepClaim(fields.get('expect')?.value, findings);
  const outputs = parseOutputs(fields.get('outputs')?.value, { findings, goesOn: true });
  const params = parseParams(fields.get('params')?.value, findings);
  const inputs = parseBlockInputs(rightValue(fields, 'inputs'), findings);
  reportHidden(params, inputs, findings);
  return {
    ...bare,
    ...params,
    inputs,
    defaults: parseDefaults(fields.get('defaults')?.value, context),
    ...(expect === undefined ? {} : { expect }),
    steps: parseSteps(steps, context),
    ...(outputs === undefined ? {} : { outputs }),
  };
}

/** A param and a size of one name: an expression could mean both. */
function reportHidden(
  { params }: Pick<BlockSpec, 'params'>,
  inputs: BlockSpec['inputs'],
  findings: Findings,
): void {
  const reported = new Set<string>();
  for (const dim of (inputs ?? []).flatMap((i) => i.shape ?? [])) {
    const param = params.find((p) => p.name === dim.value);
    if (param === undefined || reported.has(param.name)) continue;
    reported.add(param.name);
    const { name } = param;
    const help = `give one of them another name: \`$${name}\` could mean both`;
    const related = [{ span: param.span, message: 'the first is here' }];
    findings.add(problem('duplicate-name', { name, what: 'params and sizes', help }), dim.span, { related });
  }
}

/** Names, or names with what is known of each value. */
function parseBlockInputs(
  located: Located | undefined,
  findings: Findings,
): readonly BlockInput[] | undefined {
  if (located?.kind === 'map') return located.entries.map((e) => parseBlockInput(e, findings));
  if (located?.kind !== 'list') return undefined;
  const first = new Map<string, BlockInput>();
  for (const item of located.items) {
    const input = { name: String(plain(item)), span: item.span };
    const before = first.get(input.name);
    if (before === undefined) first.set(input.name, input);
    else reportTwice(input, { before, what: 'inputs', findings });
  }
  return [...first.values()];
}

/** `x: [N, S, C]`, or a mapping with `shape`, `dtype`, `optional`; an empty value says nothing of it. */
function parseBlockInput({ key: name, keySpan: span, value }: Entry, findings: Findings): BlockInput {
  if (!namePattern.test(name)) {
    findings.add(problem('bad-name', { name }), span);
    return { name, span };
  }
  if (isNull(value)) return { name, span };
  if (value.kind === 'list') {
    const shape = parseShape(value, findings);
    return { name, ...(shape === undefined ? {} : { shape }), span };
  }
  const where = `input \`${name}\` of a block`;
  const map = expectMap(value, where, findings);
  if (map === undefined) return { name, span };
  const fields = readFields(map, { schema: blockInputSchema, where, findings });
  const written = rightValue(fields, 'shape');
  const shape = written === undefined ? undefined : parseShape(written, findings);
  const [dtype, optional] = ['dtype', 'optional'].map((key) => rightValue(fields, key));
  const isOptional = optional !== undefined && plain(optional) === true;
  return {
    name,
    ...(shape === undefined ? {} : { shape }),
    // The schema has checked that it is one.
    ...(dtype === undefined ? {} : { dtype: plain(dtype) as DType }),
    ...(isOptional ? { optional: true } : {}),
    span,
  };
}
