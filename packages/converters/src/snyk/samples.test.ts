import { describe, expect, test } from 'vitest';
import type { ConverterPage } from '../documentation/converter-page.ts';
import { convertToLog } from '../test-support/convert-to-log.ts';
import { isAbout } from '../test-support/is-about.ts';
import { samplesIn } from '../test-support/samples.ts';
import { testExpectedLog } from '../test-support/test-expected-log.ts';
import { snykPage } from './page.ts';

const samples = samplesIn('converters/snyk');

/** How many findings each sample has; an issue of the platform counts once for each of its coordinates. */
const findings: Readonly<Record<string, number>> = {
  container: 3,
  'container-dockerfile': 2,
  damaged: 10,
  empty: 0,
  failed: 0,
  grouped: 3,
  'hostile-keys': 2,
  iac: 3,
  'iac-old': 1,
  'iac-passed': 4,
  'local-findings': 1,
  'multi-project': 2,
  'open-source': 8,
  'platform-coordinates': 3,
  'platform-errors': 0,
  'platform-issues': 5,
  'platform-pages': 2,
  'server-answer': 2,
  'test-result': 3,
  'test-result-code': 1,
  'test-result-mixed': 2,
  'test-result-secrets': 2,
  unmanaged: 2,
  'v1-project-issues': 2,
  'v1-reporting': 4,
};

test('every sample is known', () => expect(samples.map(({ name }) => name).sort()).toEqual(Object.keys(findings)));

describe.each(samples)('$name', (sample) => {
  const { name, input, options } = sample;
  testExpectedLog(sample);

  test('every finding is a result, part of one, or rejected', async () => {
    const { summary, results } = await convertToLog(input, options);
    expect(summary.findings).toBe(findings[name]);
    expect(summary.results + summary.rejected + summary.merged).toBe(summary.findings);
    expect(results).toHaveLength(summary.results);
    expect(summary.complete).toBe(true);
  });

  test('every diagnostic about the data has its place', async () => {
    const { diagnostics } = await convertToLog(input, options);
    for (const { place, message } of diagnostics) expect(place, message).toBeDefined();
  });

  test('every loss is on the page', async () => {
    const { summary } = await convertToLog(input, options);
    expect(summary.losses.filter(({ field }) => !isDocumented(field, snykPage))).toEqual([]);
  });
});

function isDocumented(field: string, { sections }: ConverterPage): boolean {
  return sections.flatMap(({ rows }) => rows).some((row) => row.fate !== 'placed' && isAbout(row, field));
}
