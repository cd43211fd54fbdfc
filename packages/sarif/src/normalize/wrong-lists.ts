import { diagnosticOf } from '../diagnostics/diagnostic-of.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import type { LogStartEvent } from '../events/event.ts';
import type { PathSegment } from '../json/pointer.ts';
import { jsonType } from '../rules/structure/s201-json-type.ts';

/**
 * Says which runs and results stand outside an array, and which runs are no objects. The reader has made of them what events
 * can say, so that no repair meets them.
 */
export function sayWrongLists({ document, placeOf }: LogStartEvent, reporter: Reporter): void {
  if (!isFields(document) || !Object.hasOwn(document, 'runs')) return;
  const say = (path: readonly PathSegment[], what: string, fix: string) =>
    reporter.add(jsonType.id, jsonType.level, () => diagnosticOf(jsonType, what, path, placeOf, { fix }));
  const { runs } = document;
  if (runs !== null && !Array.isArray(runs)) {
    const fix = isFields(runs) ? 'It is read as the only run.' : "'runs' is dropped.";
    say(['runs'], "'runs' is no array.", fix);
  }
  for (const [runIndex, run] of (Array.isArray(runs) ? (runs as unknown[]) : [runs]).entries()) {
    if (!isFields(run)) {
      if (Array.isArray(runs)) say(['runs', runIndex], 'The run is no object.', `Dropped runs[${runIndex}].`);
      continue;
    }
    if (!Object.hasOwn(run, 'results') || run['results'] === null || Array.isArray(run['results'])) continue;
    const fix = isFields(run['results'])
      ? 'What stands there is read as the elements of an array.'
      : "'results' is dropped.";
    say(['runs', runIndex, 'results'], "'results' is no array.", fix);
  }
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
