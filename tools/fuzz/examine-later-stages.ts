import {
  addFingerprints,
  type Diagnostic,
  diffLogs,
  flatten,
  type MergeSummary,
  mergeLogs,
  readSarif,
  validate,
} from '../../packages/sarif/src/index.ts';
import { checkErrors, type TakeBreach } from './promises.ts';
import { written } from './written.ts';

/** What comes after normalizing: findings as lines, fingerprints, merging a log with itself and comparing it with itself. */
export async function examineLaterStages(normalized: Uint8Array, results: number, breach: TakeBreach): Promise<void> {
  let flat = 0;
  for await (const findings of flatten(readSarif(normalized))) flat += findings.length;
  if (flat !== results) breach('every result is a flat finding', `${flat} of ${results}`);

  const fingerprinted = await written(addFingerprints(readSarif(normalized)));
  await checkOutput('what has fingerprints', fingerprinted, results, breach);
  const again = await written(addFingerprints(readSarif(fingerprinted)));
  if (Buffer.compare(again, fingerprinted) !== 0) breach('fingerprints are added once', 'again, there are others');

  let summary: MergeSummary | undefined;
  const twice = [readSarif(normalized), readSarif(normalized)];
  const merged = await written(mergeLogs(twice, { onSummary: (each) => (summary = each) }));
  const { before = -1, after = -1 } = summary?.results ?? {};
  if (before !== 2 * results || before - after !== summary?.duplicates) {
    breach('merging keeps every result or counts it', `${JSON.stringify(summary)}, ${results} results`);
  }
  await checkOutput('what is merged', merged, after, breach);

  const { counts } = await diffLogs(readSarif(normalized), readSarif(normalized));
  const differing = [counts.new, counts.absent, counts.updated].flatMap(({ levels, suppressed }) => [
    suppressed,
    ...Object.values(levels),
  ]);
  if (differing.some((count) => count > 0)) breach('a log does not differ from itself', JSON.stringify(counts));
}

async function checkOutput(what: string, bytes: Uint8Array, results: number, breach: TakeBreach): Promise<void> {
  const diagnostics: Diagnostic[] = [];
  let counted = 0;
  for await (const event of validate(readSarif(bytes), { report: (diagnostic) => diagnostics.push(diagnostic) })) {
    if (event.type === 'run-end') counted += event.results;
  }
  checkErrors(diagnostics, what, breach);
  if (counted !== results) breach(`${what} has as many results as it says`, `${counted} of ${results}`);
}
