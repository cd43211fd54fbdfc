import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ConverterPage } from '../documentation/converter-page.ts';
import { convertToLog } from '../test-support/convert-to-log.ts';
import { samplesIn } from '../test-support/samples.ts';
import { schemaErrors } from '../test-support/schema.ts';
import { semgrepPage } from './page.ts';

const samples = samplesIn('converters/semgrep');

test('the samples are found', () => expect(samples.length).toBeGreaterThan(10));

describe.each(samples)('$name', ({ input, options, path }) => {
  test('becomes the expected log', async () => {
    const { log, diagnostics, summary } = await convertToLog(input, options);
    const said = diagnostics.map(({ ruleId, pointer, place, message }) => ({
      ruleId,
      pointer,
      line: place?.line,
      column: place?.column,
      message,
    }));
    await expect(`${JSON.stringify(log, null, 2)}\n`).toMatchFileSnapshot(path('expected.sarif'));
    await expect(`${JSON.stringify({ diagnostics: said, summary }, null, 2)}\n`).toMatchFileSnapshot(
      path('expected.json'),
    );
  });

  test('passes the schema', async () => {
    expect(schemaErrors((await convertToLog(input, options)).log)).toEqual([]);
  });

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

/** The JSON value that starts at a byte: the shortest text from there that parses. */
function parseAt(bytes: Uint8Array, offset: number): unknown {
  for (let end = offset + 1; end <= bytes.length; end += 1) {
    const next = bytes[end];
    const isWord = next !== undefined && /[\w.+-]/.test(String.fromCharCode(next));
    if (isWord && !/["}\]]/.test(String.fromCharCode(bytes[end - 1] as number))) continue;
    try {
      return JSON.parse(new TextDecoder().decode(bytes.subarray(offset, end)));
    } catch {
      // Not a whole value yet.
    }
  }
  return undefined;
}

function isDocumented(field: string, { sections }: ConverterPage): boolean {
  const patterns = sections.flatMap(({ rows }) => rows).filter(({ fate }) => fate !== 'placed');
  return patterns.some(({ from }) =>
    from.split(', ').some((pattern) => {
      const [before = '', after] = pattern.split('*');
      return after === undefined ? pattern === field : field.startsWith(before);
    }),
  );
}
