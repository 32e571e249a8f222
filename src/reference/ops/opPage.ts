import { withThousands } from '../../diagnostics/withThousands.ts';
import type { Example, Op } from '../../ops/op.ts';
import { type OpName, opNames, opOf } from '../../ops/registry.ts';
import type { Compile } from '../compile.ts';
import { choice, code, fence, footer, section, table } from '../markdown.ts';
import { targets } from '../targets.ts';
import { attributeTable } from './attributes.ts';
import { exampleCall, exampleInputs, exampleOutputs, exampleSpec } from './exampleSpec.ts';
import type { Support } from './limits.ts';
import { weightTable } from './weights.ts';

/** The page of an op in the manual. */
export function opPage(op: OpName, support: readonly Support[], compile: Compile): string {
  return opText(op, support, compile) + footer;
}

/** All there is to know of an op. */
export function opText(op: OpName, support: readonly Support[], compile: Compile): string {
  const { summary, examples } = opOf(op);
  const [first] = examples;
  return [
    `# ${op}\n\n${summary}\n`,
    first === undefined ? '' : `\n${fence('yaml', exampleSpec(op, first))}`,
    `\n${callingOf(op, compile)}\n`,
    section('Attributes', attributeTable(op) || 'None.\n'),
    section('Shapes', shapeTable(op)),
    section('What is refused', refusedTable(op, compile)),
    section('Weights', weightTable(op, compile)),
    section('Targets', support.map(targetText).join('\n')),
  ].join('');
}

/** How a step calls the op. */
function callingOf(op: OpName, compile: Compile): string {
  const { main, role, fusable } = opOf(op);
  return [
    readsOf(op),
    ...givesOf(op, compile),
    ...(main === undefined || main === 'from' ? [] : [`${code(`- ${op}: VALUE`)} sets ${code(main)}.`]),
    ...(main === 'from' && 'value' in opOf(op).attributes().shape
      ? [`${code(`- ${op}: 0.5`)} sets \`value\`.`]
      : []),
    ...(role === undefined ? [] : [`Other ops take it as ${code(`${role}: ${op}`)}.`]),
    ...(fusable === true ? [fusableText(op)] : []),
  ].join(' ');
}

function readsOf(op: OpName): string {
  const { inputs } = opOf(op);
  if ('atLeast' in inputs) {
    const count = inputs.atLeast === 1 ? 'any number of values' : `${inputs.atLeast} or more values`;
    return `Reads ${count}: ${code(`- ${op}: [a, b]`)}, or those that \`from\` names.`;
  }
  if (inputs.length === 0) return 'Reads no value.';
  if (inputs.length === 1) return 'Reads one value.';
  const named = inputs.map((input) =>
    input.endsWith('?') ? `${code(input.slice(0, -1))} (may be left out)` : code(input),
  );
  return `Reads ${named.join(', ')}: \`from: [a, b]\` in this order, or by name.`;
}

/** Of an op that gives several values, how those of the first example that has several are reached. */
function givesOf(op: OpName, compile: Compile): readonly string[] {
  const { outputs, examples, goesOn } = opOf(op);
  if (outputs === undefined) return [];
  const namesOf = (example: Example) =>
    compile(exampleSpec(op, example), {}).graph?.outputs.map(({ name }) => code(name)) ?? [];
  const several = examples.find((example) => namesOf(example).length > 1);
  if (several === undefined) return [];
  const names = namesOf(several).join(', ');
  const onward = goesOn === undefined ? '' : ` ${code(goesOn)} goes on as the current value.`;
  if (several === examples[0]) return [`Gives several values, here ${names}.${onward}`];
  return [`Gives one value; ${code(exampleCall(op, several))} gives several: ${names}.${onward}`];
}

function fusableText(op: OpName): string {
  const named = (role: Op['role']) => choice(opNames.filter((name) => opOf(name).role === role).map(code));
  return `Beside its attributes it takes \`norm\` (${named('norm')}) and \`activation\` (${named('activation')}), which become nodes of their own behind it; ${code('none')} is none, also against \`defaults\`. Where \`norm\` follows, \`${op}\` mostly has \`bias: false\`.`;
}

function shapeTable(op: OpName): string {
  const good = opOf(op).examples.filter((example) => exampleOutputs(example) !== undefined);
  return table(
    ['Step', 'Reads', 'Gives', 'Parameters', 'Multiply-adds', 'Other operations', 'Because'],
    good.map((example) => [
      code(exampleCall(op, example)),
      code(exampleInputs(example)),
      code(exampleOutputs(example) ?? ''),
      parametersOf(example),
      example.macs === undefined ? '' : withThousands(example.macs),
      otherOperations(example),
      example.source ?? '',
    ]),
  );
}

function otherOperations({ biasAdds, elementOps }: Example): string {
  const words = [
    ...(biasAdds === undefined ? [] : [`${withThousands(biasAdds)} biases`]),
    ...(elementOps === undefined ? [] : [withThousands(elementOps)]),
  ];
  return words.join(' + ');
}

function parametersOf({ parameters }: Example): string {
  if (parameters === undefined) return '';
  const { trainable, nonTrainable } = parameters;
  return (
    withThousands(trainable) + (nonTrainable === 0 ? '' : ` + ${withThousands(nonTrainable)} not trained`)
  );
}

function refusedTable(op: OpName, compile: Compile): string {
  const bad = opOf(op).examples.filter((example) => example.problem !== undefined);
  return table(
    ['Step', 'Reads', 'Error'],
    bad.map((example) => {
      const [said] = compile(exampleSpec(op, example), {}).diagnostics;
      const error = said === undefined ? '' : `[${said.code}](../errors/${said.code}.md): ${said.message}`;
      return [code(exampleCall(op, example)), code(exampleInputs(example)), error];
    }),
  );
}

function targetText({ target, never, limits }: Support): string {
  const { title } = targets[target];
  if (never !== undefined) return `**${title}** cannot say it: ${never}.\n`;
  if (limits.length === 0) return `**${title}** can say it.\n`;
  const rows = limits.map(({ reason, call, inputs }) => [code(call), code(inputs), reason]);
  return `**${title}** can say it, but for:\n\n${table(['Step', 'Reads', 'Reason'], rows)}`;
}
