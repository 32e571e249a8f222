import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { opNames } from '../src/ops/registry.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

interface SourceFile {
  /** In the repository, with forward slashes: `src/ops/conv.ts`. */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

const files: readonly SourceFile[] = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
  .map((name) => `src/${name.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.ts'))
  .sort()
  .map((path) => {
    const text = readFileSync(root + path, 'utf8');
    return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true) };
  });

const places = files.flatMap((file) => below(file.tree).map((node) => ({ file, node })));
type Place = (typeof places)[number];

/** A node and all in it. */
function below(node: ts.Node): readonly ts.Node[] {
  const children: ts.Node[] = [];
  node.forEachChild((child) => void children.push(...below(child)));
  return [node, ...children];
}

/** The levels of the house; a folder or file imports only from levels before its own. */
const levels: readonly (readonly string[])[] = [
  ['src/version.ts', 'src/common'],
  ['src/diagnostics'],
  ['src/tensor'],
  ['src/ops'],
  ['src/parser'],
  ['src/ir'],
  ['src/analysis', 'src/passes', 'src/weights'],
  ['src/linter', 'src/formatter', 'src/emitters', 'src/importers'],
  ['src/verify', 'src/compile.ts'],
  ['src/viewer', 'src/sizes.ts'],
  ['src/page', 'src/targetProblems.ts'],
  ['src/targetProblems.ts', 'src/claims'],
  ['src/lint.ts'],
  ['src/repairedForm.ts'],
  ['src/repairClaims.ts'],
  ['src/reference'],
  ['src/index.ts'],
  ['src/cli'],
];

const imports = places.flatMap(({ file, node }) => {
  const written = importedFrom(node);
  return written === undefined ? [] : [{ file, node, target: resolved(written, file.path) }];
});

function importedFrom(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
  if (ts.isImportTypeNode(node))
    return textOf(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return textOf(node.arguments[0]);
  }
  return undefined;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteral(node) ? node.text : undefined;
}

/** A path in the repository, or the name of a package. */
function resolved(written: string, importer: string): string {
  return written.startsWith('.') ? new URL(written, `file:///${importer}`).pathname.slice(1) : written;
}

function at({ file, node }: Place): string {
  return `${file.path}:${file.tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

/** The folder or file of `levels` that a path belongs to, and its level. */
function home(path: string): { readonly part: string; readonly level: number } {
  const level = levels.findIndex((parts) => parts.some((part) => isIn(path, part)));
  return { part: levels[level]?.find((part) => isIn(path, part)) ?? path, level };
}

function isIn(path: string, part: string): boolean {
  return path === part || path.startsWith(`${part}/`);
}

/** Imports that break a rule, as `file:line imports target`. */
function offending(breaks: (importer: string, target: string) => boolean): readonly string[] {
  return imports
    .filter(({ file, target }) => breaks(file.path, target))
    .map((place) => `${at(place)} imports ${place.target}`);
}

describe('who imports whom', () => {
  test('every file has a place in the house', () => {
    expect(files.map(({ path }) => path).filter((path) => home(path).level < 0)).toEqual([]);
  });

  test('a folder imports only from its left', () => {
    expect(
      offending((importer, target) => {
        if (!target.startsWith('src/')) return false;
        const [from, to] = [home(importer), home(target)];
        return from.part !== to.part && to.level >= from.level;
      }),
    ).toEqual([]);
  });

  test('the version and the bytes of a blob depend on nothing', () => {
    expect(offending((importer) => ['src/version.ts', 'src/weights/blob.ts'].includes(importer))).toEqual([]);
  });

  test('targets do not know each other', () => {
    const targetOf = (path: string) => /^src\/emitters\/(\w+)\//.exec(path)?.[1];
    const others = (from: string, to: string) =>
      targetOf(from) !== undefined && targetOf(to) !== undefined && targetOf(from) !== targetOf(to);
    expect(offending(others)).toEqual([]);
  });

  test("ONNX' wire format knows nothing of networks", () => {
    const wire = 'src/emitters/onnx/wire';
    const known = [wire, 'src/weights/blob.ts', 'src/weights/fileBytes.ts'];
    expect(offending((from, to) => isIn(from, wire) && !known.some((part) => isIn(to, part)))).toEqual([]);
  });

  test('the command line uses the public door only', () => {
    expect(
      offending(
        (from, to) =>
          isIn(from, 'src/cli') && to.startsWith('src/') && !isIn(to, 'src/cli') && to !== 'src/index.ts',
      ),
    ).toEqual([]);
  });

  test.each([
    ['modules of node', 'src/cli', /^node:/],
    ['commander', 'src/cli', /^commander$/],
    ['chalk', 'src/cli/paint.ts', /^chalk$/],
    ['the layout library', 'src/emitters/picture/layout/layered.ts', /^@dagrejs\//],
    ['the reader of YAML', 'src/parser', /^yaml$/],
    ['the reader of JSON', 'src/parser', /^jsonc-parser$/],
    ['the reader of expressions', 'src/parser', /^jsep$/],
  ])('%s only in %s', (_, place, name) => {
    expect(offending((from, to) => name.test(to) && !isIn(from, place))).toEqual([]);
  });
});

/** Nodes that break a rule, as `file:line text`. */
function found(breaks: (node: ts.Node) => boolean, part = 'src'): readonly string[] {
  return places
    .filter(({ file, node }) => isIn(file.path, part) && breaks(node))
    .map((place) => `${at(place)} ${place.node.getText().split('\n')[0]?.slice(0, 60)}`);
}

/** A name that is used, not a property or a key. */
function isUseOf(node: ts.Node, names: readonly string[]): boolean {
  if (!ts.isIdentifier(node) || !names.includes(node.text)) return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isQualifiedName(parent))
    return parent.getStart() === node.getStart();
  return !ts.isPropertyAssignment(parent) && !ts.isPropertySignature(parent);
}

describe('pure by default', () => {
  test('no clock, no process and no console outside the command line', () => {
    const impure = found((node) => isUseOf(node, ['process', 'console', 'Date', 'performance']));
    expect(impure.filter((place) => !place.startsWith('src/cli/'))).toEqual([]);
  });

  test('no random numbers but seeded ones', () => {
    expect(found((node) => functionOfMath(node) === 'random')).toEqual([]);
  });

  test('no variable of a module that changes', () => {
    expect(
      found(
        (node) =>
          ts.isVariableStatement(node) &&
          ts.isSourceFile(node.parent) &&
          (node.declarationList.flags & ts.NodeFlags.Const) === 0,
      ),
    ).toEqual([]);
  });

  test('weights use no function whose last bits differ between engines', () => {
    const exact = /^(abs|ceil|clz32|floor|fround|imul|max|min|round|sign|sqrt|trunc)$/;
    const inexact = (node: ts.Node) => !exact.test(functionOfMath(node) ?? 'abs');
    expect(found(inexact, 'src/weights')).toEqual([]);
    expect(found((node) => node.kind === ts.SyntaxKind.AsteriskAsteriskToken, 'src/weights')).toEqual([]);
  });
});

function functionOfMath(node: ts.Node): string | undefined {
  const isMath = ts.isPropertyAccessExpression(node) && node.expression.getText() === 'Math';
  return isMath ? node.name.text : undefined;
}

describe('budgets', () => {
  test('a file has at most 250 lines', () => {
    const counted = files.map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }));
    expect(counted.filter(({ lines }) => lines > 250)).toEqual([]);
  });

  test('a function has at most 40 lines', () => {
    const linesOf = (node: ts.Node) =>
      node
        .getText()
        .split('\n')
        .filter((line) => line.trim() !== '').length;
    // What stands in `once(() => defineOp({…}))` is a declaration that is read when it is asked for.
    const declares = (node: ts.Node) =>
      ts.isArrowFunction(node) &&
      ts.isCallExpression(node.body) &&
      node.body.expression.getText() === 'defineOp';
    const isLong = (node: ts.Node) => ts.isFunctionLike(node) && !declares(node) && linesOf(node) > 40;
    expect(found(isLong)).toEqual([]);
  });

  test('a function has at most four parameters', () => {
    expect(found((node) => ts.isFunctionLike(node) && node.parameters.length > 4)).toEqual([]);
  });

  test('nothing is of type any', () => {
    expect(found((node) => node.kind === ts.SyntaxKind.AnyKeyword)).toEqual([]);
  });
});

describe('words', () => {
  test('every exported function and class says what it promises', () => {
    const silent = (node: ts.Node) =>
      (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) &&
      (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Export) !== 0 &&
      ts.getJSDocCommentsAndTags(node).length === 0;
    expect(found(silent)).toEqual([]);
  });

  test('nothing is left for later', () => {
    const unfinished = /\b(TODO|FIXME|XXX|HACK)\b/;
    expect(
      files.flatMap(({ path, text }) =>
        text.split('\n').flatMap((line, i) => (unfinished.test(line) ? [`${path}:${i + 1}${line}`] : [])),
      ),
    ).toEqual([]);
  });
});

test('ops are registered under the names of their files', () => {
  const defining = files.filter(
    ({ path, text }) => /^src\/ops\//.test(path) && /= (once\(\(\) =>\s+define|define)\w+\(/.test(text),
  );
  expect(defining.map(({ path }) => path).sort()).toEqual(
    opNames.map((name) => `src/ops/${camelCase(name)}.ts`).sort(),
  );
});

function camelCase(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
