import { describe, expect, test } from 'vitest';
import { judge } from './bars.ts';
import { type ContestantId, contestants } from './contestant.ts';
import { type BenchFile, median, type Row, rowOf } from './row.ts';
import { renderTable } from './table.ts';

const hundred: BenchFile = { path: 'a', label: '100mb flat', bytes: 100e6, shape: 'flat', defectRatio: 0 };
const thousand: BenchFile = { path: 'b', label: '1gb flat', bytes: 1e9, shape: 'flat', defectRatio: 0 };

function row(file: BenchFile, id: ContestantId, wallMs: number, peakBytes: number, results = 10): Row {
  const contestant = contestants.find((candidate) => candidate.id === id)!;
  return rowOf(file, contestant, [{ wallMs, peakBytes, results }]);
}

function failures(rows: readonly Row[]): string[] {
  return judge(rows).flatMap(({ passed, text }) => (passed ? [] : [text]));
}

describe('the bars', () => {
  const baseline = row(hundred, 'json-parse', 1_000, 500e6);

  test('pass a fast and lean run', () => {
    const rows = [baseline, row(hundred, 'sariflow', 400, 100e6), row(thousand, 'sariflow', 4_300, 115e6)];
    expect(judge(rows)).toHaveLength(6);
    expect(failures(rows)).toEqual([]);
  });

  test('fail a slow run', () => {
    expect(failures([baseline, row(hundred, 'sariflow', 600, 100e6)])).toEqual([
      '100mb flat: 0.60 × JSON.parse, at most 0.5 wanted',
    ]);
  });

  test('fail memory that grows with the file', () => {
    const rows = [baseline, row(hundred, 'sariflow', 400, 100e6), row(thousand, 'sariflow', 4_000, 210e6)];
    expect(failures(rows)).toHaveLength(2);
  });

  test('fail time that grows faster than the file', () => {
    const rows = [baseline, row(hundred, 'sariflow', 400, 100e6), row(thousand, 'sariflow', 4_500, 100e6)];
    expect(failures(rows)).toEqual(['1gb flat: 11.3 × the time at 100 MB, at most 11 wanted']);
  });

  test('fail a log full of defects that takes too long', () => {
    const defective = { ...hundred, label: '100mb flat, 100 % defective', defectRatio: 1 };
    const rows = [baseline, row(hundred, 'sariflow', 400, 100e6)];
    expect(failures([...rows, row(defective, 'sariflow', 1_500, 100e6)])).toEqual([]);
    expect(failures([...rows, row(defective, 'sariflow', 1_700, 100e6)])).toHaveLength(1);
  });

  test('fail a run that lost results', () => {
    expect(failures([baseline, row(hundred, 'sariflow', 400, 100e6, 9)])).toHaveLength(1);
  });

  test('fail a run that broke', () => {
    const broken = rowOf(hundred, row(hundred, 'sariflow', 1, 1).contestant, [
      { wallMs: 5, trouble: 'exit code 1: oh' },
    ]);
    expect(failures([baseline, broken])).toEqual(['100mb flat: exit code 1: oh']);
  });
});

test('the table shows ratios against JSON.parse of the same file', () => {
  const table = renderTable([row(hundred, 'json-parse', 2_000, 500e6), row(hundred, 'sariflow', 1_000, 90e6)]);
  expect(table).toMatch(/JSON\.parse\(readFileSync\) +2\.00 s +1\.00 +50 +500 MB +10/);
  expect(table).toMatch(/sariflow upload --dry-run +1\.00 s +0\.50 +100 +90 MB +10/);
});

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[7], 7],
])('the median of %j is %d', (values, middle) => {
  expect(median(values)).toBe(middle);
});
