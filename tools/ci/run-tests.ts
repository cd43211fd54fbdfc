import type { Gate, GateResult } from './gate.ts';
import { packageGate } from './package-gate.ts';
import { firstNumber, programGate } from './program-gate.ts';
import { vitestGate } from './vitest-gate.ts';

const turboTasks = firstNumber(/Tasks:\s+(\d+) successful/);
const turboArgs = ['--continue', '--output-logs=new-only', '--log-prefix=none'];

/** Everything that has to hold before a change may go in, in the order in which it is looked at. */
const gates: readonly Gate[] = [
  programGate({
    name: 'build',
    command: 'turbo',
    args: ['run', 'build', ...turboArgs],
    countSeen: turboTasks,
    atLeast: 3,
    unit: 'packages',
  }),
  programGate({
    name: 'types',
    command: 'turbo',
    args: ['run', 'typecheck', ...turboArgs],
    countSeen: turboTasks,
    // Three packages that are built first, and those three and the tools checked.
    atLeast: 7,
    unit: 'tasks',
  }),
  programGate({
    name: 'types of the project tests',
    command: 'tsc',
    args: ['-p', 'tests/tsconfig.json', '--diagnostics'],
    countSeen: firstNumber(/^Files:\s+(\d+)/m),
    atLeast: 4,
    unit: 'files',
  }),
  programGate({
    name: 'lint and format',
    command: 'biome',
    args: ['check', '.', '--error-on-warnings'],
    countSeen: firstNumber(/Checked (\d+) files/),
    atLeast: 100,
    unit: 'files',
  }),
  programGate({
    name: 'unused code and dependencies',
    command: 'knip',
    args: ['--no-progress', '--reporter', 'symbols', '--reporter', './tools/ci/knip-reporter.ts'],
    countSeen: firstNumber(/^Looked at (\d+) files$/m),
    atLeast: 100,
    unit: 'files',
  }),
  vitestGate,
  packageGate,
];

/** Runs every gate, also after a failure: one run shows all that is wrong. Returns the exit code. */
async function main(): Promise<number> {
  const results: { gate: Gate; result: GateResult; seconds: number }[] = [];
  for (const gate of gates) {
    process.stdout.write(`\n=== ${gate.name}\n`);
    const started = performance.now();
    const result = await gate.run();
    results.push({ gate, result, seconds: (performance.now() - started) / 1000 });
  }

  process.stdout.write('\n=== summary\n');
  for (const { gate, result, seconds } of results) {
    const verdict = result.failed === 0 ? 'ok    ' : 'FAILED';
    process.stdout.write(`${verdict} ${gate.name} (${seconds.toFixed(1)} s): ${result.note}\n`);
  }

  const sum = (pick: (result: GateResult) => number): number =>
    results.reduce((total, { result }) => total + pick(result), 0);
  const failed = sum((result) => result.failed);
  process.stdout.write(
    `${sum((result) => result.passed)} passed, ${failed} failed, ${sum((result) => result.skipped)} skipped\n`,
  );
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main();
