/** A table; the first row is its head. Without rows below the head it is empty. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}

/** A bar ends a cell, also inside code. */
function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** A text as code within a line. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** A block of text shown as it is. */
export function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;
}

/** A heading with what stands below it; nothing where nothing does. */
export function section(title: string, body: string): string {
  return body === '' ? '' : `\n## ${title}\n\n${body}`;
}

/** `a`, `b` or `c` */
export function choice(words: readonly string[]): string {
  const [last = '', ...others] = [...words].reverse();
  return others.length === 0 ? last : `${others.reverse().join(', ')} or ${last}`;
}

/** What stands at the end of every generated page. */
export const footer = '\n---\n\nThis page is generated from the source by `npm run docs`.\n';
