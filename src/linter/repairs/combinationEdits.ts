import type { Edit } from '../../diagnostics/fix.ts';
import { isJson } from '../../parser/read.ts';
import type { StepSpec } from '../../parser/spec.ts';
import { attributeEdit } from '../edits.ts';
import type { Choice, Network } from './network.ts';
import type { Assignment } from './resizing.ts';

/** A step with the attributes that it is to get. */
interface Written {
  readonly step: StepSpec;
  readonly pairs: (readonly [name: string, value: string])[];
}

/** The edits that make choices in the text; undefined where a step leaves no room for an attribute. */
export function combinationEdits(
  choices: readonly Choice[],
  sizes: Assignment,
  network: Network,
): readonly Edit[] | undefined {
  const edits: (Edit | undefined)[] = [];
  const steps = new Map<number, Written>();
  const json = isJson(network.spec.source);
  for (const { place, value } of choices) {
    const { write } = place;
    const text = printValue(value, json);
    if ('value' in write) edits.push({ span: write.value, text });
    else {
      const { step, name } = write;
      const at = steps.get(step.callSpan.start) ?? { step, pairs: [] };
      steps.set(step.callSpan.start, at);
      at.pairs.push([name, text]);
    }
  }
  for (const written of steps.values()) edits.push(...editsOfStep(written, json));
  for (const { given, spans } of network.sizes) {
    const size = sizes.get(given) ?? given;
    if (size !== given) edits.push(...spans.map((span) => ({ span, text: String(size) })));
  }
  const known = edits.flatMap((edit) => edit ?? []);
  return known.length === edits.length ? known : undefined;
}

/** A value as a spec writes it: one number where it is the same for all axes. */
export function printValue(value: unknown, json: boolean): string {
  if (Array.isArray(value) && typeof value[0] === 'number' && value.every((v) => v === value[0]))
    return String(value[0]);
  if (Array.isArray(value)) return `[${value.map((v) => printValue(v, json)).join(', ')}]`;
  return typeof value === 'string' && json ? JSON.stringify(value) : String(value);
}

/** Attributes on lines of their own are put in one by one; those in braces, or that open braces, together. */
function editsOfStep({ step, pairs }: Written, json: boolean): readonly (Edit | undefined)[] {
  const alone = pairs.map(([name, value]) => attributeEdit(step, name, value));
  const [first, ...others] = pairs;
  if (
    first === undefined ||
    others.length === 0 ||
    alone.every((edit) => edit?.text.startsWith('\n') === true)
  )
    return alone;
  const separate = new Set(alone.map((edit) => edit?.span.start));
  if (separate.size === pairs.length) return alone;
  const rest = others.map(([name, value]) => `, ${json ? JSON.stringify(name) : name}: ${value}`).join('');
  return [attributeEdit(step, first[0], `${first[1]}${rest}`)];
}
