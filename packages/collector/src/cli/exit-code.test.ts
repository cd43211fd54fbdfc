import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ExitName, exitCodes, exitFor } from './exit-code.ts';

const documented = [70, 4, 7, 5, 6, 8, 3, 1, 9];
const names = Object.keys(exitCodes) as ExitName[];
const nameOf = (code: number) => names.find((name) => exitCodes[name] === code)!;

test('the codes are the documented ones', () => {
  expect(names.map((name) => exitCodes[name]).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 70]);
});

test('of several, the documented order decides', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(documented, { minLength: 1 }), (codes) => {
      const expected = documented.find((code) => codes.includes(code));
      expect(exitFor([...codes.map(nameOf), 'ok']).code).toBe(expected);
    }),
  );
  expect(exitFor([])).toEqual({ code: 0, name: 'ok' });
});

test('soft fail forgives 3 to 9, and says what it forgave', () => {
  for (const name of names) {
    const exit = exitFor([name], { softFail: true });
    if (exitCodes[name] >= 3 && exitCodes[name] <= 9) expect(exit).toEqual({ code: 0, name, softFailed: true });
    else expect(exit).toEqual({ code: exitCodes[name], name });
  }
});

test('an interrupted run says so, unless there is a defect', () => {
  expect(exitFor(['undelivered'], { stoppedBy: 'SIGINT', softFail: true })).toEqual({ code: 130, name: 'interrupted' });
  expect(exitFor([], { stoppedBy: 'SIGTERM' })).toEqual({ code: 143, name: 'interrupted' });
  expect(exitFor(['internal'], { stoppedBy: 'SIGTERM' }).code).toBe(70);
});
