import { expect, test } from 'vitest';
import { firstNumber, programGate } from './program-gate.ts';

/** A gate over a small program that prints `output` and exits with `code`. */
function gateOver(output: string, code: number) {
  return programGate({
    name: 'sample',
    command: process.execPath,
    args: ['-e', `process.stdout.write(${JSON.stringify(output)}); process.exitCode = ${code};`],
    countSeen: firstNumber(/saw (\d+) files/),
    atLeast: 5,
    unit: 'files',
    output: 'collect',
  });
}

test('a program that looked at enough passes', async () => {
  expect(await gateOver('saw 12 files\n', 0).run()).toEqual({ passed: 1, failed: 0, skipped: 0, note: '12 files' });
});

test.each([
  ['saw 12 files', 3, 'exit code 3'],
  ['saw 0 files', 0, 'looked at 0 files'],
  ['all is well', 0, 'looked at 0 files'],
])("a program that prints '%s' and exits with %d fails", async (output, code, note) => {
  expect(await gateOver(output, code).run()).toMatchObject({
    passed: 0,
    failed: 1,
    note: expect.stringContaining(note),
  });
});

test('a program that cannot be started fails', async () => {
  const gate = programGate({
    name: 'sample',
    command: 'no-such-program-anywhere',
    args: [],
    countSeen: () => 10,
    atLeast: 1,
    unit: 'files',
    output: 'collect',
  });
  expect(await gate.run()).toMatchObject({ passed: 0, failed: 1 });
});
