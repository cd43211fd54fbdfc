import type { PlaceOf, ResultEvent } from '../events/event.ts';
import { type JsonPointer, type PathSegment, pointerOf } from '../json/pointer.ts';
import type { RuleDocument } from '../rules/rule.ts';
import type { Diagnostic, DiagnosticLevel, Place } from './diagnostic.ts';

/** What a diagnostic may say beside rule, message and place. */
export interface DiagnosticDetails {
  readonly level?: DiagnosticLevel | undefined;
  readonly value?: unknown;
  readonly fix?: string | undefined;
}

/** A diagnostic about a value inside a result. */
export function resultDiagnostic(
  rule: RuleDocument,
  message: string,
  event: ResultEvent,
  path: readonly PathSegment[],
  details: DiagnosticDetails = {},
): Diagnostic {
  const { runIndex, resultIndex, text } = event;
  const place = text?.placeOf?.(path);
  const placeOf = place === undefined ? undefined : () => place;
  return diagnosticOf(rule, message, ['runs', runIndex, 'results', resultIndex, ...path], placeOf, {
    ...details,
    runIndex,
    resultIndex,
  });
}

/** A diagnostic about a value of the log. */
export function diagnosticOf(
  rule: RuleDocument,
  message: string,
  path: readonly PathSegment[],
  placeOf: PlaceOf | undefined,
  details: DiagnosticDetails & { readonly runIndex?: number; readonly resultIndex?: number } = {},
): Diagnostic {
  const pointer = pointerOf(path);
  return {
    ruleId: rule.id,
    level: details.level ?? rule.level,
    ...placed(message, pointer, placeOf?.(pointer)),
    ...(details.fix === undefined ? {} : { fix: { description: details.fix } }),
    ...(rule.specSection === undefined ? {} : { specSection: rule.specSection }),
    ...(details.runIndex === undefined ? {} : { runIndex: details.runIndex }),
    ...(details.resultIndex === undefined ? {} : { resultIndex: details.resultIndex }),
    ...(details.value === undefined ? {} : { value: shortened(details.value) }),
  };
}

/** What is said of a value that stands in a file of its own begins with the file, and its pointer counts there. */
function placed(
  message: string,
  pointer: JsonPointer,
  place: Place | undefined,
): Pick<Diagnostic, 'message' | 'pointer' | 'place'> {
  if (place === undefined) return { message, pointer };
  const { moved, ...own } = place;
  if (moved === undefined) return { message, pointer, place };
  const { from, to, file } = moved;
  const movedPointer = pointer.startsWith(from) ? to + pointer.slice(from.length) : to;
  if (file === undefined) return { message, pointer: movedPointer, place: own };
  return { message: `In '${file}': ${message}`, pointer: movedPointer };
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 200 ? text : `${text.slice(0, 199)}…`;
}
