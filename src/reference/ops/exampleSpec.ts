import type { Example } from '../../ops/op.ts';
import { type OpName, opOf } from '../../ops/registry.ts';

/** An example of an op as a spec: its inputs, and one step that reads them. */
export function exampleSpec(op: OpName, example: Example): string {
  const names = inputNames(example);
  const inputs = names.map((name, i) => `  ${name}: ${inputOf(example, i)}\n`);
  return `inception: 1\nname: example\ninputs:\n${inputs.join('')}network:\n  - ${step(op, example, names)}\n`;
}

/** The call of an example on one line, as it stands in a spec. */
export function exampleCall(op: OpName, { attributes = {} }: Example): string {
  return Object.keys(attributes).length === 0 ? op : `${op}: ${flow(attributes)}`;
}

/** What an example reads, as a cell of a table: `[N, 8], [N, 8]`; by name where inputs may be left out. */
export function exampleInputs(example: Example): string {
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

function step(op: OpName, example: Example, names: readonly string[]): string {
  const call = exampleCall(op, example);
  const { roles } = example;
  if (roles !== undefined)
    return `${withColon(op, call)}\n    from: ${flow(Object.fromEntries(roles.map((r) => [r, r])))}`;
  if (names.length === 1) return call;
  if (call === op && opOf(op).main === 'from') return `${op}: ${flow(names)}`;
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
  return (
    /^[A-Za-z_][\w +*/().-]*$/.test(text) && !/^(true|false|null|yes|no)$/i.test(text) && !text.endsWith(' ')
  );
}
