import { expect, test } from 'vitest';
import type { Output } from '../output.ts';
import { createPaint } from './paint.ts';
import { createProgress } from './progress.ts';

function output(isTerminal: boolean) {
  const written: string[] = [];
  const made: Output = {
    isTerminal,
    columns: 60,
    paint: createPaint(false),
    async write(chunk) {
      written.push(String(chunk));
    },
    line: (line) => written.push(`${line.value}\n`),
  };
  return { made, written };
}

test('on a terminal a bar that fits its width, drawn at most ten times a second', () => {
  const { made, written } = output(true);
  let now = 0;
  const progress = createProgress(made, false, () => now);
  for (let done = 0; done <= 100; done += 1) {
    now += 10;
    progress.update({ verb: 'sending', done, total: 100, unit: 'parts', note: '1.0 MB\x1b[31m' });
  }
  progress.hide();
  expect(written.length).toBeLessThanOrEqual(13);
  for (const line of written) expect(line.replace('\r\x1b[2K', '').length).toBeLessThanOrEqual(60);
  expect(written.join('')).not.toContain('\x1b[31m');
  expect(written.at(-1)).toBe('\r\x1b[2K');
});

test('in a build log a line now and then, and none with quiet', () => {
  const { made, written } = output(false);
  let now = 0;
  const progress = createProgress(made, false, () => now);
  for (let done = 0; done < 250; done += 1) {
    now += 100;
    progress.update({ verb: 'sending', done, unit: 'parts' });
  }
  expect(written).toEqual(['  10 s  sending 99 parts\n', '  20 s  sending 199 parts\n']);
  const quiet = output(true);
  createProgress(quiet.made, true, () => now).update({ verb: 'sending', done: 1, unit: 'parts' });
  expect(quiet.written).toEqual([]);
});
