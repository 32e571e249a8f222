import type { Diagnostic, Fix, LintResult, Source, Span } from '../../index.ts';

/** What is kept of the findings of one spec: all that a report is printed from, with places as offsets. */
export interface StoredResult {
  readonly diagnostics: readonly StoredDiagnostic[];
  readonly disabled: number;
  readonly parsed: boolean;
}

/** A place: which of the files, and from where to where. */
type StoredSpan = readonly [file: number, start: number, end: number];

interface StoredDiagnostic
  extends Pick<Diagnostic, 'code' | 'name' | 'severity' | 'message' | 'help' | 'notes'> {
  readonly span?: StoredSpan;
  readonly related: readonly { readonly span: StoredSpan; readonly message: string }[];
  readonly fix?: Pick<Fix, 'safety' | 'title'> & {
    readonly edits: readonly { readonly span: StoredSpan; readonly text: string }[];
  };
}

/** What a report is printed from; the rest of a result is for those who compile. */
export type Reported = Pick<LintResult, 'diagnostics' | 'disabled' | 'parsed'>;

/** A result as it is kept; undefined where something of it lies in a text that is none of `sources`. */
export function storedResult(
  { diagnostics, disabled, parsed }: Reported,
  sources: readonly Source[],
): StoredResult | undefined {
  const elsewhere = diagnostics.flatMap(spansOf).some((span) => placeOf(span, sources)[0] < 0);
  if (elsewhere) return undefined;
  return { diagnostics: diagnostics.map((d) => storedDiagnostic(d, sources)), disabled, parsed };
}

function spansOf({ span, related, fix }: Diagnostic): readonly Span[] {
  const edits = fix?.edits ?? [];
  return [...(span === undefined ? [] : [span]), ...[...related, ...edits].map((item) => item.span)];
}

function placeOf({ source, start, end }: Span, sources: readonly Source[]): StoredSpan {
  return [sources.findIndex(({ name, text }) => name === source.name && text === source.text), start, end];
}

/** The numbers of a diagnostic, `params` and `chains`, hold parts of the compiler, and no report reads them. */
function storedDiagnostic(diagnostic: Diagnostic, sources: readonly Source[]): StoredDiagnostic {
  const { code, name, severity, message, help, span, notes, related, fix } = diagnostic;
  const placed = <T extends { readonly span: Span }>(item: T) => ({
    ...item,
    span: placeOf(item.span, sources),
  });
  return {
    code,
    name,
    severity,
    message,
    ...(help === undefined ? {} : { help }),
    ...(span === undefined ? {} : { span: placeOf(span, sources) }),
    related: related.map(placed),
    notes,
    ...(fix === undefined ? {} : { fix: { ...fix, edits: fix.edits.map(placed) } }),
  };
}

/** The result again, in texts that are what they were. */
export function restoredResult(
  { diagnostics, disabled, parsed }: StoredResult,
  sources: readonly Source[],
): Reported {
  const spanOf = ([file, start, end]: StoredSpan): Span => {
    const source = sources[file];
    if (source === undefined) throw new Error(`a finding lies in file ${file} of ${sources.length}`);
    return { source, start, end };
  };
  const placed = <T extends { readonly span: StoredSpan }>(item: T) => ({ ...item, span: spanOf(item.span) });
  const restored = diagnostics.map(
    ({ span, related, fix, ...said }): Diagnostic => ({
      ...said,
      ...(span === undefined ? {} : { span: spanOf(span) }),
      related: related.map(placed),
      params: {},
      ...(fix === undefined ? {} : { fix: { ...fix, edits: fix.edits.map(placed) } }),
    }),
  );
  return { diagnostics: restored, disabled, parsed };
}
