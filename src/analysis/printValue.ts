/** A value as YAML writes it on one line: `same`, `[3, 3]`, `{ batch_norm: { epsilon: 0.001 } }`. */
export function printValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printValue).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([key, v]) => `${key}: ${printValue(v)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
