import { entry } from './entry.ts';

/** INC3xx: what the spec claims of itself is not so. */
export const claims = {
  'shape-claim': entry<{ name: string; claimed: string; actual: string; help?: string | undefined }>({
    code: 'INC301',
    severity: 'error',
    message: ({ name, claimed, actual }) => `${name} is ${actual}, not ${claimed} as claimed`,
    help: ({ help }) => help,
  }),
  'total-claim': entry<{ what: string; claimed: string; actual: string; difference?: string | undefined }>({
    code: 'INC302',
    severity: 'error',
    message: ({ what, claimed, actual, difference }) =>
      `${what}: ${actual}, not ${claimed} as claimed${difference === undefined ? '' : ` (${difference})`}`,
  }),
  'claims-not-checked': entry<{ count: number; why: string }>({
    code: 'INC303',
    severity: 'info',
    message: ({ count, why }) =>
      `${count} ${count === 1 ? 'claim was' : 'claims were'} not checked, because ${why}`,
  }),
  'claim-not-decided': entry<UndecidedClaim>({
    code: 'INC304',
    severity: 'warning',
    message: sometimesSo,
    help: () => 'state the sizes you mean under `dims`, or claim it in terms of the symbols',
  }),
  'claim-not-always': entry<UndecidedClaim>({
    code: 'INC310',
    severity: 'error',
    message: sometimesSo,
    help: () => 'narrow the sizes under `dims` to those you mean, or claim it in terms of the symbols',
  }),
};

type UndecidedClaim = {
  name: string;
  claimed: string;
  actual: string;
  where?: string | undefined;
  differsAt?: string | undefined;
};

function sometimesSo({ name, claimed, actual, where, differsAt }: UndecidedClaim): string {
  if (differsAt === undefined)
    return `${name} is ${actual}; whether that is always ${claimed} could not be proved`;
  return where === undefined
    ? `${name} is ${actual}, which is not ${claimed} at ${differsAt}`
    : `${name} is ${actual}, which is ${claimed} only where ${where}`;
}
