import { canonicalJson } from '../digest/canonical-json.ts';
import { partNumber, wholeRun } from '../split/part-id.ts';
import type { SourceRun } from './source-run.ts';

/**
 * Runs in groups: the parts of one run together, others alone. A part that is there twice is of another copy of its run.
 */
export function wholeRuns(runs: readonly SourceRun[]): (readonly SourceRun[])[] {
  const numbers = new Map(runs.map((source) => [source, partNumber(source.run)]));
  const split = new Set(runs.filter((source) => numbers.get(source) !== 1).map(keyOf));
  const groups: SourceRun[][] = [];
  const copies = new Map<string, SourceRun[]>();
  const seen = new Map<string, number>();
  for (const source of runs) {
    const key = keyOf(source);
    if (!split.has(key)) {
      groups.push([source]);
      continue;
    }
    const part = `${key} ${numbers.get(source)}`;
    const copy = (seen.get(part) ?? 0) + 1;
    seen.set(part, copy);
    const known = copies.get(`${key} ${copy}`);
    if (known !== undefined) known.push(source);
    else {
      const group = [source];
      copies.set(`${key} ${copy}`, group);
      groups.push(group);
    }
  }
  return groups;
}

/** The same for all parts of one run. */
function keyOf({ run }: SourceRun): string {
  return canonicalJson((wholeRun(run) ?? run).automationDetails ?? null);
}
