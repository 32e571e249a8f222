import { describe, expect, test } from 'vitest';
import { formatSpec } from '../../src/formatter/formatSpec.ts';

function formatted(text: string, name = 'net.yaml'): string | undefined {
  return formatSpec({ name, text }).value;
}

/** What stands below the two lines that every spec here begins with. */
function body(text: string): string | undefined {
  return formatted(`inception: 1\nname: net\n${text}`)?.split('\n').slice(2).join('\n');
}

describe('layout', () => {
  test('two columns to a level, and lists below their key', () => {
    expect(body('network:\n- conv:\n      filters: 8\n  name: a\n-   - b\n')).toBe(
      'network:\n  - conv:\n      filters: 8\n    name: a\n  - - b\n',
    );
  });

  test('spaces in flow style', () => {
    expect(body('inputs:   {x: [N,  3],"size":   [ N, ] , z: [], w: {} }   # c  \n')).toBe(
      'inputs: { x: [N, 3], size: [N], z: [], w: {} } # c\n',
    );
  });

  test('a collection in flow style stands on one line where it fits', () => {
    expect(body('network:\n  - conv:\n      {\n        filters: 8,\n        kernel: 3,\n      }\n')).toBe(
      'network:\n  - conv: { filters: 8, kernel: 3 }\n',
    );
  });

  // `  a: { x: ` and ` }` are 12 columns, so that 108 more are 120.
  test('120 columns are a line, 121 are not', () => {
    const [fits, exceeds] = ['x'.repeat(108), 'x'.repeat(109)];
    expect(body(`params:\n  a: {x: ${fits}}\n`)).toBe(`params:\n  a: { x: ${fits} }\n`);
    expect(body(`params:\n  a: {x: ${exceeds}}\n`)).toBe(`params:\n  a:\n    x: ${exceeds}\n`);
  });

  test('a comment does not make a line too long', () => {
    const comment = `# ${'why '.repeat(40)}`.trim();
    expect(body(`dims: { S: { min: 1 } } ${comment}\n`)).toBe(`dims: { S: { min: 1 } } ${comment}\n`);
  });

  test('a long list of numbers fills its lines', () => {
    const numbers = Array.from({ length: 40 }, (_, i) => 100 + i);
    const [line = '', next = ''] = body(`params: [${numbers}]\n`)?.split('\n') ?? [];
    expect(line).toMatch(/^params: \[100, 101, .*,$/);
    expect(line.length).toBeLessThanOrEqual(120);
    expect(`${line}${next.trim()[0]}`.length).toBeGreaterThan(110);
    expect(next).toMatch(/^ {2}\d+, .*139\]$/);
  });

  test('any other long list has an item to a line', () => {
    const words = Array.from({ length: 30 }, (_, i) => `word_${i}`);
    expect(body(`outputs: [${words}]\n`)).toBe(`outputs:\n${words.map((w) => `  - ${w}\n`).join('')}`);
  });

  test('at most one blank line, and none at the beginning of something', () => {
    expect(body('\n\n\nparams:\n\n  a: 1\n\n\n\n  b: 2\n\n\n')).toBe('\nparams:\n  a: 1\n\n  b: 2\n');
  });

  test('mappings in lists of one', () => {
    expect(body('outputs: [a: 1, b: 2]\n')).toBe('outputs: [{ a: 1 }, { b: 2 }]\n');
  });

  test('keys with a question mark, and empty items', () => {
    expect(body('? params\n: a: 1\nnetwork:\n-\n- ~\n')).toBe('params:\n  a: 1\nnetwork:\n  -\n  - ~\n');
  });
});

describe('scalars', () => {
  test.each([
    ['1e-3', '1e-3'],
    ['0x1F', '0x1F'],
    ['.5', '.5'],
    ['True', 'True'],
    ['"relu"', 'relu'],
    ["'it''s'", "it's"],
    ['"$(max(1, c // 4))"', '$(max(1, c // 4))'],
    ['"yes"', '"yes"'],
    ["'1'", "'1'"],
    ['"null"', '"null"'],
    ['""', '""'],
    ['"a: b"', '"a: b"'],
    ['"a #b"', '"a #b"'],
    ['"ends: "', '"ends: "'],
    ['"caf\\u00e9"', '"caf\\u00e9"'],
    ['"./blocks/a.yaml"', './blocks/a.yaml'],
    ["'1x1 conv'", "'1x1 conv'"],
  ])('%s is written %s', (before, after) => {
    expect(body(`params: \n  a:   ${before}\n`)).toBe(`params:\n  a: ${after}\n`);
  });

  test('quotes that only flow style needs', () => {
    expect(body('params: { a: "$(max(1, 2))", b: "[x]", c: "x y" }\n')).toBe(
      'params: { a: "$(max(1, 2))", b: "[x]", c: x y }\n',
    );
  });

  test('texts of several lines keep their lines', () => {
    expect(body('title: one\n     two\n\n     three\nsource: "a\n   b"\n')).toBe(
      'title: one\n  two\n\n  three\nsource: "a\n  b"\n',
    );
  });

  test('texts in block style are indented alike, and keep what is deeper', () => {
    expect(body('title: >- # c\n        a\n          b\n\n        c\nsource: |2\n      d\n     e\n')).toBe(
      'title: >- # c\n  a\n    b\n\n  c\nsource: |2\n      d\n     e\n',
    );
  });

  test('line ends that belong to a text stay', () => {
    expect(body('title: |+\n   a\n\n\nsource: x\n')).toBe('title: |+\n  a\n\n\nsource: x\n');
  });
});

describe('comments', () => {
  test('above, behind, between and at the end', () => {
    const text = `\
# head
inception: 1 # version
name: net

# the inputs
inputs: # all
  # of them
  x: [N, 3]
  # no more
network:
  # first
  - relu # behind
  - conv: # why
      filters: 8
      # kernel: 3
    # of the step
    name: a
  # - tanh

  # last
# end
`;
    expect(formatted(text)).toBe(text);
    expect(formatted(text.replaceAll(/(?<=\S) #/g, '   #'))).toBe(text);
  });

  test('inside flow style each goes with its entry, on lines of their own', () => {
    const before = `\
inputs: { # open
  x: [N, 3], # behind x
  # above y
  y: [N] # behind y
  , z: [N]
  # last
} # all
network: [
  # nothing yet
]
`;
    const after = `\
inputs: # all
  # open
  x: [N, 3] # behind x
  # above y
  y: [N] # behind y
  z: [N]
  # last
network:
  # nothing yet
  []
`;
    expect(body(before)).toBe(after);
  });

  test('in front of a value on the next line', () => {
    expect(body('title: # c\n   # d\n   text\nnetwork:\n-   # e\n    - a\n')).toBe(
      'title: # c\n  # d\n  text\nnetwork:\n  - # e\n    - a\n',
    );
  });

  test('what was commented out at the margin is indented', () => {
    expect(body('network:\n  - relu\n#  - tanh\n  - relu\n')).toBe(
      'network:\n  - relu\n  #  - tanh\n  - relu\n',
    );
  });
});

describe('documents', () => {
  test('anchors, aliases and merge keys stay', () => {
    const text =
      'params:\n  a: &a { x: 1 }\n  b: &b\n    <<: [*a, *a]\n  c:\n    - &c x\n    - &d\n      y: 1\n';
    expect(body(text)).toBe(text);
    expect(body(text.replaceAll(': ', ':  '))).toBe(text);
  });

  test('directives and marks of the document stay', () => {
    const text = '%YAML 1.2\n# head\n--- # begin\ninception: 1\nname: net\n...\n# after\n';
    expect(formatted(text.replace('inception: 1', '\ninception:   1'))).toBe(text);
  });

  test('the kind of line ends stays', () => {
    expect(formatted('inception: 1\r\nname:  net\r\ntitle: |\r\n    a\r\n    b\r\n')).toBe(
      'inception: 1\r\nname: net\r\ntitle: |\r\n  a\r\n  b\r\n',
    );
    expect(formatted('inception: 1\nname:  net\r\n')).toBe('inception: 1\nname: net\n');
  });

  test('a text in flow style fits its line, or is none', () => {
    expect(formatted('{inception: 1, name: net} # all\n# end\n')).toBe(
      '{ inception: 1, name: net } # all\n# end\n',
    );
    expect(formatted('{inception: 1, # c\nname: net}\n')).toBe('inception: 1 # c\nname: net\n');
  });

  test.each([
    ['a document that is not closed', 'network: [\n', 'INC004'],
    ['several documents', 'name: a\n---\nname: b\n', 'INC004'],
    ['a key twice', 'name: a\nname: b\n', 'INC005'],
    ['a tag', 'name: !x a\n', 'INC009'],
    ['a list', '- relu\n', 'INC103'],
    ['an expression that is torn', 'params: { a: $(max(1, 2)) }\n', 'INC161'],
  ])('%s is refused', (_, text, code) => {
    const { value, diagnostics } = formatSpec({ name: 'net.yaml', text });
    expect(value).toBe(undefined);
    expect(diagnostics.map((d) => d.code)).toContain(code);
  });

  test('what is no spec for another reason has a form', () => {
    expect(formatted('name:   net\nfilters:   [1,2]\n')).toBe('name: net\nfilters: [1, 2]\n');
  });
});
