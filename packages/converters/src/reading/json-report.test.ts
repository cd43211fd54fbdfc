import { ReadError } from '@sariflow/sarif';
import { describe, expect, test } from 'vitest';
import { convertToLog } from '../test-support/convert-to-log.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const finding = (n: number) =>
  `{"check_id":"r","path":"a.py","start":{"line":${n},"col":1},"extra":{"message":"m${n}","severity":"LOW"}}`;
const report = `{"results":[${[1, 2, 3].map(finding).join(',\n')}],"errors":[],"version":"1.0.0"}`;
const convertReport = (text: string, allowTruncated = true) =>
  convertToLog(bytesOf(text), { from: 'semgrep', allowTruncated });

describe('one finding that is not JSON', () => {
  test.each([
    ['a value that is none', '"m2","severity":LOW'],
    ['a string without its end', '"m2,"severity":"LOW"'],
    ['a bracket too few', '"m2","severity":["LOW"'],
    ['a line break in a string', '"m\n2","severity":"LOW"'],
    ['a broken escape', '"m\\x2","severity":"LOW"'],
  ])('%s: the others are converted', async (_, broken) => {
    const { summary, results, diagnostics, log } = await convertReport(report.replace('"m2","severity":"LOW"', broken));
    expect(results.map(({ message }) => message.text)).toEqual(['m1', 'm3']);
    expect(summary).toMatchObject({
      findings: 3,
      results: 2,
      rejected: 1,
      merged: 0,
      truncated: false,
      complete: true,
    });
    expect(diagnostics).toMatchObject([
      { ruleId: 'SF-K109', level: 'error', pointer: '/results/1', place: { line: 2, column: 1 } },
    ]);
    expect(log.runs?.[0]?.invocations?.[0]?.toolExecutionNotifications?.[0]?.descriptor?.id).toBe('SF-K109');
    expect(log.runs?.[0]?.conversion?.invocation?.executionSuccessful).toBe(false);
  });

  test('bytes that are no UTF-8', async () => {
    const bytes = bytesOf(report);
    bytes[report.indexOf('m2')] = 0xff;
    const { summary, diagnostics } = await convertToLog(bytes, { from: 'semgrep' });
    expect(summary).toMatchObject({ findings: 3, results: 2, rejected: 1 });
    expect(diagnostics[0]?.message).toContain('not valid UTF-8');
  });

  test('what stands around the findings is read all the same', async () => {
    const { log } = await convertReport(report.replace('"m2"', 'm2'));
    expect(log.runs?.[0]?.tool.driver.version).toBe('1.0.0');
  });
});

test('what stands between findings is passed over, with its place', async () => {
  const { summary, diagnostics } = await convertReport(report.replace(',\n', ' \n'));
  expect(summary).toMatchObject({ findings: 3, results: 3, rejected: 0 });
  expect(diagnostics).toMatchObject([{ ruleId: 'SF-K204', place: { line: 2, column: 1 } }]);
});

describe('a report that ends early', () => {
  test('what is complete is converted, what was cut is rejected', async () => {
    const { summary, results, diagnostics } = await convertReport(report.slice(0, report.indexOf('"m3"')));
    expect(results.map(({ message }) => message.text)).toEqual(['m1', 'm2']);
    expect(summary).toMatchObject({ findings: 3, results: 2, rejected: 1, truncated: true, complete: true });
    expect(diagnostics.map(({ ruleId, pointer }) => [ruleId, pointer])).toEqual([
      ['SF-K203', '/results/2'],
      ['SF-K109', '/results/2'],
    ]);
  });

  test('between two findings nothing is rejected', async () => {
    const { summary } = await convertReport(report.slice(0, report.lastIndexOf(',\n') + 2));
    expect(summary).toMatchObject({ findings: 2, results: 2, rejected: 0, truncated: true });
  });

  test('after the findings they are all there', async () => {
    const { summary, diagnostics } = await convertReport(report.slice(0, -4));
    expect(summary).toMatchObject({ findings: 3, results: 3, rejected: 0, truncated: true });
    expect(diagnostics.map(({ ruleId }) => ruleId)).toEqual(['SF-K203']);
  });

  test('a caller may refuse it', async () => {
    const failed = await convertReport(report.slice(0, -4), false).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(ReadError);
    expect((failed as ReadError).completeElements).toBe(3);
  });

  test('in the middle of the only finding there is nothing to convert', async () => {
    await expect(convertReport('{"errors":[],"results":[{"check_id":"r"')).rejects.toBeInstanceOf(ReadError);
  });

  test('before the findings there is nothing to convert', async () => {
    await expect(convertReport('{"version":"1')).rejects.toBeInstanceOf(ReadError);
  });
});

test('very many broken findings are counted, in time that grows with the report', async () => {
  const many = Array.from({ length: 2_000 }, (_, n) =>
    n % 2 === 0 ? finding(n + 1) : finding(n + 1).replace('"LOW"', 'LOW'),
  );
  const { summary } = await convertReport(`{"results":[${many.join(',')}],"errors":[]}`);
  expect(summary).toMatchObject({ findings: 2_000, results: 1_000, rejected: 1_000 });
});
