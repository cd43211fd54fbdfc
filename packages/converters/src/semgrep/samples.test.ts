import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ConverterPage } from '../documentation/converter-page.ts';
import { convertToLog } from '../test-support/convert-to-log.ts';
import { isAbout } from '../test-support/is-about.ts';
import { parseAt } from '../test-support/parse-at.ts';
import { samplesIn } from '../test-support/samples.ts';
import { testExpectedLog } from '../test-support/test-expected-log.ts';
import { semgrepPage } from './page.ts';

const samples = samplesIn('converters/semgrep');

test('the samples are found', () => expect(samples.length).toBeGreaterThan(10));

describe.each(samples)('$name', (sample) => {
  const { input, options, path } = sample;
  testExpectedLog(sample);

  test('every finding is a result or is rejected', async () => {
    const { summary, results } = await convertToLog(input, options);
    const document: unknown = JSON.parse(new TextDecoder().decode(input));
    const parts = (Array.isArray(document) ? document : [document]) as Record<string, unknown[]>[];
    const isReport = (part: Record<string, unknown>) => ['results', 'findings', 'vulns'].some((name) => name in part);
    const reports = parts.some(isReport) ? parts : [{ results: parts }];
    const entries = reports.flatMap((report) =>
      [report['results'], report['findings'], report['vulns']].flatMap((list) => list ?? []),
    );
    expect(summary.findings).toBe(entries.length);
    expect(summary.results + summary.rejected).toBe(summary.findings);
    expect(results).toHaveLength(summary.results);
    expect(summary.complete).toBe(true);
  });

  test('every diagnostic about the data has its place', async () => {
    const { diagnostics } = await convertToLog(input, options);
    const text = readFileSync(path('input.json'));
    for (const { place, value, message } of diagnostics) {
      expect(place, message).toBeDefined();
      if (value === undefined || value.length >= 200) continue;
      const there = JSON.stringify(parseAt(text, place?.byteOffset ?? 0));
      expect(there.slice(0, 100)).toBe(value.slice(0, 100));
    }
  });

  test('every loss is on the page', async () => {
    const { summary } = await convertToLog(input, options);
    expect(summary.losses.filter(({ field }) => !isDocumented(field, semgrepPage))).toEqual([]);
  });
});

function isDocumented(field: string, { sections }: ConverterPage): boolean {
  return sections.flatMap(({ rows }) => rows).some((row) => row.fate !== 'placed' && isAbout(row, field));
}
