/** Plain data, as a YAML or JSON reader gives it. */
type Data = unknown;

const structures = ['branches', 'residual', 'steps', 'tap'];

/** Which keys of the language a spec uses, as `step.from`; read without the parser, from what the guide says of them. */
export function keysUsed(document: Data): ReadonlySet<string> {
  const used = new Used();
  used.document(document);
  return used.keys;
}

function entriesOf(data: Data): readonly (readonly [string, Data])[] {
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? Object.entries(data) : [];
}

function field(data: Data, key: string): Data {
  return new Map(entriesOf(data)).get(key);
}

/** The items of a list, or the values of a mapping. */
function itemsOf(data: Data): readonly Data[] {
  return Array.isArray(data) ? data : entriesOf(data).map(([, value]) => value);
}

class Used {
  readonly keys = new Set<string>();

  document(data: Data): void {
    this.note('document', data);
    this.note('totals', field(data, 'expect'));
    this.note('parameters', field(field(data, 'expect'), 'parameters'));
    for (const dim of itemsOf(field(data, 'dims'))) this.note('dim', dim);
    for (const input of itemsOf(field(data, 'inputs'))) this.copied('input', input);
    this.params(data);
    this.outputs(data);
    for (const block of itemsOf(field(data, 'blocks'))) this.block(block);
    this.steps(field(data, 'network'));
  }

  private note(where: string, data: Data): void {
    for (const [key] of entriesOf(data)) this.keys.add(`${where}.${key}`);
  }

  private copied(where: string, data: Data): void {
    this.note(where, data);
    this.note('repeat', field(data, 'repeat'));
  }

  private params(data: Data): void {
    for (const param of itemsOf(field(data, 'params'))) {
      this.note('param', param);
      this.keys.add(`type.${String(field(param, 'type') ?? param)}`);
    }
  }

  private outputs(data: Data): void {
    for (const output of itemsOf(field(data, 'outputs'))) this.copied('output', output);
  }

  private claim(data: Data): void {
    this.note('claim', field(data, 'expect'));
    this.note('parameters', field(field(data, 'expect'), 'parameters'));
  }

  private block(data: Data): void {
    this.note('block', data);
    this.params(data);
    this.outputs(data);
    this.claim(data);
    for (const input of itemsOf(field(data, 'inputs'))) this.note('block-input', input);
    this.steps(Array.isArray(data) ? data : field(data, 'steps'));
  }

  private steps(data: Data): void {
    if (Array.isArray(data)) for (const step of data) this.step(step);
  }

  private step(data: Data): void {
    this.copied('step', data);
    this.claim(data);
    const structure = structures.find((key) => field(data, key) !== undefined);
    if (structure === undefined) return;
    this.keys.add(`structure.${structure}`);
    const body = field(data, structure);
    for (const branch of structure === 'branches' ? itemsOf(body) : [body]) this.branch(branch);
    this.branch(field(data, 'shortcut'));
    const merge = field(data, 'merge');
    this.keys.add(`merge.${typeof merge === 'string' ? merge : String(entriesOf(merge)[0]?.[0])}`);
  }

  /** A list of steps, or `{ steps, when }`. */
  private branch(data: Data): void {
    this.note('branch', data);
    this.steps(Array.isArray(data) ? data : field(data, 'steps'));
  }
}
