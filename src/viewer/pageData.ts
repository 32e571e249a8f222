import type { Picture } from '../emitters/picture/picture.ts';

/** A step or an input, as a row of the table: numbers for the bars, and words for the cells. */
export interface PageRow {
  /** Its item in the picture. */
  readonly item: number;
  readonly name: string;
  readonly op: string;
  readonly output: string;
  readonly parameters: number;
  /** As it is written: a number, or a formula over symbols. */
  readonly macs: string;
  /** The number that its bar is drawn for; of a formula, its value where every symbol is `symbolSize`. */
  readonly macsValue: number;
}

/** Symbols have this size where bars are drawn. */
export const symbolSize = 256;

/** What is known of one node of a step: each attribute, its value, and where the value came from. */
export interface NodeFacts {
  readonly name: string;
  readonly op: string;
  readonly place: string;
  /** Three numbers for each attribute, into `texts`: its name, its value, its origin. */
  readonly attributes: readonly number[];
  /** Two numbers for each further thing that is said of it, into `texts`: what it is, and the words. */
  readonly remarks: readonly number[];
  /** For each axis of what it makes, the last link of the chain that led to its size, into `links`; none where nothing did. */
  readonly axes?: readonly number[];
}

export interface PageDiagnostic {
  readonly severity: 'error' | 'warning' | 'info';
  readonly code: string;
  readonly message: string;
  readonly place: string;
  readonly help: string;
  /** Facts that lead to it, and other places that it names. */
  readonly notes: readonly string[];
  /** The items that it is about. */
  readonly items: readonly number[];
}

/** Everything about one network that a page shows. */
export interface PageNetwork {
  readonly picture: Picture;
  /** Items that are folded, and repeats whose copies stand one by one, at the beginning. */
  readonly folded: readonly number[];
  readonly unrolled: readonly number[];
  readonly rows: readonly PageRow[];
  readonly facts: Readonly<Record<number, readonly NodeFacts[]>>;
  readonly texts: readonly string[];
  /** Links of the chains that lead to sizes, two numbers each: its words, into `texts`, and the link before it, or -1. */
  readonly links: readonly number[];
  /** Where the network comes from, and which form of it this is. */
  readonly about: readonly string[];
  /** Figures of the whole network, in words. */
  readonly totals: readonly string[];
}

export interface PageData {
  readonly formatVersion: 1;
  /** File that the network is written in. */
  readonly source: string;
  readonly diagnostics: readonly PageDiagnostic[];
  /** Undefined where the text has errors; a page that showed a network before goes on showing that. */
  readonly network?: PageNetwork;
}
