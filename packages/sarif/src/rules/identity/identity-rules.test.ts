import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { readSarif } from '../../read/read-sarif.ts';
import { validate } from '../../validate/validate.ts';

async function said(results: readonly object[]): Promise<string[]> {
  const diagnostics: Diagnostic[] = [];
  const log = {
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'T', rules: [{ id: 'R1' }, { id: 'R2' }] } }, results }],
  };
  const report = (diagnostic: Diagnostic) => diagnostics.push(diagnostic);
  for await (const event of validate(readSarif(new TextEncoder().encode(JSON.stringify(log))), { report })) void event;
  for (const { place, ruleId } of diagnostics) expect([ruleId, place]).not.toEqual([ruleId, undefined]);
  return diagnostics
    .filter(({ ruleId }) => ruleId.startsWith('SF-V7'))
    .map(({ ruleId, pointer }) => `${ruleId} ${pointer.replace('/runs/0/results/', '')}`);
}

const at = (uri: string, startLine: number) => [
  { physicalLocation: { artifactLocation: { uri }, region: { startLine } } },
];
const result = (line: number, more: object = {}) => ({
  ruleId: 'R1',
  message: { text: `Text ${line}.` },
  locations: at('src/a.js', line),
  ...more,
});
const stable = (...values: string[]) =>
  values.map((value, index) => result(index + 1, { fingerprints: { 'own/v1': value } }));

describe('results and their fingerprints', () => {
  test.each<[what: string, results: readonly object[], said: readonly string[]]>([
    ['none', [], []],
    ['equal results', [result(1), result(2), result(1), result(1)], ['SF-V701 2', 'SF-V701 3', 'SF-V705 0']],
    ['one that differs in its place', [result(1), result(2, { message: { text: 'Text 1.' } })], ['SF-V705 0']],
    ['one fingerprint among several', [result(1), result(2, { partialFingerprints: { a: 'b' } })], []],
    ['fingerprints without a name', [result(1, { partialFingerprints: {} })], ['SF-V705 0']],
    ['different fingerprints', stable('a1', 'b2'), []],
    [
      'one value for two rules, told once',
      [
        ...stable('a1', 'b2'),
        ...[3, 4].map((line) => result(line, { ruleId: 'R2', fingerprints: { 'own/v1': 'a1' } })),
      ],
      ['SF-V702 2/fingerprints/own~1v1'],
    ],
    [
      'one value for two files',
      [...stable('a1', 'b2'), result(3, { locations: at('src/b.js', 3), fingerprints: { 'own/v1': 'a1' } })],
      ['SF-V702 2/fingerprints/own~1v1'],
    ],
    ['one value for all', stable('a1', 'a1'), ['SF-V703 0/fingerprints/own~1v1']],
    ['one value for all but one', stable('a1', 'a1', 'b2'), []],
    [
      'one value for all of one line',
      ['One.', 'Two.'].map((text) => ({
        ...result(1),
        message: { text },
        fingerprints: { a: 'x' },
      })),
      [],
    ],
    ['no value, told once for each name', stable('', 'requires login', '0'), ['SF-V703 0/fingerprints/own~1v1']],
    [
      'nothing that is only partial',
      [result(1, { partialFingerprints: { a: '' } })],
      ['SF-V703 0/partialFingerprints/a'],
    ],
    ['a column of 0', [1, 2].map((line) => result(line, { partialFingerprints: { column: '0' } })), []],
    [
      'an absolute path',
      [result(1, { partialFingerprints: { a: 'C:\\build\\a.js:f' } })],
      ['SF-V703 0/partialFingerprints/a'],
    ],
    ['the address of a page', [result(1, { partialFingerprints: { a: 'https://shop.example/home/x' } })], []],
    ['Base64 with slashes', [result(1, { partialFingerprints: { a: '/9j/4AAQ+home/Users==' } })], []],
    ['the line', [result(12, { partialFingerprints: { a: 'src/a.js:12:3' } })], ['SF-V703 0/partialFingerprints/a']],
    ['another number', [result(12, { partialFingerprints: { a: 'src/a.js:120' } })], []],
    ['the hash of line 1', [result(1, { partialFingerprints: { primaryLocationLineHash: 'c129715d7a2bc9a3:1' } })], []],
    [
      'a version that is none, told once for each name',
      [1, 2].map((line) =>
        result(line, { partialFingerprints: { 'a/V1': `x${line}`, 'b/v1': `y${line}`, '0': `z${line}` } }),
      ),
      ['SF-V704 0/partialFingerprints/a~1V1'],
    ],
  ])('%s', async (_what, results, expected) => expect(await said(results)).toEqual(expected));
});
