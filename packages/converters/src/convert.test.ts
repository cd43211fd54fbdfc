import { ReadError, type SarifEvent } from '@sariflow/sarif';
import { describe, expect, test } from 'vitest';
import { convert } from './convert.ts';
import { convertToLog } from './test-support/convert-to-log.ts';
import { UnknownFormatError } from './unknown-format-error.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const finding = (n: number) =>
  `{"check_id":"r","path":"a.py","start":{"line":${n},"col":1},"end":{"line":${n},"col":2},"extra":{"message":"m${n}","severity":"LOW","metadata":{}}}`;
const report = `{"results":[${finding(1)},${finding(2)}],"errors":[]}`;

test('the header comes first, then the results, then the end', async () => {
  const types: SarifEvent['type'][] = [];
  for await (const { type } of await convert(bytesOf(report))) types.push(type);
  expect(types).toEqual(['log-start', 'run-start', 'result', 'result', 'run-end', 'log-end']);
});

test('the format and the reason are known before the first event', async () => {
  const conversion = await convert(bytesOf(report));
  expect(conversion).toMatchObject({
    format: 'semgrep',
    title: 'Semgrep JSON',
    because: 'it has "results[].check_id"',
  });
  expect(conversion.summary).toMatchObject({ findings: 0, results: 0, complete: false });
});

test('the counts are final when the last event was read', async () => {
  const conversion = await convert(bytesOf(report));
  const seen: boolean[] = [];
  for await (const event of conversion) if (event.type === 'result') seen.push(conversion.summary.complete);
  expect(seen).toEqual([false, false]);
  expect(conversion.summary).toMatchObject({ findings: 2, results: 2, rejected: 0, merged: 0, complete: true });
});

test('a second iteration is refused instead of being empty', async () => {
  const conversion = await convert(bytesOf(report));
  for await (const _ of conversion);
  expect(() => conversion[Symbol.asyncIterator]()).toThrow(/once/);
});

test('SARIF passes through', async () => {
  const sarif = '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T"}},"results":[{"message":{"text":"m"}}]}]}';
  const conversion = await convert(bytesOf(sarif));
  const types: string[] = [];
  for await (const { type } of conversion) types.push(type);
  expect(conversion.format).toBe('sarif');
  expect(types).toEqual(['log-start', 'run-start', 'result', 'run-end', 'log-end']);
  expect(conversion.summary).toMatchObject({ findings: 1, results: 1, complete: true });
});

test('a stream that can be read once is converted', async () => {
  const { summary } = await convertToLog(new Blob([report]).stream());
  expect(summary.results).toBe(2);
});

describe('what cannot be converted is called by its name', () => {
  test.each([
    ['SF-K002', '{"bomFormat":"CycloneDX"}', /CycloneDX/],
    ['SF-K002', '<!doctype html><html>', /HTML page.*browser/],
    ['SF-K002', '{"a":1}\n{"b":2}', /several JSON documents/],
    ['SF-K001', '{"findings":[]}', /semgrep, veracode/],
    ['SF-K001', 'no report', /starts with "no report"/],
  ])('%s %s', async (code, text, message) => {
    const failed = await convert(bytesOf(text)).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(UnknownFormatError);
    expect((failed as UnknownFormatError).code).toBe(code);
    expect((failed as UnknownFormatError).message).toMatch(message);
    expect((failed as UnknownFormatError).diagnostic).toMatchObject({ ruleId: code, level: 'error' });
  });

  test('a caller who names the wrong format is told what is missing', async () => {
    await expect(convertToLog(bytesOf('{"runs":[]}'), { from: 'semgrep' })).rejects.toThrow(
      /"results", "findings" or "vulns"/,
    );
    await expect(convertToLog(bytesOf('[]'), { from: 'semgrep' })).rejects.toBeInstanceOf(UnknownFormatError);
  });
});

describe('bytes that cannot be read', () => {
  test.each([
    ['a report that was cut before its findings', report.slice(0, 8)],
    ['a report that is broken before its findings', report.replace(':', ';')],
    ['two reports in one file', `${report}${report}`],
  ])('%s: a read error', async (_, text) => {
    const failed = await convertToLog(bytesOf(text), { from: 'semgrep' }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(ReadError);
  });
});

test('a repeated member is told, because only the last one counts', async () => {
  const twice = report.replace('{"results"', `{"results":[${finding(9)}],"results"`);
  const { summary, diagnostics, log } = await convertToLog(bytesOf(twice));
  expect(summary.findings).toBe(2);
  expect(diagnostics.map(({ ruleId }) => ruleId)).toEqual(['SF-K202']);
  expect(log.runs?.[0]?.invocations?.[0]?.toolExecutionNotifications?.[0]?.descriptor?.id).toBe('SF-K202');
});

test('an abort ends the conversion', async () => {
  const controller = new AbortController();
  const conversion = await convert(bytesOf(report), { signal: controller.signal });
  controller.abort();
  await expect(async () => {
    for await (const _ of conversion);
  }).rejects.toThrow(/abort/i);
});

test('results without a place get the one that the caller names', async () => {
  const text = '{"results":[{"check_id":"r","extra":{"message":"m","severity":"LOW","metadata":{}}}],"errors":[]}';
  const { results } = await convertToLog(bytesOf(text), { syntheticLocation: 'README.md' });
  expect(results[0]?.locations).toEqual([{ physicalLocation: { artifactLocation: { uri: 'README.md' } } }]);
});

test('very many rejected findings are counted, and not all listed', async () => {
  const text = `{"results":[${finding(1)}${',7'.repeat(3_000)}],"errors":[]}`;
  const { summary, log, diagnostics } = await convertToLog(bytesOf(text));
  expect(summary).toMatchObject({ findings: 3_001, results: 1, rejected: 3_000 });
  expect(diagnostics).toHaveLength(3_000);
  const notifications = log.runs?.[0]?.invocations?.[0]?.toolExecutionNotifications ?? [];
  expect(notifications.length).toBeLessThanOrEqual(1_002);
  expect(JSON.stringify(notifications.at(-1))).toContain('2100 times');
});

describe('a survey', () => {
  test('tells the runs before any result, and the iteration goes on from there', async () => {
    let reads = 0;
    const bytes = bytesOf(report);
    const source = {
      stream: async function* () {
        reads += 1;
        yield bytes;
      },
    };
    const plain: SarifEvent[] = [];
    for await (const event of await convert(source)) plain.push(event);
    const readsOfPlain = reads;

    reads = 0;
    const conversion = await convert(source);
    const runs = await conversion.survey();
    expect(runs).toMatchObject([
      { runIndex: 0, results: 'array', count: 2, run: { tool: { driver: { name: 'Semgrep' } } } },
    ]);
    expect(await conversion.survey()).toEqual(runs);
    expect(conversion.summary).toMatchObject({ findings: 2, results: 0, rejected: 0, complete: false });
    const events: SarifEvent[] = [];
    for await (const event of conversion) events.push(event);
    expect(events).toEqual(plain);
    expect(reads).toBe(readsOfPlain);
    expect(conversion.summary).toMatchObject({ findings: 2, results: 2, complete: true });
  });

  test('does not count what cannot become a result', async () => {
    const conversion = await convert(bytesOf(`{"results":[${finding(1)},{"path":"a.py"}],"errors":[]}`));
    expect(await conversion.survey()).toMatchObject([{ count: 1 }]);
  });

  test('tells nothing where findings become part of others', async () => {
    const entry = (from: string) =>
      `{"id":"SNYK-JS-A-1","title":"t","severity":"high","packageName":"a","version":"1","from":["p","${from}","a@1"]}`;
    const snyk = `{"vulnerabilities":[${entry('b')},${entry('c')}],"ok":false,"projectName":"p","packageManager":"npm"}`;
    const conversion = await convert(bytesOf(snyk), { from: 'snyk' });
    expect(await conversion.survey()).toBeUndefined();
    let results = 0;
    for await (const { type } of conversion) if (type === 'result') results += 1;
    expect(results).toBe(1);
    expect(conversion.summary).toMatchObject({ findings: 2, results: 1, merged: 1, complete: true });
  });
});
