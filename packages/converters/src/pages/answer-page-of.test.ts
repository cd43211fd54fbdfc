import { expect, test } from 'vitest';
import { answerPageOf } from './answer-page-of.ts';

const pageOf = (value: unknown) => answerPageOf(new TextEncoder().encode(JSON.stringify(value)));

const issue = { key: 'a', project: 'p', rule: 'r', component: 'p:a.c', message: 'm' };
const issues = (pageIndex: number, total = 3) => ({
  paging: { pageIndex, pageSize: 2, total },
  issues: [issue, issue],
});

const findings = (number: number, path = 'a/findings') => ({
  page: { number, size: 1, total_elements: 2, total_pages: 2 },
  _links: { self: { href: `https://api.example.test/${path}?page=${number}&size=1` } },
  _embedded: { findings: [{ scan_type: 'STATIC' }] },
});

const data = (from?: string) => ({
  jsonapi: { version: '1.0' },
  data: [{ type: 'issue' }],
  links: {
    self: `/rest/orgs/o/issues?version=1&limit=1${from === undefined ? '' : `&starting_after=${from}`}`,
    next: 'x',
  },
});

test.each<[name: string, first: unknown, second: unknown, other: unknown, findings: number]>([
  ['SonarQube', issues(1), issues(2), issues(2, 4), 2],
  [
    'SonarQube, old',
    { p: 1, ps: 1, total: 2, issues: [issue] },
    { p: 2, ps: 1, total: 2, issues: [issue] },
    { p: 2, ps: 1, total: 2, issues: [{ ...issue, branch: 'b' }] },
    1,
  ],
  ['Veracode', findings(0), findings(1), findings(1, 'b/findings'), 1],
  ['Snyk', data(), data('x'), { ...data('x'), links: { self: '/rest/orgs/p/issues?version=1&limit=1', next: 'y' } }, 1],
])('%s: pages of one answer are told from those of another', async (_name, first, second, other, count) => {
  const pages = [await pageOf(first), await pageOf(second), await pageOf(other)];
  expect(pages.map((page) => page?.findings)).toEqual([count, count, count]);
  expect(pages[1]?.answer).toBe(pages[0]?.answer);
  expect(pages[1]?.page).not.toBe(pages[0]?.page);
  expect(pages[2]?.answer).not.toBe(pages[0]?.answer);
});

test.each<[name: string, value: unknown]>([
  ['all issues', { paging: { pageIndex: 1, pageSize: 500, total: 2 }, issues: [issue] }],
  ['no issues', { paging: { pageIndex: 3, pageSize: 1, total: 2 }, issues: [] }],
  ['issues and hotspots', { ...issues(1), hotspots: [] }],
  ['numbers that are none', { paging: { pageIndex: '1', pageSize: -2, total: 1e99 }, issues: [issue] }],
  ['all of an answer of Snyk', { jsonapi: {}, data: [{}], links: { self: '/rest/orgs/o/issues' } }],
  ['an address that is none', { ...findings(0), _links: { self: { href: 'https://[' } } }],
  ['something else', { results: [] }],
  ['an array', [issues(1)]],
])('%s is no page', async (_name, value) => {
  expect(await pageOf(value)).toBeUndefined();
});

test('what is damaged is no page', async () => {
  expect(await answerPageOf(new TextEncoder().encode(JSON.stringify(issues(1)).slice(0, -3)))).toBeUndefined();
  expect(await answerPageOf(new TextEncoder().encode('<xml/>'))).toBeUndefined();
});
