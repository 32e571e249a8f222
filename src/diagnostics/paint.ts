/** Colours text for a terminal. The command line gives one that does; everything else need not know how. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
  readonly blue: (text: string) => string;
}

const unchanged = (text: string): string => text;

/** Leaves text as it is. */
export const plain: Paint = {
  bold: unchanged,
  dim: unchanged,
  red: unchanged,
  yellow: unchanged,
  green: unchanged,
  blue: unchanged,
};
