/** A line of a table, cut into cells. */
export interface TableLine {
  /** From 1, in the text that the table lies in. */
  readonly line: number;
  readonly cells: readonly string[];
  /** `\multirow{2}{*}{$5\times$}`: this line and those after it, so many in all, stand for so many copies. */
  readonly group?: { readonly times: number; readonly lines: number };
}

/** The lines of a text that may belong to a table: LaTeX where it has a `tabular`, else cells between bars or wide gaps. */
export function tableLines(text: string): readonly TableLine[] {
  return /\\begin\{(tabular|array|longtable)/.test(text) ? latexLines(text) : plainLines(text);
}

const bars = /[|│┃║]/;
/** What a comment, a docstring or a bulleted list puts before a line. */
const marker = /^\s*(?:#+|\/\/+|\*(?!\*))?\s*/;
const onlyRule = /^[\s|│┃║+:=_─━═┌┐└┘├┤┬┴┼┏┓┗┛┡┩╇╈┳┻╋╞╡╪*-]*$/;

function plainLines(text: string): readonly TableLine[] {
  return text.split(/\r\n|\n|\r/).flatMap((written, i) => {
    const content = written.replace(marker, '').trimEnd();
    if (onlyRule.test(content)) return [];
    const parts = bars.test(content) ? betweenBars(content) : content.split(/\t+|\s{2,}/);
    const cells = parts.map(plainCell);
    return cells.length < 2 ? [] : [{ line: i + 1, cells }];
  });
}

function betweenBars(content: string): readonly string[] {
  const parts = content.split(bars);
  const first = parts[0]?.trim() === '' ? 1 : 0;
  return parts.slice(first, parts.at(-1)?.trim() === '' ? -1 : undefined);
}

/** Without the marks of markdown and without a remark behind it. */
function plainCell(cell: string): string {
  return cell
    .replace(/\s#.*$/, '')
    .replace(/\*\*|`/g, '')
    .replaceAll('\\_', '_')
    .trim();
}

/** Rows end with `\\`, wherever the lines of the text end. */
function latexLines(text: string): readonly TableLine[] {
  const body = withoutComments(text);
  let start = 0;
  return body.split(/\\\\(?:\[[^\]]*\])?/).flatMap((piece) => {
    const blank =
      /^(?:\s|\\(?:hline|toprule|midrule|bottomrule)\b|\\c(?:mid)?(?:line|rule)(?:\([^)]*\))?\{[^}]*\}|\\begin\{.*|\\centering\b|\\caption\{.*|\\label\{[^}]*\})*/;
    const skipped = blank.exec(piece)?.[0].length ?? 0;
    const line = body.slice(0, start + skipped).split('\n').length;
    start = body.indexOf(piece, start) + piece.length;
    const row = piece.slice(skipped);
    const cells = row.split(/(?<!\\)&/);
    if (cells.length < 2) return [];
    const group = /\\multirow\{(\d+)\}\{[^}]*\}\{\s*\$?\s*(\d+)\s*\\times\s*\$?\s*\}/.exec(row);
    return [
      {
        line,
        cells: cells.map(latexCell),
        ...(group === null ? {} : { group: { lines: Number(group[1]), times: Number(group[2]) } }),
      },
    ];
  });
}

/** As long as before, so that lines keep their numbers. */
function withoutComments(text: string): string {
  return text.replace(/(?<!\\)%[^\n]*/g, '').replaceAll('\r\n', '\n');
}

function latexCell(cell: string): string {
  return cell
    .replace(/\\multirow\{\d+\}\{[^}]*\}\{\s*\$?\s*\d+\s*\\times\s*\$?\s*\}/g, '')
    .replace(/\\multirow\{\d+\}\{[^}]*\}|\\multicolumn\{\d+\}\{[^}]*\}/g, '')
    .replace(/\\(?:textbf|textit|texttt|text|mathrm|emph|mathbf)\b/g, '')
    .replace(/\\times\b/g, '×')
    .replace(/\\([_&%#$])/g, '$1')
    .replace(/\\[,;! ]|~/g, ' ')
    .replace(/[${}]/g, '')
    .trim();
}
