import jsep from 'jsep';

/** Why a text is not an expression. jsep reports by throwing, so reading does too, up to `parseExpression`. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly help: string | undefined;

  constructor(reason: string, help?: string) {
    super(reason);
    this.help = help;
  }
}

type Reader = jsep.HookScope;

// jsep keeps its grammar in tables of the module, one grammar for the whole process: this is the only place that sets
// them. jsep reads tokens, calls, indices and the arithmetic operators. What Python does differently from JavaScript
// is read by the two hooks: `a if c else b`, `or`, `and`, `not` and comparisons bind weaker than arithmetic (in this
// order), and a sign binds weaker than the power on its right (-2 ** 2 is -4) but may follow it (2 ** -1).
jsep.removeAllUnaryOps();
jsep.removeAllBinaryOps();
for (const operator of ['+', '-']) jsep.addBinaryOp(operator, 1);
for (const operator of ['*', '/', '//', '%']) jsep.addBinaryOp(operator, 2);
jsep.addBinaryOp('**', 3, true);
jsep.removeIdentifierChar('$');
jsep.removeLiteral('null');
jsep.hooks.add('gobble-expression', function readWhole(env) {
  env.node = readConditional(this);
  if (!/[)\],]|$/y.test(at(this))) rejectHere(this);
});
jsep.hooks.add('gobble-token', function readOperand(env) {
  const start = at(this);
  if (/^[+-]/.test(start)) env.node = readSigned(this);
  else if (start.startsWith('(')) env.node = readGroup(this);
  else if (!/^[\w"'[.]/.test(start) || /^(?:and|or|not|if|else)\b/.test(start)) rejectHere(this);
});

/** The syntax tree of a text, in jsep's form; throws `Unreadable`, or jsep's own error. */
export function readSyntax(text: string): jsep.CoreExpression {
  // jsep skips commas and semicolons around an expression.
  if (/^\s*[,;]|[,;]\s*$/.test(text)) throw new Unreadable('`,` and `;` cannot stand around it');
  // jsep types its nodes openly; without plugins it makes only the core ones.
  return jsep(text) as jsep.CoreExpression;
}

function readConditional(reader: Reader): jsep.Expression {
  const consequent = readChain(reader, 'or', readConjunction);
  if (!takeWord(reader, 'if')) return consequent;
  const test = readChain(reader, 'or', readConjunction);
  if (!takeWord(reader, 'else')) {
    throw new Unreadable('`if` needs an `else`', 'write `a if condition else b`');
  }
  return { type: 'ConditionalExpression', test, consequent, alternate: readConditional(reader) };
}

function readConjunction(reader: Reader): jsep.Expression {
  return readChain(reader, 'and', readNegation);
}

function readChain(
  reader: Reader,
  word: 'and' | 'or',
  readSide: (reader: Reader) => jsep.Expression,
): jsep.Expression {
  let left = readSide(reader);
  while (takeWord(reader, word)) {
    left = { type: 'BinaryExpression', operator: word, left, right: readSide(reader) };
  }
  return left;
}

function readNegation(reader: Reader): jsep.Expression {
  if (!takeWord(reader, 'not')) return readComparison(reader);
  return { type: 'UnaryExpression', operator: 'not', argument: readNegation(reader), prefix: true };
}

function readComparison(reader: Reader): jsep.Expression {
  const left = readArithmetic(reader);
  const operator = takeComparison(reader);
  if (operator === undefined) return left;
  const right = readArithmetic(reader);
  if (takeComparison(reader) === undefined) return { type: 'BinaryExpression', operator, left, right };
  throw new Unreadable('comparisons are not chained', 'write `a < b and b < c`');
}

function readArithmetic(reader: Reader): jsep.Expression {
  return reader.gobbleBinaryExpression() || rejectHere(reader);
}

/** Signs are read in a loop: a thousand of them must not exhaust the stack. */
function readSigned(reader: Reader): jsep.Expression {
  const signs: string[] = [];
  while (reader.char === '+' || reader.char === '-') {
    signs.unshift(reader.char);
    reader.index++;
    reader.gobbleSpaces();
  }
  const node = (argument: jsep.Expression, operator: string) => ({
    type: 'UnaryExpression',
    operator,
    argument,
    prefix: true,
  });
  return signs.reduce<jsep.Expression>(node, readPower(reader));
}

function readPower(reader: Reader): jsep.Expression {
  const left = reader.gobbleToken() || rejectHere(reader);
  reader.gobbleSpaces();
  if (!at(reader).startsWith('**')) return left;
  reader.index += 2;
  return { type: 'BinaryExpression', operator: '**', left, right: readPower(reader) };
}

/** jsep would skip commas and semicolons in a group. */
function readGroup(reader: Reader): jsep.Expression {
  reader.index++;
  const node = reader.gobbleExpression();
  if (reader.char !== ')') rejectHere(reader);
  reader.index++;
  return reader.gobbleTokenProperty(node);
}

/** Takes the word where it stands alone: `order` does not begin with `or`. */
function takeWord(reader: Reader, word: string): boolean {
  reader.gobbleSpaces();
  if (/^\w*/.exec(at(reader))?.[0] !== word) return false;
  reader.index += word.length;
  return true;
}

function takeComparison(reader: Reader): string | undefined {
  reader.gobbleSpaces();
  const operator = /^(?:[=!]=(?!=)|<(?!<)=?|>(?!>)=?)/.exec(at(reader))?.[0];
  reader.index += operator?.length ?? 0;
  return operator;
}

/** What people write from other languages, and what stands for it here. */
const foreign: ReadonlyMap<string, string> = new Map([
  ['&&', 'write `and`'],
  ['||', 'write `or`'],
  ['!', 'write `not`'],
  ['===', 'write `==`'],
  ['!==', 'write `!=`'],
  ['=', 'nothing is assigned here; equality is `==`'],
  [':=', 'nothing is assigned here; equality is `==`'],
  ['?', 'write `a if condition else b`'],
  ['.', 'there is no member access'],
  [':', 'there are no slices and no mappings'],
  [';', 'there is one expression only'],
  ['{', 'there are no mappings'],
  ['$', 'inside `$( )` names stand without `$`'],
  ['^', 'a power is `**`'],
  ['&', 'there are no bit operators; write `and`'],
  ['|', 'there are no bit operators; write `or`'],
  ['<<', 'there are no bit operators; write `* 2 ** n`'],
  ['>>', 'there are no bit operators; write `// 2 ** n`'],
  ['in', 'there is no search in lists'],
  ['not', 'put it in parentheses: `(not a)`'],
  ['for', 'there are no comprehensions; use `repeat`'],
  ['else', '`else` follows `a if condition`'],
]);

function rejectHere(reader: Reader): never {
  reader.gobbleSpaces();
  const token = /^(?:\w+|&&|\|\||<<|>>|[=!]==|:=|.)/su.exec(at(reader))?.[0];
  if (token === undefined) throw new Unreadable('it ends where a value should follow');
  throw new Unreadable(`\`${token}\` is not expected there`, foreign.get(token));
}

/** The rest of the text. Texts are short: see `longestExpression`. */
function at(reader: Reader): string {
  return reader.expr.slice(reader.index);
}
