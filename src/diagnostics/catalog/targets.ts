import { entry } from './entry.ts';

/** INC4xx: a target cannot say what the network says. */
export const targets = {
  unsupported: entry<{ target: string; op: string; node: string; reason: string; help?: string }>({
    code: 'INC401',
    severity: 'error',
    message: ({ target, op, node, reason }) => `${target} cannot express \`${op}\` at ${node}: ${reason}`,
    help: ({ help }) => help,
  }),
  // INC402 said that a file would be too large for its format. Codes are not given anew.
  'target-option': entry<{ target: string; option: string; value: string; accepted: string }>({
    code: 'INC403',
    severity: 'error',
    message: ({ target, option, value, accepted }) =>
      `the ${target} target does not know ${option} ${value}; it knows ${accepted}`,
  }),
};
