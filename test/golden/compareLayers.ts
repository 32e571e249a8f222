import { normalForm } from './equivalences.ts';
import { comparedFields, type Layer, networkInput, readersOf } from './layer.ts';

export interface Comparison {
  /** What differs, in words; nothing where the two are the same network. */
  readonly differences: readonly string[];
  /** Layer of the network → row of the table. */
  readonly pairs: ReadonlyMap<string, string>;
}

/**
 * Walks both from their ends backwards through the inputs, in order, and pairs layer with row. They are the same
 * network when every layer has one row and every row one layer, and paired ones are equal in every field.
 */
export function compareLayers(network: readonly Layer[], table: readonly Layer[]): Comparison {
  const walk = new Walk(normalForm(network), normalForm(table));
  walk.run();
  return { differences: walk.differences, pairs: walk.pairs };
}

class Walk {
  readonly differences: string[] = [];
  readonly pairs = new Map<string, string>();
  private readonly taken = new Map<string, string>();
  private readonly layers: ReadonlyMap<string, Layer>;
  private readonly rows: ReadonlyMap<string, Layer>;

  constructor(network: readonly Layer[], table: readonly Layer[]) {
    this.layers = new Map(network.map((layer) => [layer.name, layer]));
    this.rows = new Map(table.map((row) => [row.name, row]));
    if (this.layers.size !== network.length) this.differences.push('two layers of the network have one name');
    if (this.rows.size !== table.length) this.differences.push('two rows of the table have one name');
  }

  run(): void {
    const [layerEnds, rowEnds] = [endsOf(this.layers), endsOf(this.rows)];
    if (layerEnds.length !== rowEnds.length) {
      this.differences.push(
        `the network ends in ${layerEnds.join(', ')}, the table in ${rowEnds.join(', ')}`,
      );
    }
    for (const [i, layer] of layerEnds.entries()) {
      const row = rowEnds[i];
      if (row !== undefined) this.pair(layer, row);
    }
    for (const name of this.layers.keys()) {
      if (!this.pairs.has(name)) this.differences.push(`${name} has no row in the table`);
    }
    for (const name of this.rows.keys()) {
      if (!this.taken.has(name)) this.differences.push(`the row ${name} has no layer in the network`);
    }
  }

  private pair(layerName: string, rowName: string): void {
    if (this.pairs.get(layerName) === rowName) return;
    const [layer, row] = [this.layers.get(layerName), this.rows.get(rowName)];
    const otherRow = this.pairs.get(layerName);
    const otherLayer = this.taken.get(rowName);
    if (layerName === networkInput && rowName === networkInput) return;
    if (layer === undefined || row === undefined || otherRow !== undefined || otherLayer !== undefined) {
      const known = otherRow ?? otherLayer;
      const before = known === undefined ? '' : `; one of them goes with ${known}`;
      this.differences.push(`${layerName} stands where the table has ${rowName}${before}`);
      return;
    }
    this.pairs.set(layerName, rowName);
    this.taken.set(rowName, layerName);
    this.differences.push(...fieldDifferences(layer, row));
    // Where even the op differs, what stands before it is not expected to be the same.
    if (layer.op === row.op) this.pairInputs(layer, row);
  }

  private pairInputs(layer: Layer, row: Layer): void {
    if (layer.inputs.length !== row.inputs.length) {
      this.differences.push(
        `${layer.name} (${row.name}): reads ${layer.inputs.length} values, in the table ${row.inputs.length}`,
      );
    }
    for (const [i, input] of layer.inputs.entries()) {
      const other = row.inputs[i];
      if (other !== undefined) this.pair(input, other);
    }
  }
}

/** The layers that no other reads. */
function endsOf(layers: ReadonlyMap<string, Layer>): readonly string[] {
  const readers = readersOf([...layers.values()]);
  return [...layers.keys()].filter((name) => !readers.has(name));
}

function fieldDifferences(layer: Layer, row: Layer): readonly string[] {
  const fields = layer.op === row.op ? comparedFields : (['op'] as const);
  return fields.flatMap((field) =>
    layer[field] === row[field]
      ? []
      : [
          `${layer.name} (${row.name}): ${field} is ${shown(layer[field])}, in the table ${shown(row[field])}`,
        ],
  );
}

function shown(value: string | number): string {
  return value === '' ? 'nothing' : String(value);
}
