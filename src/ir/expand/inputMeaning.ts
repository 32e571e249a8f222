import type * as z from 'zod';
import { problem } from '../../diagnostics/diagnostic.ts';
import type { Findings } from '../../parser/findings.ts';
import { type Located, partAt } from '../../parser/located.ts';
import { inputSchema } from '../../parser/schema.ts';
import { wordsOf } from '../../parser/schemaWords.ts';
import type { InputSpec } from '../../parser/spec.ts';
import type { InputMeaning } from '../graph.ts';
import { type Environment, evaluateLocated } from './environment.ts';

const { range, mean, std } = inputSchema.shape;

interface At {
  readonly env: Environment;
  readonly findings: Findings;
}

/** What an input's numbers mean, worked out; what is wrong is reported and left out. */
export function inputMeaning(input: InputSpec, at: At): InputMeaning {
  const { description } = input;
  const known = {
    range: checkedValue('range', { written: input.range, schema: range }, at),
    mean: checkedValue('mean', { written: input.mean, schema: mean }, at),
    std: checkedValue('std', { written: input.std, schema: std }, at),
  };
  return {
    ...(known.range === undefined ? {} : { range: known.range }),
    ...(known.mean === undefined ? {} : { mean: known.mean }),
    ...(known.std === undefined ? {} : { std: known.std }),
    ...(description === undefined ? {} : { description }),
  };
}

function checkedValue<S extends z.ZodType>(
  key: string,
  { written, schema }: { written: Located | undefined; schema: S },
  { env, findings }: At,
): z.output<S> | undefined {
  const evaluated = written === undefined ? undefined : evaluateLocated(written, env, findings);
  if (written === undefined || evaluated === undefined) return undefined;
  const result = schema.safeParse(evaluated.value);
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
