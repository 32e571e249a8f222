import { entry } from './entry.ts';

/** INC9xx: how the linter is set. */
export const linting = {
  'unknown-rule': entry<{ rule: string; where: string; nearest?: string | undefined }>({
    code: 'INC905',
    severity: 'error',
    message: ({ rule, where }) => `${where} names the rule \`${rule}\`, which does not exist`,
    help: ({ nearest }) =>
      nearest === undefined ? '`inception-cli rules` lists all rules' : `did you mean \`${nearest}\`?`,
  }),
  'wrong-rule-option': entry<{ rule: string; where: string; reason: string }>({
    code: 'INC906',
    severity: 'error',
    message: ({ rule, where, reason }) => `${where} sets the rule \`${rule}\` wrongly: ${reason}`,
    help: ({ rule }) => `\`inception-cli explain ${rule}\` shows its options`,
  }),
};
