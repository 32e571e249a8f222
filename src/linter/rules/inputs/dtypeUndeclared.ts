import type { Fix } from '../../../diagnostics/fix.ts';
import type { Entry } from '../../../parser/located.ts';
import { partAt } from '../../../parser/located.ts';
import { isJson } from '../../../parser/read.ts';
import { readDocument } from '../../../parser/readDocument.ts';
import { defineRule } from '../../rule.ts';

/** An input of which the spec does not say what its numbers are stored as. */
export const dtypeUndeclared = defineRule<{ readonly name: string }>({
  code: 'INC804',
  id: 'inputs/dtype-undeclared',
  level: 'info',
  set: 'strict',
  summary: 'An input does not say its `dtype`.',
  why: 'It is float32 then. Pixels come out of files as whole numbers from 0 to 255, and words as their ranks: who feeds the model converts them, or finds out by an error, or by none.',
  sources: [
    'https://github.com/tensorflow/tfjs/issues/3913',
    'https://github.com/PaddlePaddle/Paddle2ONNX/issues/666',
  ],
  bad: {
    spec: `
inception: 1
name: example
inputs: { features: [N, 20] }
network:
  - dense: 4
    name: scores
`,
  },
  good: {
    spec: `
inception: 1
name: example
inputs: { features: { shape: [N, 20], dtype: float32 } }
network:
  - dense: 4
    name: scores
`,
  },
  message: ({ name }) => `nothing says what the numbers of \`${name}\` are stored as; float32 is assumed`,
  help: () => 'write `dtype: float32`',
  *checkSpec({ main }) {
    const root = readDocument(main.source);
    if (main.network === undefined || root?.kind !== 'map') return;
    const inputs = partAt(root, ['inputs']);
    for (const entry of inputs.kind === 'map' ? inputs.entries : []) {
      if (saysDtype(entry)) continue;
      yield { params: { name: entry.key }, span: entry.keySpan, ...fixOf(entry) };
    }
  },
});

function saysDtype({ value }: Entry): boolean {
  return value.kind === 'map' && value.entries.some(({ key }) => key === 'dtype');
}

/** In YAML's braces and brackets there is room for it; elsewhere the author writes it. */
function fixOf({ value }: Entry): { readonly fix?: Fix } {
  const { source, start, end } = value.span;
  const text = source.text.slice(start, end);
  const put = (at: number, written: string) => ({ span: { source, start: at, end: at }, text: written });
  const title = 'write `dtype: float32`';
  if (isJson(source)) return {};
  if (value.kind === 'list' && text.startsWith('[')) {
    const edits = [put(start, '{ shape: '), put(end, ', dtype: float32 }')];
    return { fix: { safety: 'safe', title, edits } };
  }
  const last = value.kind === 'map' && text.startsWith('{') ? value.entries.at(-1) : undefined;
  if (last === undefined) return {};
  return { fix: { safety: 'safe', title, edits: [put(last.value.span.end, ', dtype: float32')] } };
}
