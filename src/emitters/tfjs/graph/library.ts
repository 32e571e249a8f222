import type { JsonObject } from '../json.ts';
import type { Draft, GraphFunction, Tensor } from './draft.ts';
import { type NodeNames, nameOf, nodeDef, tensorName } from './nodeDef.ts';

/** The functions that nodes call. */
export function functionsOf(drafts: readonly Draft[]): readonly GraphFunction[] {
  return drafts.flatMap(({ functions }) => (functions === undefined ? [] : [functions.cond, functions.body]));
}

/** What the functions of a node read from around it: constants. */
export function captured(draft: Draft): readonly Tensor[] {
  return functionsOf([draft]).flatMap(constantsOf);
}

function constantsOf({ nodes, results }: GraphFunction): readonly Tensor[] {
  return [...nodes.flatMap((d) => d.inputs), ...results].filter(({ draft }) => draft.op === 'Const');
}

/** The FunctionDefLibrary of the functions that nodes call; nothing where there are none. */
export function libraryOf(drafts: readonly Draft[], names: NodeNames): JsonObject {
  const functions = functionsOf(drafts);
  return functions.length === 0 ? {} : { library: { function: functions.map((f) => functionDef(f, names)) } };
}

/**
 * A FunctionDef. A constant is a node of each function that reads it, under the one name by which tf.js finds its numbers
 * (`weightMap` in tfjs-converter/src/executor/graph_executor.ts).
 */
function functionDef(f: GraphFunction, names: NodeNames): JsonObject {
  verifyFunction(f);
  const { args, nodes, results, types } = f;
  const constants = [...new Set(constantsOf(f).map((c) => c.draft))];
  const outputs = results.map((tensor, i) => ({ name: `result_${i}`, tensor }));
  return {
    signature: {
      name: f.name,
      inputArg: args.map((d) => ({ name: nameOf(d, names), type: d.attributes.dtype?.type ?? '' })),
      outputArg: outputs.map(({ name }, i) => ({ name, type: types[i] ?? '' })),
    },
    nodeDef: [...constants, ...nodes].map((d) => nodeDef(d, names)),
    ret: Object.fromEntries(outputs.map(({ name, tensor }) => [name, tensorName(tensor, names)])),
  };
}

/** tf.js keeps one output of a node as a result, and would take what is around a function for something not computed yet. */
function verifyFunction({ name, args, nodes, results }: GraphFunction): void {
  const known = new Set<Draft>(args);
  for (const draft of nodes) {
    for (const { draft: source } of draft.inputs) {
      if (source.op !== 'Const' && !known.has(source))
        throw new Error(`${name} reads ${source.wanted} from around it`);
    }
    known.add(draft);
  }
  if (new Set(results.map((r) => r.draft)).size !== results.length)
    throw new Error(`${name} gives a node twice`);
}
