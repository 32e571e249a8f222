import { type SchemaName, schemaText } from '../../index.ts';
import { type ExitStatus, exitStatus } from '../exitStatus.ts';
import { out } from '../terminal.ts';

export { schemaText } from '../../index.ts';

export interface SchemaOptions {
  readonly of: SchemaName;
}

/** `schema`: a JSON Schema on standard output. */
export function printSchema({ of }: SchemaOptions): ExitStatus {
  out(schemaText(of));
  return exitStatus.ok;
}
