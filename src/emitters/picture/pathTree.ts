import { groupBy } from '../../common/groups.ts';
import type { Frame, TypedNode } from '../../ir/graph.ts';

/** The nodes that one step made. */
export interface Step {
  readonly name: string;
  readonly nodes: readonly TypedNode[];
}

/** A part of a name under which steps stand. */
export interface Group {
  readonly name: string;
  readonly children: (Group | Step)[];
  /** It only groups steps, as a branch does: no block was called, and nothing in it joins what it holds. */
  readonly clear: boolean;
}

/** Tells groups from steps. */
export function isGroup(part: Group | Step): part is Group {
  return 'children' in part;
}

/** Steps in groups, by the parts of their names. A group stands where its first step stood. */
export function groupSteps(nodes: readonly TypedNode[]): readonly (Group | Step)[] {
  const steps = groupBy(nodes, (node) => node.step);
  const root = new Branch('');
  const prefixes = groupNames([...steps.values()]);
  for (const [name, made] of steps) {
    let at = root;
    for (const prefix of prefixesOf(name)) if (prefixes.has(prefix)) at = at.below(prefix);
    // What joins the parts of a group bears its name, and stands in it.
    if (prefixes.has(name)) at = at.below(name);
    at.parts.push({ name, nodes: made });
  }
  return root.finished(nodes[0] === undefined ? undefined : outermost(nodes[0].frame));
}

/** Names that stand for groups. Reading a weight of a step (`from: wte/embeddings`) makes no group of that step. */
function groupNames(steps: readonly (readonly TypedNode[])[]): ReadonlySet<string> {
  const own = steps.filter(([first]) => first !== undefined && !isReadWeight(first));
  return new Set(own.flatMap(([first]) => prefixesOf(first?.step ?? '')));
}

function isReadWeight({ op, weights, name }: TypedNode): boolean {
  return op === 'parameter' && weights[0]?.fullName === name;
}

/** `a`, `a/b` of `a/b/c`. */
function prefixesOf(name: string): readonly string[] {
  const parts = name.split('/');
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('/'));
}

/** A group while it is filled. */
class Branch {
  readonly parts: (Branch | Step)[] = [];
  readonly #groups = new Map<string, Branch>();
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  below(name: string): Branch {
    const known = this.#groups.get(name);
    if (known !== undefined) return known;
    const made = new Branch(name);
    this.#groups.set(name, made);
    this.parts.push(made);
    return made;
  }

  /** Its parts, each told whether it is a block: `frame` is the call that this group is inside of. */
  finished(frame: Frame | undefined): (Group | Step)[] {
    return this.parts.map((part) => {
      if (!(part instanceof Branch)) return part;
      const own = part.frame();
      const joins = part.parts.some((inner) => inner.name === part.name);
      return { name: part.name, clear: own === frame && !joins, children: part.finished(own) };
    });
  }

  /** The innermost call that all its nodes are inside of. */
  frame(): Frame | undefined {
    const frames = this.parts.flatMap((part) =>
      part instanceof Branch ? [part.frame()] : part.nodes.map((n): Frame | undefined => n.frame),
    );
    return frames.reduce((a, b) => common(a, b));
  }
}

function common(a: Frame | undefined, b: Frame | undefined): Frame | undefined {
  if (a === b) return a;
  const around = new Set(callsAround(a));
  return callsAround(b).find((frame) => around.has(frame));
}

function callsAround(frame: Frame | undefined): readonly Frame[] {
  return frame === undefined ? [] : [frame, ...callsAround(frame.parent)];
}

function outermost(frame: Frame): Frame {
  return frame.parent === undefined ? frame : outermost(frame.parent);
}
