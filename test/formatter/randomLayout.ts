import type { Json } from '../language/randomSpecs.ts';

/** Whole numbers below a bound, one after the other. */
type Draw = (below: number) => number;

/** A linear congruential generator, with the numbers of Numerical Recipes. */
function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * Writes data as YAML in a random layout: block or flow style, any indentation, quotes, folded and literal texts, blank
 * lines, and comments at every place where YAML has room for one. A comment after a closing bracket is `# after …`, one
 * after an opening bracket `# open …`.
 */
export function inRandomLayout(value: Json, seed: number): string {
  const lines = new Scribe(drawFrom(seed)).block(value, 0);
  return `${lines.join('\n')}\n`;
}

class Scribe {
  private readonly draw: Draw;
  private comments = 0;
  /** A deeper line would belong to the text in block style that ended. */
  private isAfterText = false;

  constructor(draw: Draw) {
    this.draw = draw;
  }

  /** A collection in block style, whose entries begin in a column. */
  block(value: Json, column: number): string[] {
    if (Array.isArray(value))
      return value.flatMap((item) => [...this.above(column), ...this.item(item, column)]);
    return Object.entries(value ?? {}).flatMap(([key, inner], i) => [
      ...(i === 0 && column > 0 ? [] : this.above(column)),
      ...this.after(`${' '.repeat(column)}${this.word(key)}:`, inner, column),
    ]);
  }

  private item(value: Json, column: number): string[] {
    const dash = `${' '.repeat(column)}-`;
    if (!isFilled(value) || this.chance(0.2)) return this.after(dash, value, column, true);
    const gap = 1 + this.draw(3);
    const [first = '', ...more] = this.block(value, column + 1 + gap);
    // Comments above the first entry would stand beside the dash.
    if (first.trimStart().startsWith('#') || first.trim() === '') return [dash, first, ...more];
    return [`${dash}${' '.repeat(gap)}${first.trimStart()}`, ...more];
  }

  /** A value after a key or a dash. */
  private after(head: string, value: Json, column: number, isItem = false): string[] {
    if (isFilled(value) && !this.chance(0.3)) {
      const indentless = !isItem && Array.isArray(value) && this.chance(0.3);
      const deeper = column + (indentless ? 0 : 1 + this.draw(4));
      return [`${head}${this.behind()}`, ...this.own(deeper), ...this.block(value, deeper)];
    }
    if (value === null && this.chance(0.7)) return [`${head}${this.behind()}`];
    const below = ' '.repeat(column + 1 + this.draw(4));
    if (typeof value === 'object') {
      const [first = '', ...more] = this.flow(value, column).split('\n');
      return [`${head}${' '.repeat(1 + this.draw(3))}${first}`, ...more.slice(0, -1), ...more.slice(-1)].map(
        (line, i, all) => (i === all.length - 1 ? `${line}${this.behind('after')}` : line),
      );
    }
    if (typeof value === 'string' && /^\w[\w ]*\w$/.test(value) && this.chance(0.2))
      return this.longText(head, value, column);
    const scalar = this.scalar(value, false);
    if (this.chance(0.1))
      return [`${head}${this.behind()}`, ...this.own(column + 1), `${below}${scalar}${this.behind()}`];
    return [`${head}${' '.repeat(1 + this.draw(2))}${scalar}${this.behind()}`];
  }

  /** A text in block style, or going on on further lines. */
  private longText(head: string, text: string, column: number): string[] {
    this.isAfterText = true;
    const deeper = ' '.repeat(column + 1 + this.draw(4));
    const words = text.split(' ').map((word) => deeper + word);
    switch (this.draw(3)) {
      case 0:
        return [`${head} >-${this.behind()}`, ...words];
      case 1:
        return [`${head} |-${this.behind()}`, `${deeper}${text}`];
      default:
        return Number.isNaN(Number(text)) && !/^(true|false|null)$/.test(text)
          ? [`${head} ${text.split(' ')[0]}`, ...words.slice(1)]
          : [`${head} "${text}"`];
    }
  }

  private flow(value: Json, column: number): string {
    if (typeof value !== 'object' || value === null) return this.scalar(value, true);
    const [open, close] = Array.isArray(value) ? '[]' : '{}';
    const parts = Object.entries(value).map(([key, inner]) => {
      const text = this.flow(inner, column);
      return Array.isArray(value) ? text : `${this.word(key)}: ${text}`;
    });
    const last = parts.length > 0 && this.chance(0.2) ? ',' : '';
    const after = (part: string | undefined) => (/[\]}]$/.test(part ?? '') ? 'after' : '');
    const inside = parts.map((part, i) =>
      i === 0 ? part : `,${this.gap(column, after(parts[i - 1]))}${part}`,
    );
    const end = parts.length === 0 ? 'open' : after(parts.at(-1));
    return `${open}${this.gap(column, 'open')}${inside.join('')}${last}${this.gap(column, end)}${close}`;
  }

  /** Space inside a flow collection; a further line is deeper than what the collection belongs to. */
  private gap(column: number, kind = ''): string {
    if (this.chance(0.7)) return this.chance(0.5) ? ' ' : kind === 'open' ? '' : ' ';
    const deeper = ' '.repeat(column + 1 + this.draw(4));
    return `${this.behind(kind)}\n${this.own(column + 1)
      .map((line) => `${line}\n`)
      .join('')}${deeper}`;
  }

  private scalar(value: Json, inFlow: boolean): string {
    if (typeof value !== 'string') return JSON.stringify(value);
    const needed =
      !/^[A-Za-z$_][\w$().* +-]*$/.test(value) || /^(true|false|null)$/.test(value) || value.endsWith(' ');
    if (!needed && !this.chance(0.2)) return value;
    if (inFlow && this.chance(0.1) && /^\w+ \w+$/.test(value))
      return `"${value.replace(' ', `\n${' '.repeat(80)}`)}"`;
    return this.chance(0.5) && !/[\\\n]/.test(value)
      ? `'${value.replaceAll("'", "''")}'`
      : JSON.stringify(value);
  }

  private word(key: string): string {
    return this.chance(0.1) || /[[\]]/.test(key) ? JSON.stringify(key) : key;
  }

  /** Blank lines and comments above an entry, some in columns that are not its own. */
  private above(column: number): string[] {
    const most = this.isAfterText ? column + 1 : column + 5;
    this.isAfterText = false;
    const blanks = Array.from({ length: Math.max(0, this.draw(8) - 5) }, () => '');
    return [
      ...blanks,
      ...this.own(this.chance(0.8) ? column : this.draw(most)),
      ...(this.chance(0.1) ? [''] : []),
    ];
  }

  private own(column: number): string[] {
    return this.chance(0.15) ? [`${' '.repeat(column)}${this.comment()}`, ...this.own(column)] : [];
  }

  private behind(kind = ''): string {
    return this.chance(0.15) ? `${' '.repeat(1 + this.draw(3))}${this.comment(kind)}` : '';
  }

  private comment(kind = ''): string {
    this.comments += 1;
    const texts = [
      `# ${kind} ${this.comments}`,
      `#${kind} $( ${this.comments} {`,
      `# ${kind} - a: "${this.comments}'  `,
    ];
    return texts[this.draw(texts.length)] ?? '#';
  }

  private chance(share: number): boolean {
    return this.draw(1_000) < share * 1_000;
  }
}

function isFilled(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}
