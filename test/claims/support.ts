import { type ClaimedSpec, claimSpec } from '../../src/claims/claimSpec.ts';
import { type PaperRow, readTable, type TableOptions } from '../../src/claims/readTable.ts';
import { compile } from '../../src/compile.ts';

/** The rows of a table that can be read. */
export function rowsOf(text: string, options: TableOptions = {}): readonly PaperRow[] {
  const read = readTable(text, options);
  if ('reason' in read) throw new Error(read.reason);
  return read.rows;
}

/** What a table claims of a spec. */
export function claims(
  spec: string,
  table: string,
  options: TableOptions & { readonly name?: string } = {},
): ClaimedSpec {
  const { name = 'net.yaml', ...tableOptions } = options;
  const claimed = claimSpec(compile(spec, { name }), rowsOf(table, tableOptions));
  if (claimed === undefined) throw new Error('the spec has errors');
  return claimed;
}

/** Each row with its step and claim, or `-`. */
export function pairs({ matched, left }: ClaimedSpec): readonly (readonly [number, string, string])[] {
  return [
    ...matched.map(({ line, step, claim }) => [line, step, claim] as const),
    ...left.map(({ line }) => [line, '-', ''] as const),
  ].sort((a, b) => a[0] - b[0]);
}
