/** What the process tells its caller. */
export const exitStatus = {
  ok: 0,
  /** The spec has errors, its targets do not agree, or `format --check` would change a file. */
  findings: 1,
  /** A wrong command line, or a file that cannot be read, parsed or written. */
  usage: 2,
  /** A fault of this program. */
  fault: 3,
} as const;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];
