import type { ResultEvent } from '../events/event.ts';
import { checkResult } from '../schema/check.ts';
import type { SchemaDefect } from '../schema/defect.ts';

const none: readonly SchemaDefect[] = [];

/** What the schema says of a result; the event remembers it, so that it is asked once in a pipeline. */
export function defectsOf(event: ResultEvent): readonly SchemaDefect[] {
  if (event.defects !== undefined) return event.defects;
  if (event.text?.facts !== undefined) return none;
  let defects: SchemaDefect[] | undefined;
  checkResult(event.result, (defect) => {
    defects ??= [];
    defects.push(defect);
  });
  return defects ?? none;
}
