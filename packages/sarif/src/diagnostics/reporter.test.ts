import { expect, test } from 'vitest';
import type { Diagnostic } from './diagnostic.ts';
import { Reporter } from './reporter.ts';

const diagnostic = (ruleId: string, at: number): Diagnostic => ({
  ruleId,
  level: 'warning',
  message: 'Text.',
  pointer: `/${at}`,
});

test('what repeats is listed as often as wanted, then counted', () => {
  const said: Diagnostic[] = [];
  let built = 0;
  const reporter = new Reporter((each) => said.push(each), 2);
  for (let at = 0; at < 5; at += 1) {
    reporter.add('SF-A', 'warning', () => {
      built += 1;
      return diagnostic('SF-A', at);
    });
  }
  for (let at = 0; at < 2; at += 1) reporter.add('SF-B', 'error', () => diagnostic('SF-B', at));
  expect(built).toBe(2);
  expect(said.map(({ ruleId, pointer }) => `${ruleId} ${pointer}`)).toEqual([
    'SF-A /0',
    'SF-A /1',
    'SF-B /0',
    'SF-B /1',
  ]);
  reporter.end();
  expect(said.slice(4)).toEqual([
    { ruleId: 'SF-A', level: 'warning', message: '3 more like the 2 above.', pointer: '', count: 3 },
  ]);
  reporter.end();
  expect(said).toHaveLength(5);
});

test('a hundred of each rule are listed where nothing else is said', () => {
  let said = 0;
  const reporter = new Reporter(() => {
    said += 1;
  });
  for (let at = 0; at < 250; at += 1) reporter.add('SF-A', 'note', () => diagnostic('SF-A', at));
  expect(said).toBe(100);
});

test('nothing is built where nobody listens', () => {
  const reporter = new Reporter(undefined);
  reporter.add('SF-A', 'note', () => expect.fail('built'));
  reporter.end();
});
