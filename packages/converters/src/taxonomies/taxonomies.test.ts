import { expect, test } from 'vitest';
import { cweOf, cweTag, cweTexts } from './cwe.ts';
import { owaspOf, owaspTag } from './owasp.ts';

test.each([
  ['CWE-89: SQL Injection', '89', 'SQL Injection'],
  ['cwe:089', '89', undefined],
  ['CWE-79', '79', undefined],
  ['79', '79', undefined],
  ["CWE-78: Neutralization ('OS Command Injection')", '78', "Neutralization ('OS Command Injection')"],
])('%s', (text, id, name) =>
  expect(cweOf(text)).toEqual({ taxonomy: 'CWE', id, ...(name === undefined ? { name } : { name }) }),
);

test.each([
  ['CWE-20 CWE-295', ['CWE-20', 'CWE-295']],
  ['CWE-79, cwe:80;CWE_81', ['CWE-79', 'cwe:80', 'CWE_81']],
  ['CWE-79: not CWE-80', ['CWE-79: not CWE-80']],
  ['CWE-79 CWE', ['CWE-79 CWE']],
  ['', ['']],
])('%j lists %j', (text, texts) => expect(cweTexts(text)).toEqual(texts));

test.each(['NVD-CWE-noinfo', 'NVD-CWE-Other', 'NONE', '', 'CWE-', 'CWE-0', '12 monkeys'])('%j is no CWE', (text) => {
  expect(cweOf(text)).toBeUndefined();
});

test.each([
  ['A03:2021 - Injection', 'OWASP Top 10 2021', 'A03', 'Injection', 'external/owasp/a03-2021'],
  ['A3: Sensitive Data Exposure', 'OWASP Top 10', 'A03', 'Sensitive Data Exposure', 'external/owasp/a03'],
  ['A01:2017 - Injection', 'OWASP Top 10 2017', 'A01', 'Injection', 'external/owasp/a01-2017'],
  [
    'API8:2023 - Misconfiguration',
    'OWASP API Security Top 10 2023',
    'API08',
    'Misconfiguration',
    'external/owasp/api08-2023',
  ],
  [
    'LLM01:2023 - Prompt Injection',
    'OWASP Top 10 for LLM Applications 2023',
    'LLM01',
    'Prompt Injection',
    'external/owasp/llm01-2023',
  ],
])('%s', (text, taxonomy, id, name, tag) => {
  const taxon = owaspOf(text);
  expect(taxon).toEqual({ taxonomy, id, name });
  expect(owaspTag(taxon!)).toBe(tag);
});

test('other words are no OWASP category', () => {
  expect(owaspOf('Injection')).toBeUndefined();
  expect(owaspOf('A Mess')).toBeUndefined();
});

test('tags have three digits', () => expect(cweTag('79')).toBe('external/cwe/cwe-079'));
