import { catalog } from '../../diagnostics/catalog.ts';
import type { ProblemName } from '../../diagnostics/diagnostic.ts';
import { claimsNotes } from './claims.ts';
import type { ErrorNote } from './errorNote.ts';
import { expressionsNotes } from './expressions.ts';
import { languageNotes } from './language.ts';
import { lintingNotes } from './linting.ts';
import { namesNotes } from './names.ts';
import { readingNotes } from './reading.ts';
import { shapesNotes } from './shapes.ts';
import { targetsNotes } from './targets.ts';
import { weightsNotes } from './weights.ts';

/** What the manual says of everything that the compiler can say. */
export const errorNotes: { readonly [K in ProblemName]: ErrorNote<K> } = {
  ...readingNotes,
  ...languageNotes,
  ...namesNotes,
  ...expressionsNotes,
  ...shapesNotes,
  ...claimsNotes,
  ...targetsNotes,
  ...weightsNotes,
  ...lintingNotes,
};

/** All names of the catalogue, by their codes. */
export const errorNames = (Object.keys(errorNotes) as ProblemName[]).sort((a, b) =>
  catalog[a].code < catalog[b].code ? -1 : 1,
);
