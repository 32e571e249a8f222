import type * as z from 'zod';
import { problem } from '../../diagnostics/diagnostic.ts';
import type { Findings } from '../../parser/findings.ts';
import { type Located, partAt } from '../../parser/located.ts';
import { wordsOf } from '../../parser/schemaWords.ts';
import { type Environment, evaluateLocated } from './environment.ts';

export interface CheckedAt {
  readonly env: Environment;
  readonly findings: Findings;
}

/** The value that is written at a key, worked out and held to its schema; what is wrong is reported and left out. */
export function checkedValue<S extends z.ZodType>(
  key: string,
  { written, schema }: { written: Located | undefined; schema: () => S },
  { env, findings }: CheckedAt,
): z.output<S> | undefined {
  const evaluated = written === undefined ? undefined : evaluateLocated(written, env, findings);
  if (written === undefined || evaluated === undefined) return undefined;
  const result = schema().safeParse(evaluated.value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const found = issue.path.reduce<unknown>(
      (at, i) => (Array.isArray(at) ? at[Number(i)] : at),
      evaluated.value,
    );
    const reason = `${wordsOf(issue)}, not ${JSON.stringify(found)}`;
    findings.add(problem('wrong-value', { what: `\`${key}\``, reason }), partAt(written, issue.path).span);
  }
  return undefined;
}
