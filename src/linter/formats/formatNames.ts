/** The forms in which findings are printed. A list of its own: the command line names them before anything is linted. */
export const lintFormatNames = [
  'stylish',
  'compact',
  'json',
  'sarif',
  'github',
  'rdjson',
  'junit',
  'markdown',
] as const;

export type LintFormat = (typeof lintFormatNames)[number];
