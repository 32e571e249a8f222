import { rules } from '../../linter/registry.ts';
import { setNames } from '../../linter/rule.ts';
import { code, footer, section, table } from '../markdown.ts';

const titles = {
  recommended: 'Recommended',
  strict: 'Strict',
  'target:tfjs': 'For tf.js',
  'target:onnx': 'For ONNX',
} as const;

/** The list of all rules of the linter, by the set that they belong to. */
export function ruleIndex(): string {
  const sections = setNames.map((set) => {
    const rows = rules
      .filter((rule) => rule.set === set)
      .map(({ code: number, id, level, summary }) => [`[${number}](${number}.md)`, code(id), level, summary]);
    return section(titles[set], table(['Code', 'Rule', 'Level', 'What it reports'], rows));
  });
  return `# Rules\n\nWhat \`inception-cli lint\` looks for beside the [errors](../errors/README.md) of the compiler. Strict holds all that is recommended, too.\n${sections.join('')}${footer}`;
}
