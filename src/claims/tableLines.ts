import { printedSize } from './printedSize.ts';

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
  const cut = text.split(/\r\n|\n|\r/).flatMap((written, i): readonly CutLine[] => {
    const content = written.replace(marker, (found) => ' '.repeat(found.length)).trimEnd();
    if (onlyRule.test(content)) return [];
    if (!bars.test(content)) return [{ line: i + 1, places: placesIn(content) }];
    return [{ line: i + 1, cells: betweenBars(content).map(plainCell) }];
  });
  const places = cut.flatMap((one) => (one.places === undefined ? [] : [one.places]));
  const widest = widestOf(places);
  return cut
    .map(({ line, cells, places }) => ({ line, cells: cells ?? inColumns(places, widest).map(plainCell) }))
    .filter(({ cells }) => cells.length > 1);
}

/** With cells between bars, or with cells that have places. */
type CutLine = { readonly line: number } & (
  | { readonly cells: readonly string[]; readonly places?: undefined }
  | { readonly cells?: undefined; readonly places: readonly PlacedCell[] }
);

/** A cell of aligned columns, and where it begins and ends on its line. */
interface PlacedCell {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function placesIn(content: string): readonly PlacedCell[] {
  return [...content.matchAll(/\S+(?: \S+)*/g)].map(({ 0: text, index }) => ({
    text,
    start: index,
    end: index + text.length,
  }));
}

/** The line with a size that has the most cells: it shows where the columns are. */
function widestOf(lines: readonly (readonly PlacedCell[])[]): readonly PlacedCell[] {
  const sized = lines.filter((cells) => cells.some(({ text }) => printedSize(plainCell(text)) !== undefined));
  return sized.reduce((widest, cells) => (cells.length > widest.length ? cells : widest), []);
}

/** A line that leaves columns out has empty cells for them. */
function inColumns(cells: readonly PlacedCell[], widest: readonly PlacedCell[]): readonly string[] {
  const texts = cells.map(({ text }) => text);
  if (cells.length < 2 || cells.length >= widest.length) return texts;
  const columns = cells.map((cell) => widest.findIndex((w) => w.start < cell.end && cell.start < w.end));
  const isInOrder = columns.every((column, i) => column > (columns[i - 1] ?? -1));
  return isInOrder ? widest.map((_, i) => texts[columns.indexOf(i)] ?? '') : texts;
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

/** Rules and the head of the table. */
const beforeRow =
  /^(?:\s|\\(?:hline|toprule|midrule|bottomrule)\b|\\c(?:mid)?(?:line|rule)(?:\([^)]*\))?\{[^}]*\}|\\begin\{.*|\\centering\b|\\caption\{.*|\\label\{[^}]*\})*/;

/** Rows end with `\\`, wherever the lines of the text end. */
function latexLines(text: string): readonly TableLine[] {
  const body = withoutComments(text);
  let next = 0;
  return body.split(/(\\\\(?:\[[^\]]*\])?)/).flatMap((piece, i) => {
    const start = next;
    next += piece.length;
    // Every second piece is the end of a row.
    const skipped = i % 2 === 1 ? piece.length : (beforeRow.exec(piece)?.[0].length ?? 0);
    const line = body.slice(0, start + skipped).split('\n').length;
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
    .replace(/\\times(?![A-Za-z])/g, '×')
    .replace(/\\([_&%#$])/g, '$1')
    .replace(/\\[,;! ]|~/g, ' ')
    .replace(/[${}]/g, '')
    .trim();
}
