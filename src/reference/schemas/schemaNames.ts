/** What there is a schema of. */
export const schemaNames = ['spec', 'config', 'lint-report', 'shapes'] as const;
export type SchemaName = (typeof schemaNames)[number];
