/** An axis counted from 0; a negative one counts from the end. One that is not there stays as it was written. */
export function axisFromStart(axis: number, rank: number): number {
  return axis < 0 && axis >= -rank ? axis + rank : axis;
}
