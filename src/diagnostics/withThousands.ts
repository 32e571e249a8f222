/** `12,253,974,624`, independent of the reader's locale. */
export function withThousands(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}
