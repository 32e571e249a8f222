import type { TemplateName } from './templateNames.ts';
import { conv } from './templates/conv.ts';
import { inceptionStem } from './templates/inceptionStem.ts';
import { resnet } from './templates/resnet.ts';
import { transformer } from './templates/transformer.ts';

const texts: Readonly<Record<TemplateName, string>> = {
  conv,
  'inception-stem': inceptionStem,
  resnet,
  transformer,
};

/** The text of a starter spec, under a name. */
export function templateText(template: TemplateName, name: string): string {
  return texts[template].replace('NAME', name);
}

/** The text of a starter configuration of `lint`. */
export const configText = `\
# The rules that are on. \`inception-cli rules\` lists all of them, with the set of each; \`strict\` has more, and
# \`target:tfjs\` and \`target:onnx\` add what concerns one target.
extends: recommended
`;
