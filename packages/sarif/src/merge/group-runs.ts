import { runKey } from './run-key.ts';
import type { SourceRun } from './source-run.ts';

interface Group {
  readonly runs: SourceRun[];
  hasBaseline: boolean | undefined;
}

/**
 * Which runs become one, each group in the place of its first run. Results that are compared with an earlier run do not stand
 * beside others that are not (section 3.27.24).
 */
export function groupRuns(runs: Iterable<SourceRun>): (readonly SourceRun[])[] {
  const groups: Group[] = [];
  const byKey = new Map<string, Group[]>();
  for (const run of runs) {
    const key = runKey(run);
    const { hasBaseline } = run;
    const known = key === undefined ? undefined : byKey.get(key);
    const fitting = known?.find(
      (group) => hasBaseline === undefined || (group.hasBaseline ?? hasBaseline) === hasBaseline,
    );
    if (fitting !== undefined) {
      fitting.runs.push(run);
      fitting.hasBaseline ??= hasBaseline;
      continue;
    }
    const group: Group = { runs: [run], hasBaseline };
    groups.push(group);
    if (key === undefined) continue;
    if (known === undefined) byKey.set(key, [group]);
    else known.push(group);
  }
  return groups.map((group) => group.runs);
}
