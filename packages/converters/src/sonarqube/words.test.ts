import { expect, test } from 'vitest';
import { noDoubt } from '../diagnostics/doubt.ts';
import { Fields } from '../values/fields.ts';
import { readDependencyMessage } from './dependency-message.ts';
import { effortMinutes } from './effort.ts';
import { messageOf, readFormattings } from './formatted-message.ts';
import { withoutPeople } from './people.ts';
import { readDecision } from './resolution.ts';
import { severityOf, severityOfImpacts } from './severity.ts';
import { isPlainTag, taxaOfLinks, taxonOfStandard, taxonOfTag } from './standards.ts';
import { columnNames, offsetNames, readRange } from './text-range.ts';
import { findingAddress, ruleAddress, serverAddress } from './web-address.ts';

const fieldsOf = (object: Record<string, unknown>) => new Fields(object, noDoubt);

test.each([
  ['5min', 5],
  ['1h30min', 90],
  ['1h', 60],
  ['2d 1h', 1020],
  ['1d1h1min', 541],
  ['0min', 0],
])('an effort of %s is %d minutes', (text, minutes) => expect(effortMinutes(text)).toBe(minutes));

test.each(['', ' ', 'soon', '5', '-5min', '1h30'])('%j is no effort', (text) =>
  expect(effortMinutes(text)).toBeUndefined(),
);

test.each([
  ['BLOCKER', 'critical'],
  ['critical', 'high'],
  ['HIGH', 'high'],
  ['MAJOR', 'medium'],
  ['Medium', 'medium'],
  ['MINOR', 'low'],
  ['LOW', 'low'],
  ['INFO', 'info'],
  ['URGENT', undefined],
])('%s is %s', (word, severity) => expect(severityOf(word)).toBe(severity));

test('the impact on security counts, else the highest', () => {
  const of = (quality: string, severity: 'critical' | 'medium' | 'low') => ({ quality, severity });
  expect(severityOfImpacts([of('RELIABILITY', 'critical'), of('SECURITY', 'low')])).toBe('low');
  expect(severityOfImpacts([of('RELIABILITY', 'low'), of('MAINTAINABILITY', 'medium')])).toBe('medium');
  expect(severityOfImpacts([])).toBeUndefined();
});

test.each([
  ['cwe:79', 'CWE', '79'],
  ['owaspTop10:a7', 'OWASP Top 10 2017', 'A07'],
  ['owaspTop10-2021:a10', 'OWASP Top 10 2021', 'A10'],
  ['owaspMobileTop10-2024:m1', 'OWASP Mobile Top 10 2024', 'M01'],
])('the standard %s is %s %s', (text, taxonomy, id) => expect(taxonOfStandard(text)).toEqual({ taxonomy, id }));

test.each(['cwe:unknown', 'cwe:937', 'pciDss-3.2:6.5.7', 'stig-ASD_V5R3:V-222607', 'cwe', 'owaspTop10:unknown'])(
  'the standard %s is no class of weakness that is known',
  (text) => expect(taxonOfStandard(text)).toBeUndefined(),
);

test('tags may name classes', () => {
  expect(taxonOfTag('cwe-089')).toEqual({ taxonomy: 'CWE', id: '89' });
  expect(taxonOfTag('owasp-a3')).toEqual({ taxonomy: 'OWASP Top 10', id: 'A03' });
  expect(taxonOfTag('owasp-2021-a3')).toEqual({ taxonomy: 'OWASP Top 10 2021', id: 'A03' });
  for (const tag of ['cwe', 'cwe-937', 'owasp', 'cert', '']) expect(taxonOfTag(tag)).toBeUndefined();
  expect(['cwe-79', 'cwe', 'sql', 'cwe-937', ''].filter(isPlainTag)).toEqual(['cwe-79', 'cwe', 'sql']);
});

test('links in a description name weaknesses', () => {
  const html = '<a href="http://cwe.mitre.org/data/definitions/563.html">x</a> cwe.mitre.org/data/definitions/20';
  expect(taxaOfLinks(html).map(({ id }) => id)).toEqual(['563', '20']);
});

test.each([
  [{ status: 'OPEN' }, [], false],
  [{ status: 'CLOSED', resolution: 'FIXED' }, [], true],
  [{ issueStatus: 'FIXED' }, [], true],
  [{ status: 'RESOLVED', resolution: 'WONTFIX' }, ['WONTFIX'], false],
  [{ issueStatus: 'ACCEPTED' }, ['ACCEPTED'], false],
  [{ status: 'REVIEWED', resolution: 'ACKNOWLEDGED' }, ['acknowledged'], false],
  [{ status: 'REVIEWED', resolution: 'SAFE', comment: [{ markdown: 'Checked.' }] }, ['SAFE: Checked.'], false],
  [{}, undefined, false],
])('%j', (members, justifications, absent) => {
  const decision = readDecision(fieldsOf(members));
  expect(decision.suppressions?.map(({ justification }) => justification)).toEqual(justifications);
  expect(decision.absent).toBe(absent);
});

test('what a dependency check packs into a message comes out again', () => {
  expect(
    readDependencyMessage(
      'Filename: a.jar | Highest CVSS Score: 7.5 | Amount of CVSS: 1 | References: CVE-2099-1234 (7.5)',
    ),
  ).toEqual({ name: 'a.jar', advisories: ['CVE-2099-1234'], score: 7.5, taxa: [] });
  expect(readDependencyMessage('Filename: a | Reference: x | Category: CWE-79, CWE-80')?.taxa).toHaveLength(2);
  expect(readDependencyMessage('Filename: alone')).toBeUndefined();
  expect(readDependencyMessage('Remove this.')).toBeUndefined();
});

test('code in a message is marked, and the rest stays text', () => {
  const message = 'Use a*b, not `x`.';
  const formattings = readFormattings(fieldsOf({ f: [{ start: 4, end: 7, type: 'CODE' }] }), 'f', message);
  expect(messageOf(message, formattings)).toEqual({ text: message, markdown: 'Use `a*b`, not \\`x\\`.' });
  expect(readFormattings(fieldsOf({ f: [{ start: 4, end: 99 }] }), 'f', message)).toEqual([]);
});

test('offsets count from 0, columns from 1', () => {
  const range = (members: Record<string, number>) => readRange(fieldsOf(members), offsetNames);
  expect(range({ startLine: 3, endLine: 4, startOffset: 0, endOffset: 5 })).toEqual({
    startLine: 3,
    startColumn: 1,
    endLine: 4,
    endColumn: 6,
  });
  expect(range({ startLine: 3, endLine: 5, startOffset: 0, endOffset: 0 })).toEqual({ startLine: 3, endLine: 5 });
  expect(range({ startLine: 3, endLine: 2, startOffset: 1, endOffset: 2 })).toEqual({ startLine: 3, startColumn: 2 });
  expect(range({ startLine: 0, endLine: 0 })).toBeUndefined();
  expect(readRange(fieldsOf({ startLine: 5, startColumn: 2, endColumn: 7 }), columnNames)).toEqual({
    startLine: 5,
    startColumn: 3,
    endColumn: 8,
  });
});

test('people are left out of comments and changes', () => {
  expect(
    withoutPeople([
      {
        login: 'kim',
        markdown: 'x',
        diffs: [
          { key: 'assignee', newValue: 'kim' },
          { key: 'status', newValue: 'OPEN' },
        ],
      },
    ]),
  ).toEqual([{ markdown: 'x', diffs: [{ key: 'assignee' }, { key: 'status', newValue: 'OPEN' }] }]);
});

test('addresses of findings and rules', () => {
  const server = serverAddress('https://sonar.example.test/sonar/?x=1');
  expect(server).toBe('https://sonar.example.test/sonar');
  const finding = { key: 'K/1', isHotspot: false, project: 'a:b', branch: undefined, pullRequest: '7' };
  expect(findingAddress(server, finding)).toBe(
    'https://sonar.example.test/sonar/project/issues?id=a%3Ab&pullRequest=7&issues=K%2F1&open=K%2F1',
  );
  expect(findingAddress(undefined, finding)).toBeUndefined();
  expect(ruleAddress(server, 'hotspot:auth')).toBeUndefined();
  expect(serverAddress('javascript:alert(1)')).toBeUndefined();
});
