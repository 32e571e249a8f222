/** What the boxes of a picture are coloured by. */
export type Family = 'input' | 'output' | 'layer' | 'norm' | 'activation' | 'window' | 'join' | 'other';

/** One line of text in a box. */
export interface TextLine {
  readonly text: string;
  readonly style: 'title' | 'detail' | 'name';
}

/** Something that can be a box: an input, a step, a block of steps, or the copies that a `repeat` made. */
export interface PictureItem {
  readonly kind: 'input' | 'output' | 'step' | 'block' | 'repeat';
  /** Full name, as the shape table has it; of outputs and repeats a name of their own. */
  readonly name: string;
  /** Index of the item that holds it; -1 for those of the network itself. */
  readonly parent: number;
  /** Items are numbered so that those inside of one follow it: up to, and without, this index. */
  readonly end: number;
  readonly family: Family;
  /** What stands in its box; of a block, in its folded box. */
  readonly lines: readonly TextLine[];
  /** Drawn as a small circle with this sign instead of a box. */
  readonly sign?: '+' | '×';
  /** How deep its name is: 1 for what stands in the network itself. */
  readonly depth: number;
  /** Of a block: it only groups steps, as a branch does; while it is open no box is drawn around them. */
  readonly clear?: true;
  /** Of a repeat: how many copies. */
  readonly count?: number;
  /** How many values a box that joins them reads; it is drawn wide. */
  readonly joins?: number;
}

/** A value that one box gives to another. Both are inputs, steps or outputs. */
export interface PictureEdge {
  readonly from: number;
  readonly to: number;
  /** Tells the values of the network apart. */
  readonly value: number;
  /** Its shape, without the batch where that is a symbol. */
  readonly label: string;
}

/** A network as boxes in boxes and the values between them: plain data, before anything is folded or has a place. */
export interface Picture {
  readonly name: string;
  readonly title: string;
  readonly items: readonly PictureItem[];
  readonly edges: readonly PictureEdge[];
}
