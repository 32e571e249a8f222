/** Plain data, as a YAML or JSON reader gives it. */
type Data = unknown;

type Entries = readonly (readonly [string, Data])[];

function entriesOf(data: Data): Entries {
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? Object.entries(data) : [];
}

function listOf(data: Data): readonly Data[] {
  return Array.isArray(data) ? data : [];
}

const structures = ['branches', 'residual', 'steps', 'tap'];

/** Which keys of the language a spec uses, as `step.from`; read without the parser, from what the pages of the language say. */
export function keysUsed(document: Data): ReadonlySet<string> {
  const used = new Set<string>();
  const note = (where: string, data: Data) => {
    for (const [key] of entriesOf(data)) used.add(`${where}.${key}`);
  };
  const field = (data: Data, key: string) => new Map(entriesOf(data)).get(key);

  const repeat = (data: Data) => note('repeat', field(data, 'repeat'));
  const claim = (data: Data) => {
    note('claim', field(data, 'expect'));
    note('parameters', field(field(data, 'expect'), 'parameters'));
  };
  const params = (data: Data) => {
    for (const [, param] of entriesOf(field(data, 'params'))) {
      note('param', param);
      used.add(`type.${String(field(param, 'type') ?? param)}`);
    }
  };
  const outputs = (data: Data) => {
    for (const [, output] of entriesOf(field(data, 'outputs'))) {
      note('output', output);
      repeat(output);
    }
  };
  const branch = (data: Data) => {
    note('branch', data);
    steps(Array.isArray(data) ? data : field(data, 'steps'));
  };
  const step = (data: Data) => {
    note('step', data);
    repeat(data);
    claim(data);
    const structure = structures.find((key) => entriesOf(data).some(([k]) => k === key));
    if (structure === undefined) return;
    used.add(`structure.${structure}`);
    const body = field(data, structure);
    if (structure !== 'branches') branch(body);
    for (const item of structure === 'branches'
      ? [...listOf(body), ...entriesOf(body).map(([, b]) => b)]
      : [])
      branch(item);
    branch(field(data, 'shortcut'));
    const merge = field(data, 'merge');
    used.add(`merge.${typeof merge === 'string' ? merge : String(entriesOf(merge)[0]?.[0])}`);
  };
  const steps = (data: Data) => {
    for (const item of listOf(data)) step(item);
  };
  const block = (data: Data) => {
    if (!Array.isArray(data)) note('block', data);
    params(data);
    outputs(data);
    claim(data);
    for (const [, input] of entriesOf(field(data, 'inputs'))) note('block-input', input);
    steps(Array.isArray(data) ? data : field(data, 'steps'));
  };

  note('document', document);
  params(document);
  outputs(document);
  note('totals', field(document, 'expect'));
  note('parameters', field(field(document, 'expect'), 'parameters'));
  for (const [, dim] of entriesOf(field(document, 'dims'))) note('dim', dim);
  for (const [, input] of entriesOf(field(document, 'inputs'))) {
    note('input', input);
    repeat(input);
  }
  for (const [, one] of entriesOf(field(document, 'blocks'))) block(one);
  steps(field(document, 'network'));
  return used;
}
