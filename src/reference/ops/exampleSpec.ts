import type { Example } from '../../ops/op.ts';
import { type OpName, opOf } from '../../ops/registry.ts';

/** An example of an op as a spec: its inputs, and one step that reads them. */
export function exampleSpec(op: OpName, example: Example): string {
  const names = inputNames(example);
  const inputs = [...sizesOf(example), ...names.map((name, i) => `${name}: ${inputOf(example, i)}`)];
  const shown = inputs.map((input) => `  ${input}\n`).join('');
  const call = stepOf(op, example, { names, alone: inputs.length === 1 });
  return `inception: 1\nname: example\ninputs:\n${shown}network:\n  - ${call}\n${sideOutputs(op, example)}`;
}

/** Where one value of several goes on alone, all of them are outputs by their names. */
function sideOutputs(op: OpName, { attributes = {} }: Example): string {
  const { goesOn, outputs, attributes: schema } = opOf(op);
  if (goesOn === undefined || outputs === undefined) return '';
  const parsed = schema().safeParse(attributes);
  const names = parsed.success ? (outputs(parsed.data) ?? []) : [];
  return names.length < 2 ? '' : `outputs: ${flow(names.map((name) => `${op}/${name}`))}\n`;
}

/** An input that names the symbols which stand in no shape on their own, as only such are known; or the one there must be. */
function sizesOf({ inputs }: Example): readonly string[] {
  const texts = inputs.flat().filter((size) => typeof size === 'string');
  const used = texts.flatMap((size) => size.match(/[A-Za-z_]\w*/g) ?? []);
  const missing = [...new Set(used)].filter((symbol) => !texts.includes(symbol));
  if (inputs.length === 0) return ['sizes: [N]'];
  return missing.length === 0 ? [] : [`sizes: ${flow(missing)}`];
}

/** The call of an example on one line, as it stands in a spec. */
export function exampleCall(op: OpName, { attributes = {} }: Example): string {
  return Object.keys(attributes).length === 0 ? op : `${op}: ${flow(attributes)}`;
}

/** What an example reads: `[N, 8], [N, 8]`; by name where inputs may be left out. */
export function exampleInputs(example: Example): string {
  if (example.inputs.length === 0) return 'nothing';
  return example.inputs
    .map((shape, i) => {
      const role = example.roles?.[i];
      const dtype = example.dtypes?.[i] ?? 'float32';
      const kind = dtype === 'float32' ? '' : ` ${dtype}`;
      return `${role === undefined ? '' : `${role}: `}${flow(shape)}${kind}`;
    })
    .join(', ');
}

/** What an example gives: one shape, or one for each of its values; undefined where it is refused. */
export function exampleOutputs(example: Example): string | undefined {
  const { output, outputs, outputDtype } = example;
  const shapes = output === undefined ? outputs : [output];
  const kind = outputDtype === undefined || outputDtype === 'float32' ? '' : ` ${outputDtype}`;
  return shapes?.map((shape) => `${flow(shape)}${kind}`).join(', ');
}

function inputOf({ inputs, dtypes }: Example, i: number): string {
  const dtype = dtypes?.[i] ?? 'float32';
  const shape = flow(inputs[i]);
  return dtype === 'float32' ? shape : `{ shape: ${shape}, dtype: ${dtype} }`;
}

/** The step; what it reads is said where it is not the one input. */
function stepOf(
  op: OpName,
  example: Example,
  { names, alone }: { names: readonly string[]; alone: boolean },
): string {
  const call = exampleCall(op, example);
  const { inputs, main } = opOf(op);
  const inOrder =
    example.roles?.every((role, i) => !('atLeast' in inputs) && inputs[i]?.startsWith(role)) ?? true;
  if (!inOrder)
    return `${withColon(op, call)}\n    from: ${flow(Object.fromEntries(names.map((n) => [n, n])))}`;
  if (alone || names.length === 0) return call;
  if (call === op && main === 'from') return `${op}: ${flow(names)}`;
  return `${withColon(op, call)}\n    from: ${flow(names)}`;
}

/** A step with further keys is a mapping. */
function withColon(op: OpName, call: string): string {
  return call === op ? `${op}:` : call;
}

/** Named as the op names them, else `x`, or `a`, `b`, `c`, … */
function inputNames({ inputs, roles }: Example): readonly string[] {
  if (roles !== undefined) return roles;
  return inputs.length === 1 ? ['x'] : inputs.map((_, i) => String.fromCharCode(97 + i));
}

/** A value in YAML's flow style. */
export function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'string') return isPlain(value) ? value : JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([key, item]) => `${key}: ${flow(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** Whether a text can stand without quotes, and is read as text. */
function isPlain(text: string): boolean {
  const safe = /^\w[\w +*/().-]*$/.test(text) && !text.endsWith(' ');
  return safe && Number.isNaN(Number(text)) && !/^(true|false|null|yes|no)$/i.test(text);
}
