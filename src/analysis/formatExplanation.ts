import { codeFrame } from '../diagnostics/codeFrame.ts';
import { padTo } from '../diagnostics/displayWidth.ts';
import { oneLine, placeText } from '../diagnostics/format.ts';
import { type Paint, plain } from '../diagnostics/paint.ts';
import { printDerivation } from '../ir/derivation.ts';
import type {
  AttributeExplanation,
  AxisExplanation,
  Explanation,
  NodeExplanation,
  ShapeExplanation,
} from './explanation.ts';
import type { OriginLink } from './originLink.ts';
import { printValue } from './printValue.ts';

/** An explanation as lines for a person, without a line end after the last. */
export function formatExplanation(explanation: Explanation, paint: Paint = plain): string {
  switch (explanation.kind) {
    case 'attribute':
      return attributeLines(explanation, paint).join('\n');
    case 'shape':
      return shapeLines(explanation, paint).join('\n');
    case 'node':
      return nodeLines(explanation, paint).join('\n');
    default:
      return explanation satisfies never;
  }
}

function attributeLines(
  { node, name, op, value, links }: AttributeExplanation,
  paint: Paint,
): readonly string[] {
  const title = `${paint.bold(`${node}.${name} = ${oneLine(printValue(value))}`)}  (${op})`;
  return [title, ...links.flatMap((link) => ['', ...linkLines(link, paint)])];
}

function linkLines({ what, value, span, depth }: OriginLink, paint: Paint): readonly string[] {
  const said = `${'  '.repeat(depth)}${oneLine(what)}: ${oneLine(printValue(value))}`;
  return span === undefined ? [said] : [said, `  ${paint.blue(placeText(span))}`, ...codeFrame(span, paint)];
}

function shapeLines({ name, shape, axes, inputs }: ShapeExplanation, paint: Paint): readonly string[] {
  return [
    paint.bold(`${name} is ${shape}`),
    ...axes.flatMap((axis) => axisLines(axis, paint)),
    ...inputs.map(({ name: input, span, given }) => {
      const how = given ? 'shape is given from outside, in place of this one' : 'shape is written here';
      return `   = ${paint.blue(placeText(span))}: ${input}: its ${how}`;
    }),
  ];
}

function axisLines({ axis, derivation, decidedBy }: AxisExplanation, paint: Paint): readonly string[] {
  return [
    `  axis ${axis}: ${oneLine(printDerivation(derivation))}`,
    ...decidedBy.map((r) => `   = ${paint.blue(placeText(r.span))}: ${oneLine(r.message)}`),
  ];
}

function nodeLines(
  { node, op, span, attributes, besides, shapes }: NodeExplanation,
  paint: Paint,
): readonly string[] {
  const width = Math.max(0, ...attributes.map((a) => a.name.length));
  const values = attributes.map((a) => oneLine(printValue(a.value)));
  const valueWidth = Math.min(24, Math.max(0, ...values.map((v) => v.length)));
  return [
    `${paint.bold(node)}: ${op}`,
    `  ${paint.blue(placeText(span))}`,
    ...attributes.map(
      (a, i) =>
        `  ${padTo(a.name, width)}  ${padTo(values[i] ?? '', valueWidth)}  ${summary(a.links, paint)}`,
    ),
    ...(besides.length === 0 ? [] : [`the step also makes ${besides.join(', ')}`]),
    ...shapes.flatMap((shape) => shapeLines(shape, paint)),
  ];
}

/** The chain on one line: the place of the attribute, then of each name that was read. */
function summary(links: readonly OriginLink[], paint: Paint): string {
  const told = links.filter(({ kind }) => kind !== 'written-out');
  return told
    .map(({ kind, name, depth, span }) => {
      const words = depth === 0 ? kindWords[kind] : `${name}: ${kindWords[kind]}`;
      return span === undefined ? words : `${words} ${paint.blue(placeText(span))}`;
    })
    .join(' ← ');
}

/** The kind of a link in a word. */
export const kindWords: Readonly<Record<OriginLink['kind'], string>> = {
  written: 'step',
  default: 'defaults',
  merge: 'merge',
  'op-default': 'op',
  'written-out': 'written out',
  call: 'call',
  variant: 'variant',
  set: '--set',
  'param-default': 'param',
  index: 'repeat',
  item: 'repeat',
  channels: 'channels',
  size: 'size',
};
