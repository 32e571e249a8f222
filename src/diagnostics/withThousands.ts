/** `12,253,974,624`, independent of the reader's locale. */
export function withThousands(value: number): string {
  const digits = String(value);
  return digits.length < 4 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, ',');
}
