/**
 * Whether the slopes of a `prelu` are those of whole last axes, or one alone: then slope i mod count is that of number i,
 * which is how the wasm backend of tf.js reads them, whatever their shape.
 */
export function slopesInTurn(shape: readonly number[]): boolean {
  return shape.length === 1 || !shape.includes(1);
}
