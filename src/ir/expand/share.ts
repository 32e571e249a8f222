import { problem } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/didYouMean.ts';
import type { StepSpec } from '../../parser/spec.ts';
import { showShape } from '../../tensor/shape.ts';
import type { Node, Weight } from '../graph.ts';
import { evaluateLocated } from './environment.ts';
import type { Expansion } from './expansion.ts';
import { namedAt } from './references.ts';
import type { Made, Named, Scope } from './scope.ts';

/** The step that asks for weights of another, once it was run. */
interface Sharing extends Made {
  /** Its full name, for messages. */
  readonly name: string;
  readonly scope: Scope;
}

/** `share: NAME`: the nodes of this step use the weights of that step's, pair by pair. */
export function shareWeights(sharing: Sharing, x: Expansion): void {
  const { share } = sharing.step;
  if (share === undefined) return;
  const evaluated = evaluateLocated(share, sharing.scope.env, x.findings);
  if (evaluated === undefined) return;
  const written = String(evaluated.value);
  const owner = ownerOf(written, sharing, x);
  if (owner === undefined) return;
  const reason = unlikeCall(sharing.step, owner.step) ?? shareNodes(sharing.nodes, owner.nodes, x);
  if (reason === undefined) return;
  const related = [{ span: owner.step.callSpan, message: 'the step that has the weights' }];
  const found = problem('share-mismatch', { name: sharing.name, owner: written, reason });
  x.findings.add(found, share.span, { related });
}

/** The step that `share` names; what leads to none is reported. */
function ownerOf(written: string, { step, scope }: Sharing, { findings }: Expansion): Made | undefined {
  const { named, names, unsure } = namedAt(written, scope);
  const span = step.share?.span ?? step.span;
  if (named?.made !== undefined) return named.made;
  if (named === undefined && !unsure) {
    const nearest = didYouMean(written, names);
    findings.add(problem('unknown-name', { name: written, what: 'step', known: names, nearest }), span);
  } else if (named?.leftOut !== undefined) {
    const related = [{ span: named.span, message: 'left out here' }];
    findings.add(problem('left-out', { name: written }), span, { related });
  } else if (named !== undefined && isKnown(named)) {
    const reason = 'it is a value, not a step that was run before';
    findings.add(problem('share-mismatch', { name: 'the step', owner: written, reason }), span);
  }
  return undefined;
}

function isKnown({ flow }: Named): boolean {
  return flow.kind === 'values';
}

/** Why two steps are not calls of one op or block. */
function unlikeCall(step: StepSpec, owner: StepSpec): string | undefined {
  const [here, there] = [calleeOf(step), calleeOf(owner)];
  if (here === undefined || there === undefined)
    return 'only ops and blocks have weights to share: make a block of the steps';
  return here === there ? undefined : `one is \`${here}\`, the other \`${there}\``;
}

function calleeOf(step: StepSpec): string | undefined {
  if (step.kind === 'op') return step.op;
  return step.kind === 'block' ? step.block : undefined;
}

/** Pairs the nodes of both steps; a reason where they do not fit each other, and then nothing is shared. */
function shareNodes(here: Made['nodes'], there: Made['nodes'], { builder }: Expansion): string | undefined {
  const [nodes, owners] = [builder.slice(here), builder.slice(there)];
  if (nodes.length !== owners.length) return `it has ${nodes.length} nodes, the other ${owners.length}`;
  const pairs = nodes.flatMap((node, i) => {
    const owner = owners[i];
    return owner === undefined ? [] : [{ node, owner }];
  });
  const shared: (readonly Weight[] | undefined)[] = [];
  for (const { node, owner } of pairs) {
    const [own, others] = [builder.weightsOf(node), builder.weightsOf(owner)];
    const known = own !== undefined && others !== undefined;
    const reason = unlikeNodes(node, owner) ?? (known ? unlikeWeights(own, others, node) : undefined);
    if (reason !== undefined) return reason;
    shared.push(known && own.length > 0 ? others : undefined);
  }
  const isKnown = pairs.every(({ node }) => builder.weightsOf(node) !== undefined);
  if (isKnown && shared.every((s) => s === undefined)) return 'it has no weights';
  for (const [i, weights] of shared.entries()) {
    if (weights !== undefined) builder.useWeights(here[0] + i, weights);
  }
  return undefined;
}

function unlikeNodes(node: Node, owner: Node): string | undefined {
  if (node.op !== owner.op) return `${node.name} is \`${node.op}\`, ${owner.name} \`${owner.op}\``;
  const [here, there] = [node.attributes, owner.attributes] as const;
  const unlike = Object.entries(here).find(([key, value]) => {
    const other = Object.entries(there).find(([k]) => k === key)?.[1];
    return JSON.stringify(value) !== JSON.stringify(other);
  });
  return unlike === undefined ? undefined : `\`${unlike[0]}\` of ${node.name} is not that of ${owner.name}`;
}

function unlikeWeights(own: readonly Weight[], others: readonly Weight[], node: Node): string | undefined {
  for (const [i, { name, shape }] of own.entries()) {
    const other = others[i];
    if (other !== undefined && showShape(other.shape) === showShape(shape)) continue;
    const found = other === undefined ? 'nothing' : showShape(other.shape);
    return `the ${name} of ${node.name} is ${showShape(shape)}, that of the other ${found}`;
  }
  return undefined;
}
