import { canonicalJson } from '../digest/canonical-json.ts';
import type { RunHeader } from '../model/model.ts';
import { runIdentityOf } from '../run/run-identity.ts';
import { wholeRun } from '../split/part-id.ts';
import { componentKey } from './component-key.ts';
import type { SourceRun } from './source-run.ts';

/**
 * What runs have to agree on to become one: tool, version and category, and whatever gives each result of a run its meaning and
 * has no place in the result, such as the unit of columns. `undefined` for a run that stays alone: one that has no result set,
 * because its results are unknown and those of the others are not, and one with results in other files.
 */
export function runKey({ run: given, start }: SourceRun): string | undefined {
  const externals = externalKey(given);
  if (start.results !== 'array' || externals === undefined) return undefined;
  const run = wholeRun(given) ?? given;
  const { category, correlationGuid } = runIdentityOf(run);
  return canonicalJson([
    componentKey(run.tool.driver),
    category,
    correlationGuid ?? null,
    run.language ?? null,
    run.columnKind ?? null,
    run.newlineSequences ?? null,
    run.defaultEncoding ?? null,
    run.defaultSourceLanguage ?? null,
    run.baselineGuid?.toLowerCase() ?? null,
    run.conversion ?? null,
    externals,
  ]);
}

/**
 * Positions count through an array and then through its external property files: runs with such files agree on both. Not on results,
 * though, nor on files that are part of the log.
 */
function externalKey(run: RunHeader): unknown {
  const { externalPropertyFileReferences: references } = run;
  if (references === undefined) return null;
  if (references.results !== undefined || JSON.stringify(references).includes('sarif:')) return undefined;
  const { tool, ...members } = run;
  const inline = { ...members, driver: tool.driver, extensions: tool.extensions };
  const names = Object.keys(references).filter((name) => Object.hasOwn(inline, name) && name !== 'properties');
  return [references, names.sort().map((name) => [name, (inline as Readonly<Record<string, unknown>>)[name] ?? null])];
}
