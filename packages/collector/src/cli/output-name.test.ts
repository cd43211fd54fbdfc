import { expect, test } from 'vitest';
import { freeName, outputName } from './output-name.ts';

test.each([
  ['reports/semgrep.json', 'semgrep.sarif'],
  ['a.zip!/../../etc/passwd', 'passwd.sarif'],
  ['x.sarif.json.gz', 'x.sarif'],
  ['-', 'stdin.sarif'],
  ['dir/.hidden.json', 'hidden.sarif'],
  ['a\nb\x1b[31m.json', 'a_b_[31m.sarif'],
  ['C:\\scan\\out.xml', 'out.sarif'],
  ['.json', 'report.sarif'],
  [`${'x'.repeat(300)}.json`, `${'x'.repeat(100)}.sarif`],
])('%j gives %j', (path, name) => {
  expect(outputName(path)).toBe(name);
});

test('taken names get a number', () => {
  const taken = new Set(['a.sarif', 'a-2.sarif']);
  expect(freeName('a.sarif', (name) => taken.has(name))).toBe('a-3.sarif');
  expect(freeName('b.sarif', (name) => taken.has(name))).toBe('b.sarif');
});
