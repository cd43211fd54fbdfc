import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ConverterPage, Fate } from '../documentation/converter-page.ts';
import { convertToLog } from './convert-to-log.ts';
import { defectsOf } from './defects-of.ts';
import { isAbout } from './is-about.ts';
import { samplesIn } from './samples.ts';
import { testExpectedLog } from './test-expected-log.ts';

/**
 * What every sample of a tool owes: the log that is expected, which is valid, an account that adds up, places, and no loss but those of the page.
 *
 * @param folder below `test-data`
 * @param atLeast more samples than this are there
 */
export function describeSamples(folder: string, page: ConverterPage, atLeast: number): void {
  const samples = samplesIn(folder);

  test('the samples are found', () => expect(samples.length).toBeGreaterThan(atLeast));

  describe.each(samples)('$name', (sample) => {
    const { input, options, path } = sample;

    testExpectedLog(sample);

    test('is valid, and stays so for a destination', async () => {
      const { log } = await convertToLog(input, options);
      expect((await defectsOf(log)).filter(isAboutUs)).toEqual([]);
      expect((await defectsOf(log, 'cortex')).filter(isAboutUs)).toEqual([]);
    });

    test('every finding is a result, part of one, or rejected', async () => {
      const { summary, results } = await convertToLog(input, options);
      expect(summary.results + summary.rejected + summary.merged).toBe(summary.findings);
      expect(results).toHaveLength(summary.results);
      expect(summary.complete).toBe(true);
    });

    test('every diagnostic about the data has its place', async () => {
      const { diagnostics } = await convertToLog(input, options);
      const lines = readFileSync(path('input.json'), 'utf8').split('\n');
      for (const { place, message } of diagnostics) {
        expect(place, message).toBeDefined();
        expect(lines[(place?.line ?? 0) - 1], message).toBeDefined();
      }
    });

    test('every loss is on the page', async () => {
      const { summary } = await convertToLog(input, options);
      const undocumented = summary.losses.filter(
        ({ field, kept }) => !isDocumented(field, kept ? 'kept' : 'left out', page),
      );
      expect(undocumented).toEqual([]);
    });
  });
}

/** What the scan did not do, and what it did not find, is its own. */
function isAboutUs(words: string): boolean {
  return !['SF-V005', 'SF-V010', 'SF-C002', 'SF-C010'].some((ruleId) => words.startsWith(ruleId));
}

function isDocumented(field: string, wanted: Fate, { sections }: ConverterPage): boolean {
  return sections.flatMap(({ rows }) => rows).some((row) => row.fate === wanted && isAbout(row, field));
}
