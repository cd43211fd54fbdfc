import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ConverterPage } from '../documentation/converter-page.ts';
import type { Loss } from '../shell/losses.ts';
import { convertToLog } from '../test-support/convert-to-log.ts';
import { isAbout } from '../test-support/is-about.ts';
import { samplesIn } from '../test-support/samples.ts';
import { testExpectedLog } from '../test-support/test-expected-log.ts';
import { veracodePage } from './page.ts';

const samples = samplesIn('converters/veracode');

test('the samples are found', () => expect(samples.length).toBeGreaterThan(12));

describe.each(samples)('$name', (sample) => {
  const { input, options, path, ending } = sample;
  testExpectedLog(sample);

  test('every finding is a result or is rejected', async () => {
    const { summary, results } = await convertToLog(input, options);
    expect(summary.findings).toBe(countFindings(input, ending));
    expect(summary.results + summary.rejected).toBe(summary.findings);
    expect(results).toHaveLength(summary.results);
    expect(summary.complete).toBe(true);
  });

  test('every diagnostic about the data has its place', async () => {
    const { diagnostics } = await convertToLog(input, options);
    const lines = readFileSync(path(`input.${ending}`), 'utf8').split('\n');
    for (const { place, message } of diagnostics) {
      expect(place, message).toBeDefined();
      const { line = 0, column = 0, byteOffset = -1 } = place ?? {};
      const before = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0) + column - 1;
      expect(byteOffset, message).toBe(before);
    }
  });

  test('every loss is on the page', async () => {
    const { summary } = await convertToLog(input, options);
    expect(summary.losses.filter((loss) => !isDocumented(loss, veracodePage))).toEqual([]);
  });
});

/** Findings of a report by the most simple means: flaws and vulnerabilities, rows, or entries of the lists. */
function countFindings(input: Uint8Array, ending: string): number {
  const text = new TextDecoder().decode(input);
  if (ending === 'xml') return text.match(/<(?:flaw|vulnerability) /g)?.length ?? 0;
  if (ending === 'csv') return text.match(/^\d+[,;]/gm)?.length ?? 0;
  const report: unknown = JSON.parse(text);
  const pages = Array.isArray(report) ? (report as unknown[]) : [report];
  let count = 0;
  for (const page of pages as Record<string, unknown>[]) {
    const embedded = (page['_embedded'] ?? {}) as Record<string, unknown[]>;
    count += [page['findings'], embedded['findings'], embedded['issues']].flatMap((list) => list ?? []).length;
    for (const { vulnerabilities } of (page['records'] ?? []) as { vulnerabilities: { libraries: unknown[] }[] }[]) {
      for (const { libraries } of vulnerabilities) count += Math.max(libraries.length, 1);
    }
  }
  return count;
}

function isDocumented({ field, kept }: Loss, { sections }: ConverterPage): boolean {
  const rows = sections.flatMap((section) => section.rows);
  return rows
    .filter(
      ({ fate, from }) => (kept ? fate === 'kept' : fate === 'left out') && (from !== '*' || !field.includes('.')),
    )
    .some((row) => isAbout(row, field));
}
