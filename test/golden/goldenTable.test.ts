import { expect, test } from 'vitest';
import { readCsv } from './goldenTable.ts';

test('a cell of a table may hold commas', () => {
  expect(readCsv('a,b,c\n1,"x, ""y""",\n')).toEqual([{ a: '1', b: 'x, "y"', c: '' }]);
});
