import { problem } from '../diagnostics/diagnostic.ts';
import { readFields } from './fields.ts';
import type { Findings } from './findings.ts';
import { type Located, plain } from './located.ts';
import { repeatSchema } from './schema.ts';
import type { RepeatSpec } from './spec.ts';

/** `repeat: 4`, `{ times, index }` or `{ over, as, index }`. */
export function parseRepeat(located: Located, findings: Findings): RepeatSpec {
  const { span } = located;
  if (located.kind !== 'map') return { times: located, as: [], index: 'i', parallel: false, span };
  const fields = readFields(located, { schema: repeatSchema, where: '`repeat`', findings });
  const times = fields.get('times')?.value;
  const over = fields.get('over')?.value;
  const as = fields.get('as')?.value;
  const index = fields.get('index')?.value;
  const parallel = fields.get('parallel')?.value;
  if ((times === undefined) === (over === undefined) && located.entries.length === fields.size) {
    findings.add(
      problem('wrong-value', { what: '`repeat`', reason: 'needs either `times` or `over`' }),
      span,
    );
  }
  if (over !== undefined && as === undefined) {
    findings.add(
      problem('missing-key', {
        key: 'as',
        where: '`repeat` with `over`',
        help: 'name the item: `as: filters`',
      }),
      span,
    );
  }
  return {
    ...(times === undefined ? {} : { times }),
    ...(over === undefined ? {} : { over }),
    as: as === undefined ? [] : [plain(as)].flat().map(String),
    index: index === undefined ? 'i' : String(plain(index)),
    parallel: parallel !== undefined && plain(parallel) === true,
    span,
  };
}
