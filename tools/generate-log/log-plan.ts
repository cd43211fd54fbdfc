import type { JsonObject } from './json-text.ts';

/** What a shape contributes: a run without results, and results with holes to be repeated. */
export interface LogPlan {
  readonly run: JsonObject;
  readonly results: readonly JsonObject[];
}
