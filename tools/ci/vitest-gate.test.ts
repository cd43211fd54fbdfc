import { describe, expect, test } from 'vitest';
import { countTests, type VitestReport } from './vitest-gate.ts';

const clean: VitestReport = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
};

describe('the sum of a vitest report', () => {
  test('counts what passed and what was left out', () => {
    expect(countTests(clean, 0)).toMatchObject({ passed: 3, failed: 0, skipped: 2 });
  });

  test('counts failed tests once', () => {
    const report: VitestReport = {
      ...clean,
      numFailedTests: 2,
      testResults: [{ status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'failed' }] }],
    };
    expect(countTests(report, 1)).toMatchObject({ passed: 3, failed: 2 });
  });

  test('counts a file that could not be loaded', () => {
    const report: VitestReport = { ...clean, testResults: [{ status: 'failed', assertionResults: [] }] };
    expect(countTests(report, 1)).toMatchObject({ failed: 1, note: expect.stringContaining('could not be loaded') });
  });

  test('fails for an error outside of any test', () => {
    expect(countTests(clean, 1)).toMatchObject({ passed: 3, failed: 1 });
  });

  test('fails when no test was run', () => {
    const report: VitestReport = { ...clean, numPassedTests: 0, testResults: [] };
    expect(countTests(report, 0)).toMatchObject({ passed: 0, failed: 1, note: 'no test was run' });
  });
});
