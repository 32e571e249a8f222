import { describe, expect, test } from 'vitest';
import { lint } from '../../src/lint.ts';
import { applyFixes } from '../../src/linter/applyFixes.ts';
import { settingsOf } from '../../src/linter/settings.ts';

/** A spec as JSON: the norm lies behind a conv with a bias, and neither conv nor input says all that it could. */
const json = `\
{
  "inception": 1,
  "name": "net",
  "inputs": { "image": { "shape": ["N", 8, 8, 3], "range": [0, 1] } },
  "network": [
    { "conv": { "filters": 4, "kernel": 3 }, "name": "conv1" },
    { "batch_norm": { "epsilon": 0.001 }, "name": "norm1" }
  ]
}
`;

function codes(name: string, text: string): readonly string[] {
  return lint(text, { name }).diagnostics.map(({ code }) => code);
}

/** The text after every repair, and what is found in it then. */
function repaired(name: string, text: string): { readonly text: string; readonly left: readonly string[] } {
  const { diagnostics } = lint(text, { name, settingsFor: () => settingsOf(['strict']) });
  const { text: after } = applyFixes({ name, text }, diagnostics, () => true);
  return { text: after, left: codes(name, after) };
}

describe('a text is JSON or YAML to the linter as it is to the parser', () => {
  test('JSON under a name that does not say is repaired as JSON', () => {
    expect(codes('<stdin>', json)).toEqual(['INC720']);
    const { text, left } = repaired('<stdin>', json);
    expect(JSON.parse(text).network).toEqual([
      { conv: { filters: 4, kernel: 3, bias: false }, name: 'conv1' },
      { batch_norm: { epsilon: 0.001, momentum: 0.99 }, name: 'norm1' },
    ]);
    expect(left).toEqual([]);
  });

  test('the same in a file that is called .json, and `lint` switches a rule off there', () => {
    expect(repaired('net.json', json)).toEqual(repaired('<stdin>', json));
    expect(codes('net.json', json.replace('{', '{ "lint": { "INC720": "off" },'))).toEqual([]);
  });

  // JSON is YAML in flow style, and a file called so is read as that.
  test('JSON in a file that is called .yaml has comments behind a hash, and is repaired as YAML', () => {
    const comment = '# inception-disable-next-line INC720 -- so in the paper';
    expect(codes('net.yaml', json.replace('    { "conv"', `    ${comment}\n    { "conv"`))).toEqual([]);
    const { text, left } = repaired('net.yaml', json);
    expect(text).toContain('{ "conv": { "filters": 4, "kernel": 3, bias: false }, "name": "conv1" }');
    expect(text).toContain('"range": [0, 1], dtype: float32 }');
    expect(left).toEqual([]);
  });

  test('YAML in a file that is called .json is no JSON, and is left as it is', () => {
    const yaml = 'inception: 1\nname: net\ninputs: { x: [N, 4] }\nnetwork: [{ dense: 4 }]\n';
    const { diagnostics, parsed } = lint(yaml, { name: 'net.json' });
    expect(parsed).toBe(false);
    expect(new Set(diagnostics.map(({ name }) => name))).toEqual(new Set(['syntax']));
    expect(repaired('net.json', yaml).text).toBe(yaml);
  });
});
