import { expect, test } from 'vitest';
import { convertersVerdicts } from './converters-bars.ts';
import { convertReport, parseReport } from './report-contestant.ts';
import type { Row } from './row.ts';

const fileOf = (label: string, bytes: number): Row['file'] => ({
  path: '',
  label,
  bytes,
  shape: 'flat',
  defectRatio: 0,
});
const small = fileOf('100mb snyk', 100e6);
const large = fileOf('1gb snyk', 1e9);
const rowOf = (file: Row['file'], contestant: Row['contestant'], more: Partial<Row> = {}): Row => ({
  file,
  contestant,
  wallMs: 1_000,
  repeats: 1,
  results: 5,
  peakBytes: 100e6,
  ...more,
});

test('speed, memory and findings are judged', () => {
  const verdicts = convertersVerdicts([
    rowOf(small, parseReport),
    rowOf(small, convertReport, { wallMs: 1_600 }),
    rowOf(large, convertReport, { peakBytes: 130e6 }),
  ]);
  expect(verdicts.map(({ passed, text }) => [passed, text])).toEqual([
    [true, '100mb snyk: 5 findings of 5 are accounted for'],
    [true, '100mb snyk: 1.60 × JSON.parse, at most 1.67 wanted'],
    [false, '1gb snyk: 1.30 × the peak memory of 100mb snyk, at most 1.2 wanted'],
  ]);
});

test('a finding that is lost, a slow conversion and one that went wrong fail', () => {
  const verdicts = convertersVerdicts([
    rowOf(small, parseReport),
    rowOf(small, convertReport, { wallMs: 1_700, results: 4 }),
    rowOf(large, convertReport, { trouble: 'exit code 1' }),
  ]);
  expect(verdicts.map(({ passed }) => passed)).toEqual([false, false, false]);
});

test('the conversion is read from the end of its document', () => {
  const output = '"files": [],\n  "account": {\n    "in": 12,\n    "accepted": 12';
  expect(convertReport.readReport?.(output, '\npeak memory 77\n')).toEqual({ results: 12, peakBytes: 77 });
  expect(() => convertReport.readReport?.('', '')).toThrow(/says no result/);
});
