import {
  columnNames,
  errorCodes,
  lintFormatNames,
  listOps,
  opsets,
  rules,
  schemeNames,
  weightDTypes,
} from '../../index.ts';

const ruleNames = () => rules.flatMap(({ code, id }) => [code, id]);

/** Words that an option takes whose values commander does not check itself. */
const ofOptions: Readonly<Record<string, () => readonly string[]>> = {
  'infer-shapes --columns': () => columnNames,
  'emit --opset': () =>
    Array.from({ length: opsets.last - opsets.first + 1 }, (_, i) => String(opsets.first + i)),
  'emit --weights': () => ['init', 'zeros', 'none'],
  'emit --weights-dtype': () => weightDTypes,
  'emit --names': () => schemeNames,
  'lint --format': () => lintFormatNames,
  'lint --rule': () =>
    ruleNames().flatMap((rule) => ['off', 'info', 'warn', 'error'].map((level) => `${rule}=${level}`)),
};

const ofArguments: Readonly<Record<string, () => readonly string[]>> = {
  explain: () => [...errorCodes(), ...ruleNames()],
  ops: () => listOps().map(({ name }) => name),
};

/** The words that an option of a command takes; none where they are no closed list. */
export function valuesOfOption(command: string, flag: string): readonly string[] {
  return ofOptions[`${command} ${flag}`]?.() ?? [];
}

/** The words that a command takes beside options; none where they are no closed list. */
export function valuesOfArgument(command: string): readonly string[] {
  return ofArguments[command]?.() ?? [];
}
