import type { TypedGraph } from '../../ir/graph.ts';
import type { Dim } from '../../tensor/dim.ts';
import { printDim } from '../../tensor/printDim.ts';
import { type FieldFigures, type FieldOfAxis, fieldFigures } from './receptiveFields.ts';

/** The figures of a value as a table has them. */
export interface FieldTexts {
  readonly receptive_field: string | Dim;
  readonly stride: string | Dim;
  readonly offset: string | Dim;
  /** How far ways that met are apart, in pixels. */
  readonly skew: string | Dim;
}

/** One figure where all axes agree, else one for each as `7x1`; for each input where the network has several. */
export function fieldTexts(
  fields: readonly FieldOfAxis[],
  graph: Pick<TypedGraph, 'inputs' | 'facts'>,
): FieldTexts {
  const figures = fields.map((field) => ({ field, figures: fieldFigures(field.reach, graph) }));
  const text = (figure: (figures: FieldFigures) => string | Dim) => {
    const inputs = graph.inputs.flatMap(({ value }) => {
      const of = figures.filter(({ field }) => field.input === value.name);
      const shown = of.map((f) => (f.figures === undefined ? 'all' : figure(f.figures)));
      return of.length === 0 ? [] : [{ name: value.name, text: together(shown) }];
    });
    const [only] = inputs;
    if (inputs.length < 2) return only?.text ?? '';
    return inputs.map(({ name, text }) => `${name}: ${printed(text)}`).join('; ');
  };
  return {
    receptive_field: text(({ size }) => size),
    stride: text(({ stride }) => stride),
    offset: text(({ offset }) => offset),
    skew: text(({ skew }) => inPixels(skew)),
  };
}

/** From half pixels. */
function inPixels(halves: Dim): string | Dim {
  return typeof halves === 'number' ? halves / 2 : `(${printDim(halves)})/2`;
}

function together(figures: readonly (string | Dim)[]): string | Dim {
  const [first = '', ...others] = figures;
  const same = others.every((figure) => printed(figure) === printed(first));
  return same ? first : figures.map(printed).join(' x ');
}

function printed(figure: string | Dim): string {
  return typeof figure === 'string' ? figure : printDim(figure);
}
