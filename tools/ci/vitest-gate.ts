import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../process/run-program.ts';
import type { Gate, GateResult } from './gate.ts';

/** As much of vitest's JSON report as is counted here. */
export interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** Every test of every package; a snapshot that is missing is a failure, not an occasion to write one. Progress comes from vitest; the numbers come from its JSON report. */
export const vitestGate: Gate = {
  name: 'tests',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'sariflow-tests-'));
    try {
      const reportPath = join(folder, 'report.json');
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`];
      const { code } = await runProgram('vitest', ['run', '--update=none', ...reporters], { output: 'show' });
      const text = await readFile(reportPath, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      });
      if (text === undefined) {
        return { passed: 0, failed: 1, skipped: 0, note: `vitest ended with exit code ${code} and wrote no report` };
      }
      return countTests(JSON.parse(text) as VitestReport, code);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

/**
 * Adds a vitest report up. A file that could not be loaded has no failed test in the report and counts as one; so do
 * errors outside of any test, which show in the exit code alone; so does a run without tests.
 */
export function countTests(report: VitestReport, exitCode: number): GateResult {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((assertion) => assertion.status === 'failed'),
  ).length;
  const passed = report.numPassedTests;
  const skipped = report.numPendingTests + report.numTodoTests;
  let failed = report.numFailedTests + brokenFiles;
  let note = `${report.testResults.length} files`;

  if (brokenFiles > 0) note = `${brokenFiles} of ${report.testResults.length} files could not be loaded`;
  if (passed + failed === 0) {
    failed = 1;
    note = 'no test was run';
  } else if (exitCode !== 0 && failed === 0) {
    failed = 1;
    note = `every test passed, but vitest ended with exit code ${exitCode}: see the errors above`;
  }
  return { passed, failed, skipped, note };
}
