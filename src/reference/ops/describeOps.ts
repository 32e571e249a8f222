import { fail, ok, problem, type Result } from '../../diagnostics/diagnostic.ts';
import type { Example } from '../../ops/op.ts';
import { isOpName, type OpName, opNames, opOf } from '../../ops/registry.ts';
import { meantOp } from '../../parser/otherNames.ts';
import type { Compile } from '../compile.ts';
import { refusal, type TargetName, targetNames } from '../targets.ts';
import { type AttributeDescription, attributesOf } from './attributes.ts';
import { exampleOutputs, exampleSpec } from './exampleSpec.ts';
import { type Support, supportOf } from './limits.ts';
import { opText } from './opPage.ts';

/** What can be said of an op in a line. */
export interface OpSummary {
  readonly name: OpName;
  readonly summary: string;
  /** The names of the values that it reads, as `mask?` where one may be left out; or how many at least. */
  readonly inputs: readonly string[] | { readonly atLeast: number };
  /** The targets that can say it, at least in some of its uses. */
  readonly targets: readonly TargetName[];
}

/** An example of an op as a spec, and what it gives: shapes and counts, or the name of the problem. */
export interface OpExample {
  readonly spec: string;
  readonly gives?: string;
  readonly parameters?: Example['parameters'];
  readonly macs?: number;
  readonly problem?: string;
  readonly source?: string;
}

/** All that the manual says of an op. */
export interface OpDescription extends OpSummary {
  readonly attributes: readonly AttributeDescription[];
  readonly examples: readonly OpExample[];
  /** What each target cannot say of it, with an example each. */
  readonly support: readonly Support[];
  /** The page, in Markdown. */
  readonly page: string;
}

/** Every op in a line, in the order of the alphabet. */
export function listOps(): readonly OpSummary[] {
  return opNames.map(summaryOf);
}

function summaryOf(name: OpName): OpSummary {
  const { summary, inputs } = opOf(name);
  const targets = targetNames.filter((target) => refusal(target, name) === undefined);
  return { name, summary, inputs, targets };
}

/** The page of an op with its facts, by its name. */
export function describeOp(name: string, compile: Compile): Result<OpDescription> {
  if (!isOpName(name)) {
    const { nearest } = meantOp(name, opNames);
    return fail(problem('unknown-name', { name, what: 'op', known: opNames, nearest }));
  }
  const support = supportOf(name, compile);
  return ok({
    ...summaryOf(name),
    attributes: attributesOf(name),
    examples: opOf(name).examples.map((example) => exampleOf(name, example)),
    support,
    page: opText(name, support, compile),
  });
}

function exampleOf(name: OpName, example: Example): OpExample {
  const { parameters, macs, problem: reported, source } = example;
  const gives = exampleOutputs(example);
  return {
    spec: exampleSpec(name, example),
    ...(gives === undefined ? {} : { gives }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(macs === undefined ? {} : { macs }),
    ...(reported === undefined ? {} : { problem: reported }),
    ...(source === undefined ? {} : { source }),
  };
}
