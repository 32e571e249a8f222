import { type Diagnostic, diagnose, type Place, type Problem } from '../diagnostics/diagnostic.ts';
import type { Span } from '../diagnostics/source.ts';

/** Collects what is found while one text is read or one network is built. The same finding at the same place counts once. */
export class Findings {
  private readonly found = new Map<string, Diagnostic>();
  private tellings = 0;

  add(problem: Problem, span: Span | undefined, place: Omit<Place, 'span'> = {}): void {
    this.merge([diagnose(problem, { ...place, span })]);
  }

  /** Takes over what another stage found. */
  merge(diagnostics: readonly Diagnostic[]): void {
    this.tellings += diagnostics.length;
    for (const diagnostic of diagnostics) {
      const { code, span, message } = diagnostic;
      const key = `${code} ${span === undefined ? '' : `${span.source.name}:${span.start}`} ${message}`;
      if (!this.found.has(key)) this.found.set(key, diagnostic);
    }
  }

  addAll(problems: readonly Problem[], span: Span | undefined, place: Omit<Place, 'span'> = {}): void {
    for (const problem of problems) this.add(problem, span, place);
  }

  /** How often something was found, also where it had been found before. */
  get told(): number {
    return this.tellings;
  }

  get diagnostics(): readonly Diagnostic[] {
    return [...this.found.values()];
  }
}
