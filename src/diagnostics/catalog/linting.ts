import { entry } from './entry.ts';

/** INC9xx: how the linter is set, and what `lint --locked` compares with the lock file. */
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
  'lock-drift': entry<{ what: string; name: string; form: string; locked?: string; present?: string }>({
    code: 'INC910',
    severity: 'error',
    message: ({ what, name, form, locked, present }) =>
      `${called(what, name)} of ${formName(form)} ${drift(locked, present)}`,
    help: renew,
  }),
  'computation-drift': entry<{ form: string }>({
    code: 'INC913',
    severity: 'error',
    message: ({ form }) =>
      `the layers of ${formName(form)} do something else than what is locked, with the same shapes and weights`,
    help: () =>
      `an op, an attribute or what a layer reads is another: \`inception-cli diff\` with --against the revision of the lock file shows which; ${renew()}`,
  }),
  'not-locked': entry<{ spec: string; form: string }>({
    code: 'INC911',
    severity: 'error',
    message: ({ spec, form }) => `the lock file has no entry for ${formName(form)} of ${spec}`,
    help: renew,
  }),
  'stale-lock': entry<{ spec: string; form?: string }>({
    code: 'INC912',
    severity: 'error',
    message: ({ spec, form }) =>
      form === undefined
        ? `the lock file has an entry for ${spec}, which does not exist any more`
        : `the lock file has an entry for ${formName(form)} of ${spec}, which does not exist any more`,
    help: renew,
  }),
};

function renew(): string {
  return '`inception-cli lock` with all specs writes the lock file anew, where the change is meant';
}

/** What a lock file calls a form: a variant by its name, the form without a variant by one that no variant has. */
function formName(form: string): string {
  return form === '(default)' ? 'the default form' : `variant \`${form}\``;
}

function called(what: string, name: string): string {
  if (what === 'inputs' || what === 'outputs') return `the order of the ${what}`;
  return name === '' ? `the number of ${what}` : `${what} \`${name}\``;
}

function drift(locked: string | undefined, present: string | undefined): string {
  if (present === undefined) return `is locked as ${locked ?? ''} and does not exist any more`;
  return locked === undefined
    ? `is ${present} and not in the lock file`
    : `is locked as ${locked} and is ${present}`;
}
