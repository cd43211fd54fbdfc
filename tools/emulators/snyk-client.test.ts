import { describe, expect, test } from 'vitest';
import type { PullSettings } from '../../packages/collector/src/pull/pull-settings.ts';
import { openSnyk } from '../../packages/collector/src/pull/snyk/open-snyk.ts';
import type { SnykScope } from '../../packages/collector/src/pull/snyk/pull-snyk.ts';
import { Secret } from '../../packages/collector/src/secrets/secret.ts';
import { type ApiRequest, faultAt, startApiServer } from './api-server.ts';
import { type SnykOptions, startSnyk } from './snyk.ts';
import { readPull } from './test-support/read-pull.ts';
import { createSkippingClock } from './test-support/skipping-clock.ts';

interface SnykDocument {
  readonly data: readonly { readonly id: string; readonly attributes: { readonly status: string } }[];
  readonly included: readonly { readonly id: string; readonly type: string }[];
}

const token = 'canary-0123-4567-89ab';
const org = '4a18d42f-0706-4ad0-b127-24078731fbed';
const isList = ({ path }: ApiRequest) => path.endsWith('/issues');

interface Pulling extends Partial<Omit<SnykOptions, 'token' | 'org'>> {
  readonly scope?: Partial<SnykScope>;
  readonly settings?: Partial<PullSettings>;
  readonly path?: string;
}

async function pull({ scope, settings, path = '', issues = 1234, ...options }: Pulling) {
  await using server = await startSnyk({ token, org, issues, ...options });
  const clock = createSkippingClock();
  const { signal } = new AbortController();
  const report = openSnyk(
    { url: `${server.origin}${path}`, token: new Secret(token), clock, deadlineMs: 3_600_000, signal, ...settings },
    { org, includeClosed: false, ...scope },
  );
  const { document, summary } = await readPull<SnykDocument>(report);
  return { document, summary, clock, requests: server.requests };
}

describe('every issue comes exactly once', () => {
  test.each([0, 1, 99, 100, 101, 25_000])('of %d', async (issues) => {
    const { document, summary, requests } = await pull({ issues });
    expect(document.data).toHaveLength(issues);
    expect(new Set(document.data.map(({ id }) => id)).size).toBe(issues);
    expect(summary).toEqual({ findings: issues, missing: 0, notices: [], remarks: [] });
    expect(requests.filter(isList)).toHaveLength(Math.max(1, Math.ceil(issues / 100)));
    expect(new Set(requests.map(({ headers }) => headers.authorization))).toEqual(new Set([`token ${token}`]));
  });

  test.each([
    ['a path with the prefix', (path: string, query: string) => `/rest${path}?${query}`],
    ['a path without it', (path: string, query: string) => `${path}?${query}`],
    ['an address', (path: string, query: string) => `https://api.snyk.io/rest${path}?${query}`],
    ['an address of somebody else', (path: string, query: string) => `https://evil.example/rest${path}?${query}`],
  ])('when the next page is %s', async (_, linkTo) => {
    const { document } = await pull({ linkTo });
    expect(document.data).toHaveLength(1234);
  });

  test('with a base that has the prefix already', async () => {
    expect((await pull({ path: '/rest/' })).document.data).toHaveLength(1234);
  });

  test('with the projects that they were found in', async () => {
    const { document } = await pull({ projects: 120 });
    expect(document.included).toHaveLength(120);
    expect(document.included[0]).toMatchObject({ type: 'project', attributes: { target_file: expect.any(String) } });
  });

  test('without the projects when the token may not see them', async () => {
    const { document, summary } = await pull({ hidesProjects: true });
    expect(document.data).toHaveLength(1234);
    expect(document.included).toEqual([]);
    expect(summary.notices.join()).toContain('Missing permission: View Project');
  });

  test('resolved ones only on request, and those of one project', async () => {
    const open = await pull({ issues: 30, resolved: 12 });
    expect(open.document.data.every(({ attributes }) => attributes.status === 'open')).toBe(true);
    expect(open.document.data).toHaveLength(30);
    expect((await pull({ issues: 30, resolved: 12, scope: { includeClosed: true } })).document.data).toHaveLength(42);
    const project = '00000000-0000-4000-8000-000000000001';
    expect((await pull({ issues: 30, scope: { project } })).document.data).toHaveLength(10);
  });
});

describe('what goes wrong', () => {
  test('cut pages, busy servers and limits are waited for', async () => {
    const limited = { status: 429, headers: { 'retry-after': '9' } };
    for (const fault of [
      faultAt(isList, [2, 5], { type: 'cut' }),
      faultAt(isList, [3], { type: 'reset' }),
      faultAt(isList, [1, 2], { type: 'answer', answer: { status: 502, body: '<html>' } }),
    ]) {
      expect((await pull({ fault })).document.data).toHaveLength(1234);
    }
    const { document, clock } = await pull({ fault: faultAt(isList, [4], { type: 'answer', answer: limited }) });
    expect(document.data).toHaveLength(1234);
    expect(clock.skipped).toEqual([9000]);
  });

  test.each<readonly [string, Pulling, string]>([
    ['another token', { settings: { token: new Secret('wrong') } }, 'pull-auth'],
    ['another organisation', { scope: { org: 'none' } }, 'pull-refused'],
    [
      'a redirect',
      {
        fault: faultAt(isList, [2], {
          type: 'answer',
          answer: { status: 307, headers: { location: 'https://evil.example/' } },
        }),
      },
      'pull-redirect',
    ],
    ['pages in a circle', { linkTo: (path) => `${path}?starting_after=v1.MTAw` }, 'pull-answer'],
    ['a link without a cursor', { linkTo: (path) => `${path}?page=2` }, 'pull-answer'],
    [
      'no data',
      { fault: faultAt(isList, [2], { type: 'answer', answer: { status: 200, body: { data: {} } } }) },
      'pull-answer',
    ],
  ])('%s ends the pull', async (_, options, code) => {
    await expect(pull(options)).rejects.toMatchObject({ name: 'PullError', code });
  });

  test('no redirect and no link takes the token to another server', async () => {
    await using other = await startApiServer({ answer: () => ({ status: 200, body: { data: [] } }) });
    const location = `${other.origin}/rest/orgs/${org}/issues`;
    const moved = faultAt(isList, [2], { type: 'answer', answer: { status: 302, headers: { location } } });
    await expect(pull({ fault: moved })).rejects.toMatchObject({ code: 'pull-redirect' });
    await pull({ linkTo: (path, query) => `${other.origin}/rest${path}?${query}` });
    expect(other.requests).toEqual([]);
  });

  test('what the errors say is told', async () => {
    await expect(pull({ scope: { org: 'none' } })).rejects.toThrow('Not Found: Org not found');
  });
});
