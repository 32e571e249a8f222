const widest = 120;

/** JSON with what fits on one line kept there, so that a shape is one line and a change of it one line of a diff. */
export function printJson(value: unknown): string {
  return `${print(value, '')}\n`;
}

function print(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => print(item, inner));
    return oneLine(items, indent, '[]') ?? `[\n${inner}${items.join(`,\n${inner}`)}\n${indent}]`;
  }
  const entries = Object.entries(value).filter(([, v]) => v !== undefined);
  const fields = entries.map(([key, v]) => `${JSON.stringify(key)}: ${print(v, inner)}`);
  return oneLine(fields, indent, '{}') ?? `{\n${inner}${fields.join(`,\n${inner}`)}\n${indent}}`;
}

/** The parts between brackets; undefined where they do not fit. */
function oneLine(parts: readonly string[], indent: string, brackets: '[]' | '{}'): string | undefined {
  if (parts.length === 0) return brackets;
  const length = parts.reduce((sum, part) => sum + part.length + 2, indent.length);
  if (length > widest || parts.some((part) => part.includes('\n'))) return undefined;
  return brackets === '[]' ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
}
