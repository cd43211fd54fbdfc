import type { Diagnostic } from '@sariflow/sarif';
import { expect, test } from 'vitest';
import { type ConvertedLog, convertToLog } from '../test-support/convert-to-log.ts';
import { samplesIn } from '../test-support/samples.ts';
import { schemaErrors } from '../test-support/schema.ts';
import { seeded } from '../test-support/seeded.ts';
import { UnknownFormatError } from '../unknown-format-error.ts';

/** Members that the page says are left out, and the ones that are only there to be joined or counted. */
const leftOut =
  /(?:^|\.)(?:policy|depGraphData|depsFilePaths|issues|issuesData|unresolved|links|filePaths|infrastructureAsCodeSuccesses)(?:\.|$)/;
const joined =
  /^(?:\d+\.)?(?:problemStore|_problemRefs|jsonapi|included|result\.(?:issuesData|remediation|projectType))(?:\.|$)/;
const samples = samplesIn('converters/snyk').filter(
  ({ name }) => !['damaged', 'hostile-keys', 'unmanaged', 'failed', 'platform-errors'].includes(name),
);
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

test('whatever a member says, it is in the log, or a diagnostic speaks of it', { timeout: 120_000 }, async () => {
  const random = seeded(20_261_122);
  const before = await Promise.all(
    samples.map(async ({ input, options }) => (await convertToLog(input, options)).diagnostics.map(said)),
  );
  let checked = 0;
  for (let round = 0; round < 400; round += 1) {
    const at = round % samples.length;
    const { name, input, options } = samples[at] as (typeof samples)[number];
    const report: unknown = JSON.parse(new TextDecoder().decode(input));
    const marker = `mutant-${round}`;
    const path = mark(report, random, marker);
    if (leftOut.test(path) || joined.test(path)) continue;
    const converted = await convertToLog(bytesOf(report), { ...options, from: 'snyk' }).catch(
      (error: unknown) => error,
    );
    // Without its only list it is no report of Snyk any more.
    if (converted instanceof UnknownFormatError) continue;
    if (converted instanceof Error) throw converted;
    const { log, summary, diagnostics } = converted as ConvertedLog;
    expect(summary.results + summary.rejected + summary.merged).toBe(summary.findings);
    expect(schemaErrors(log), `${name}: ${path}`).toEqual([]);
    const isKept = JSON.stringify(log).includes(marker);
    const isDoubted = diagnostics.map(said).some((words) => before[at]?.includes(words) !== true);
    expect(isKept || isDoubted, `${name}: ${path} became ${marker} and is nowhere`).toBe(true);
    checked += 1;
  }
  expect(checked).toBeGreaterThan(250);
});

function said({ ruleId, pointer, message, value = '' }: Diagnostic): string {
  return `${ruleId} ${pointer} ${message} ${value}`;
}

/** Puts a marked value of a random type in place of a random value. Returns the dotted path, with positions. */
function mark(report: unknown, random: () => number, marker: string): string {
  const places: { container: Record<string, unknown>; name: string; path: string }[] = [];
  const walk = (value: unknown, path: string) => {
    if (typeof value !== 'object' || value === null) return;
    for (const name of Object.keys(value)) {
      const here = path === '' ? name : `${path}.${name}`;
      places.push({ container: value as Record<string, unknown>, name, path: here });
      walk((value as Record<string, unknown>)[name], here);
    }
  };
  walk(report, '');
  const { container, name, path } = places[Math.floor(random() * places.length)] as (typeof places)[number];
  const values = [marker, [marker], { [marker]: marker }, { value: [marker] }, [[marker]]];
  container[name] = values[Math.floor(random() * values.length)];
  return path;
}
