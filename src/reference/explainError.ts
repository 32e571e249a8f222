import { catalog } from '../diagnostics/catalog.ts';
import { fail, ok, type ProblemName, problem, type Result } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/didYouMean.ts';
import type { Compile } from './compile.ts';
import { errorText, saidOf } from './errors/errorPage.ts';
import { errorNames } from './errors/notes.ts';

/** What the manual says of one thing that the compiler can say. */
export interface ErrorExplanation {
  readonly code: string;
  readonly name: ProblemName;
  readonly severity: string;
  /** The page, in Markdown. */
  readonly page: string;
}

/** Whether it looks like a code, `INC301`, or is the name of one, `shape-claim`. */
export function isErrorCode(text: string): boolean {
  return /^inc\d+$/i.test(text) || Object.hasOwn(catalog, text);
}

/** Every code of an error of the compiler, as `INC301`. */
export function errorCodes(): readonly string[] {
  return errorNames.map((name) => catalog[name].code);
}

/** The page of an error by its code or name, with what the compiler says of its example. */
export function explainError(what: string, compile: Compile): Result<ErrorExplanation> {
  const wanted = what.toUpperCase();
  const name = errorNames.find((n) => n === what || catalog[n].code === wanted);
  if (name === undefined) {
    const known = errorCodes();
    const nearest = didYouMean(wanted, known);
    return fail(problem('unknown-name', { name: what, what: 'code', known, nearest }));
  }
  const { code, severity } = catalog[name];
  return ok({ code, name, severity, page: errorText(name, saidOf(name, compile)) });
}
