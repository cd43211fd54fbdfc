import { readFileSync } from 'node:fs';
import { type Diagnostic, validate } from '@sariflow/sarif';
import { describe, expect, test } from 'vitest';
import { convert } from '../convert.ts';
import type { ConverterPage } from '../documentation/converter-page.ts';
import { convertToLog } from '../test-support/convert-to-log.ts';
import { isAbout } from '../test-support/is-about.ts';
import { parseAt } from '../test-support/parse-at.ts';
import { samplesIn } from '../test-support/samples.ts';
import { testExpectedLog } from '../test-support/test-expected-log.ts';
import { sonarqubePage } from './page.ts';

const samples = samplesIn('converters/sonarqube');

test('the samples are found', () => expect(samples.length).toBeGreaterThan(10));

describe.each(samples)('$name', (sample) => {
  const { input, options, path } = sample;
  testExpectedLog(sample);

  test('has nothing that validation calls an error', async () => {
    const said: string[] = [];
    const report = ({ ruleId, level, message }: Diagnostic) => {
      if (level === 'error') said.push(`${ruleId} ${message}`);
    };
    for await (const _ of validate(await convert(input, options), { report })) {
      // Only what is reported counts.
    }
    expect(said).toEqual([]);
  });

  test('every finding is a result, is part of one, or is rejected', async () => {
    const { summary, results } = await convertToLog(input, options);
    expect(summary.findings).toBe(entriesOf(JSON.parse(new TextDecoder().decode(input))));
    expect(summary.results + summary.rejected + summary.merged).toBe(summary.findings);
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
    expect(summary.losses.filter(({ field }) => !isDocumented(field, sonarqubePage))).toEqual([]);
  });
});

/** Findings of a report, counted without the converter. */
function entriesOf(report: unknown): number {
  if (Array.isArray(report)) {
    const isPages = report.some((page) => page?.issues !== undefined || page?.hotspots !== undefined);
    return isPages ? report.reduce((sum: number, page) => sum + entriesOf(page), 0) : report.length;
  }
  const { issues, hotspots, component } = report as Record<string, unknown>;
  const lists = [issues, hotspots].filter((list) => Array.isArray(list));
  return lists.reduce((sum, list) => sum + list.length, component === undefined ? 0 : 1);
}

function isDocumented(field: string, { sections }: ConverterPage): boolean {
  return sections.flatMap(({ rows }) => rows).some((row) => row.fate !== 'placed' && isAbout(row, field));
}
