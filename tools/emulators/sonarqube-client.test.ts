import { describe, expect, test } from 'vitest';
import type { PullSettings } from '../../packages/collector/src/pull/pull-settings.ts';
import { openSonarqube } from '../../packages/collector/src/pull/sonarqube/open-sonarqube.ts';
import type { SonarqubeScope } from '../../packages/collector/src/pull/sonarqube/pull-sonarqube.ts';
import { Secret } from '../../packages/collector/src/secrets/secret.ts';
import { type ApiRequest, faultAt, rateLimit } from './api-server.ts';
import { type SonarqubeOptions, startSonarqube } from './sonarqube.ts';
import { type SonarProject, sonarProject } from './sonarqube-data.ts';
import { readPull } from './test-support/read-pull.ts';
import { createSkippingClock } from './test-support/skipping-clock.ts';

interface Named {
  readonly key: string;
}

/** The document as it is handed to the converter. */
interface SonarDocument {
  readonly issues: readonly Named[];
  readonly hotspots: readonly (Named & { readonly ruleKey?: string })[];
  readonly components: readonly Named[];
  readonly rules: readonly (Named & { readonly htmlDesc?: string })[];
  readonly paging: { readonly total: number };
  readonly branch?: string;
}

const token = 'squ_canary0123456789abcdef';
const isSearch = ({ path }: ApiRequest) => path === '/api/issues/search';

interface Pulling extends Partial<Omit<SonarqubeOptions, 'token' | 'project'>> {
  readonly project: SonarProject;
  readonly scope?: Partial<SonarqubeScope>;
  readonly settings?: Partial<PullSettings>;
}

async function pull({ scope, settings, ...options }: Pulling) {
  await using server = await startSonarqube({ token, ...options });
  const clock = createSkippingClock();
  const { signal } = new AbortController();
  const report = openSonarqube(
    { url: server.origin, token: new Secret(token), clock, deadlineMs: 3_600_000, signal, ...settings },
    { project: options.project.key, includeClosed: false, ...scope },
  );
  const { document, summary } = await readPull<SonarDocument>(report);
  return { document, summary, clock, requests: server.requests };
}

const keysOf = (list: readonly Named[]) => list.map(({ key }) => key).sort();

describe('every issue comes exactly once', () => {
  const many = { key: 'acme', issues: 12_500 };
  test.each<readonly [string, SonarProject, Partial<SonarqubeOptions>]>([
    ['spread over a year, 25,000 of them', sonarProject({ ...many, issues: 25_000 }), {}],
    ['of one type and severity, spread over a year', sonarProject({ ...many, uniform: true }), {}],
    ['of one analysis', sonarProject({ ...many, seconds: 0 }), {}],
    ['of one analysis, type and severity', sonarProject({ ...many, seconds: 0, uniform: true }), {}],
    [
      'of one analysis, with more rules than a facet has values',
      sonarProject({ ...many, seconds: 0, uniform: true, rules: 900, files: 300 }),
      {},
    ],
    ['told apart by their files alone', sonarProject({ ...many, seconds: 0, uniform: true, rules: 1 }), {}],
    ['where totals are cut off at 10,000', sonarProject(many), { isCloud: true, version: '8.0.0.70001' }],
    [
      'of one analysis, where totals are cut off at 10,000',
      sonarProject({ ...many, seconds: 0 }),
      { isCloud: true, version: '8.0.0.70001' },
    ],
    ['of an old server', sonarProject(many), { version: '7.9.6.41879' }],
    ['of a server that counts years', sonarProject(many), { version: '2025.4.0.1' }],
    ['exactly as many as the server gives out', sonarProject({ ...many, issues: 10_000, seconds: 0 }), {}],
    ['one more than the server gives out', sonarProject({ ...many, issues: 10_001, seconds: 0 }), {}],
  ])('%s', async (_, project, options) => {
    const { document, summary, requests } = await pull({ project, ...options });
    expect(keysOf(document.issues)).toEqual(keysOf(project.issues));
    expect(summary).toMatchObject({ findings: project.issues.length, missing: 0 });
    expect(document.paging.total).toBe(project.issues.length);
    // Nobody asks for what is known to be refused.
    for (const { query } of requests.filter(isSearch)) {
      expect(Number(query.get('p')) * Number(query.get('ps'))).toBeLessThanOrEqual(10_000);
    }
    expect(requests.filter(isSearch).length).toBeLessThan(400);
  });

  test('while one after the other is closed, and pages move', async () => {
    const project = sonarProject({ key: 'acme', issues: 3000, seconds: 0 });
    const started = project.issues;
    const onRequest = ({ query, path }: ApiRequest) => {
      // The first of what the last page had goes, so everything behind it moves to the front.
      if (path === '/api/issues/search' && Number(query.get('p')) > 1 && project.issues.length > 2990) {
        project.issues = project.issues.slice(1);
      }
    };
    const { document, summary } = await pull({ project, onRequest });
    const got = new Set(keysOf(document.issues));
    expect(got.size).toBe(document.issues.length);
    expect(project.issues.filter(({ key }) => !got.has(key))).toEqual([]);
    expect(started.length - project.issues.length).toBe(10);
    expect(summary.missing).toBe(0);
  });

  test('what the server counts and does not give out is counted as missing', async () => {
    const project = sonarProject({ key: 'acme', issues: 10_500, seconds: 0, uniform: true, rules: 1, files: 1 });
    const { document, summary } = await pull({ project });
    // One file, one rule, one second: both ends are within reach, the limit is twice ten thousand.
    expect(keysOf(document.issues)).toEqual(keysOf(project.issues));
    expect(summary.missing).toBe(0);

    const more = sonarProject({ key: 'acme', issues: 20_700, seconds: 0, uniform: true, rules: 1, files: 1 });
    const cut = await pull({ project: more });
    expect(cut.document.issues).toHaveLength(20_000);
    expect(cut.summary).toMatchObject({ findings: 20_000, missing: 700 });
    expect(cut.document.paging.total).toBe(20_700);
  });
});

describe('hotspots', () => {
  test('more than the server gives out, by their files', async () => {
    const project = sonarProject({ key: 'acme', issues: 1, hotspots: 12_000, files: 200 });
    const { document } = await pull({ project, scope: { includeClosed: true } });
    expect(keysOf(document.hotspots)).toEqual(keysOf(project.hotspots));
  });

  test('those that are fixed stay away unless they are asked for', async () => {
    const project = sonarProject({ key: 'acme', issues: 1, hotspots: 100 });
    const open = project.hotspots.filter(({ resolution }) => resolution !== 'FIXED');
    expect(open.length).toBeLessThan(100);
    expect(keysOf((await pull({ project })).document.hotspots)).toEqual(keysOf(open));
    const all = await pull({ project, scope: { includeClosed: true } });
    expect(keysOf(all.document.hotspots)).toEqual(keysOf(project.hotspots));
    expect((await pull({ project })).summary).toMatchObject({ findings: 1 + open.length, missing: 0 });
  });

  test('of an old server are asked for their rules', async () => {
    const project = sonarProject({ key: 'acme', issues: 3, hotspots: 4 });
    const { document } = await pull({ project, version: '9.4.0.54424' });
    expect(document.hotspots.map(({ ruleKey }) => ruleKey)).toEqual(project.hotspots.map(({ ruleKey }) => ruleKey));
  });

  test('of a server that has none are said to be missing', async () => {
    const project = sonarProject({ key: 'acme', issues: 3, hotspots: 4 });
    const { document, summary } = await pull({ project, version: '7.9.6.41879' });
    expect(document.hotspots).toEqual([]);
    expect(summary.notices.join()).toContain('no security hotspots');
  });
});

describe('what is asked for', () => {
  test('the project of a branch, with each rule and component once', async () => {
    const project = sonarProject({ key: 'acme', issues: 1200, hotspots: 30 });
    const { document, requests } = await pull({ project, scope: { branch: 'release/2' } });
    expect(document.branch).toBe('release/2');
    for (const { path, query } of requests.filter(({ path }) => /search|components/.test(path))) {
      expect(`${path} ${query.get('branch')}`).toBe(`${path} release/2`);
    }
    const rules = new Set([
      ...project.issues.map(({ rule }) => rule),
      ...project.hotspots.map(({ ruleKey }) => ruleKey),
    ]);
    expect(keysOf(document.rules)).toEqual([...rules].sort());
    expect(document.rules.every(({ htmlDesc }) => htmlDesc !== undefined)).toBe(true);
    expect(new Set(keysOf(document.components)).size).toBe(document.components.length);
  });

  test('closed issues only on request', async () => {
    const project = sonarProject({ key: 'acme', issues: 500, closed: 0.1 });
    const open = project.issues.filter(({ status }) => status !== 'CLOSED');
    for (const version of ['7.9.6', '10.2.1', '10.6.0', '2026.1']) {
      expect(keysOf((await pull({ project, version })).document.issues)).toEqual(keysOf(open));
    }
    const all = await pull({ project, scope: { includeClosed: true } });
    expect(keysOf(all.document.issues)).toEqual(keysOf(project.issues));
  });

  test('the organisation of SonarCloud is found out', async () => {
    const project = sonarProject({ key: 'acme', issues: 5 });
    const { document, requests } = await pull({ project, isCloud: true, version: '8.0.0.70001' });
    expect(document.rules.every(({ htmlDesc }) => htmlDesc !== undefined)).toBe(true);
    expect(requests.filter(({ path }) => path === '/api/rules/show').length).toBeGreaterThan(0);
  });

  test('a rule of another tool has no more than its name', async () => {
    const project = sonarProject({ key: 'acme', issues: 5 });
    project.issues = project.issues.map((issue) => ({ ...issue, rule: 'external_eslint:no-eval' }));
    const { document, summary } = await pull({ project });
    expect(document.rules).toMatchObject([{ key: 'external_eslint:no-eval' }]);
    expect(summary.remarks).toHaveLength(1);
  });

  test('the token travels as the server takes it, and never before the version is known', async () => {
    const project = sonarProject({ key: 'acme', issues: 5 });
    const basic = `Basic ${Buffer.from(`${token}:`).toString('base64')}`;
    for (const [version, header] of [
      ['9.9.4.87374', basic],
      ['10.0.0.68432', `Bearer ${token}`],
      ['25.1.0.102122', `Bearer ${token}`],
    ] as const) {
      const { requests } = await pull({ project, version });
      expect(requests[0]?.headers.authorization).toBeUndefined();
      expect(new Set(requests.slice(1).map(({ headers }) => headers.authorization))).toEqual(new Set([header]));
    }
  });
});

describe('what goes wrong', () => {
  const project = sonarProject({ key: 'acme', issues: 2600 });
  const complete = keysOf(project.issues);

  test.each([
    ['cut', { type: 'cut' }],
    ['half of it', { type: 'half' }],
    ['reset', { type: 'reset' }],
    ['503', { type: 'answer', answer: { status: 503, body: { errors: [{ msg: 'Index is being built' }] } } }],
  ] as const)('a page that is %s is asked for again', async (_, fault) => {
    const { document, clock } = await pull({ project, fault: faultAt(isSearch, [2, 4, 5], fault) });
    expect(keysOf(document.issues)).toEqual(complete);
    expect(clock.skipped.length).toBeGreaterThan(0);
  });

  test('429 is waited for as long as the server says', async () => {
    const limited = { status: 429, headers: { 'retry-after': '17' }, body: { errors: [{ msg: 'Slow down' }] } };
    const { document, clock } = await pull({
      project,
      fault: faultAt(isSearch, [3, 4], { type: 'answer', answer: limited }),
    });
    expect(keysOf(document.issues)).toEqual(complete);
    expect(clock.skipped).toEqual([17_000, 17_000]);
  });

  test('a limit of requests only makes it slower', async () => {
    const clock = createSkippingClock();
    const limit = rateLimit(
      10,
      60_000,
      (waitMs) => ({ status: 429, headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) } }),
      clock.now,
    );
    const { document } = await pull({ project, fault: limit, settings: { clock } });
    expect(keysOf(document.issues)).toEqual(complete);
    expect(clock.skipped.length).toBeGreaterThan(2);
  });

  test.each([
    ['never ends', { type: 'cut' }, 'pull-answer'],
    ['is always out of order', { type: 'answer', answer: { status: 500 } }, 'pull-unreachable'],
    ['breaks every connection', { type: 'reset' }, 'pull-unreachable'],
    ['forgets the token', { type: 'answer', answer: { status: 401 } }, 'pull-auth'],
    ['takes the permission away', { type: 'answer', answer: { status: 403 } }, 'pull-auth'],
    [
      'moves',
      { type: 'answer', answer: { status: 302, headers: { location: 'https://evil.example/x' } } },
      'pull-redirect',
    ],
    [
      'refuses',
      { type: 'answer', answer: { status: 400, body: { errors: [{ msg: 'No such thing' }] } } },
      'pull-refused',
    ],
    [
      'shows a page',
      { type: 'answer', answer: { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' } },
      'pull-answer',
    ],
    ['answers with something else', { type: 'answer', answer: { status: 200, body: { results: [] } } }, 'pull-answer'],
    ['answers with a list', { type: 'answer', answer: { status: 200, body: [] } }, 'pull-answer'],
  ] as const)('a server that %s in the middle ends the pull', async (_, fault, code) => {
    let searches = 0;
    const broken = (request: ApiRequest) => (isSearch(request) && ++searches > 2 ? fault : undefined);
    await expect(pull({ project, fault: broken })).rejects.toMatchObject({ name: 'PullError', code });
    expect(searches).toBeLessThan(20);
  });

  test('a page too long to be read is asked for in smaller ones', async () => {
    const { document, requests } = await pull({ project, settings: { maxAnswerBytes: 60_000 } });
    expect(keysOf(document.issues)).toEqual(complete);
    expect(new Set(requests.filter(isSearch).map(({ query }) => query.get('ps')))).toContain('100');
    await expect(pull({ project, settings: { maxAnswerBytes: 1000 } })).rejects.toMatchObject({
      code: 'pull-too-large',
    });
  });

  test('a project that is not there is no project without findings', async () => {
    await expect(pull({ project, scope: { project: 'other' } })).rejects.toMatchObject({
      code: 'pull-refused',
      httpStatus: 404,
      message: expect.stringContaining("Component key 'other' not found"),
    });
    await expect(pull({ project, scope: { branch: 'gone' } })).rejects.toMatchObject({ code: 'pull-refused' });
  });

  test("another project's findings are no answer", async () => {
    const foreign = { key: 'x', project: 'secret-project', component: 'secret-project:a.js', rule: 'js:S1' };
    const answer = { status: 200, body: { paging: { total: 1 }, issues: [foreign] } };
    const fault = faultAt(isSearch, [1], { type: 'answer', answer });
    await expect(pull({ project, fault })).rejects.toMatchObject({ code: 'pull-answer' });
  });

  test('a gate in front of the server gets the token when it asks for it', async () => {
    const fault = ({ path, headers }: ApiRequest) =>
      path === '/api/server/version' && headers.authorization === undefined
        ? ({ type: 'answer', answer: { status: 401 } } as const)
        : undefined;
    expect(keysOf((await pull({ project, fault })).document.issues)).toEqual(complete);
  });

  test('a mirror that has nothing but the searches is enough', async () => {
    const isHidden = ({ path }: ApiRequest) => !path.endsWith('/search');
    const fault = (request: ApiRequest) =>
      isHidden(request) ? ({ type: 'answer', answer: { status: 404, body: 'nothing here' } } as const) : undefined;
    for (const version of ['9.9.4', '10.6.0']) {
      const { document, summary, requests } = await pull({ project, version, fault, isOpen: true });
      expect(keysOf(document.issues)).toEqual(complete);
      expect(summary.notices).toEqual([]);
      expect(requests.at(-1)?.headers.authorization).toBe(`Bearer ${token}`);
    }
    const { summary } = await pull({ project: { ...project, issues: [] }, fault, isOpen: true });
    expect(summary.notices.join()).toContain('Check the key');
  });

  test('what is no SonarQube is seen before the token is sent', async () => {
    const seen: (string | undefined)[] = [];
    const fault = ({ headers }: ApiRequest) => {
      seen.push(headers.authorization);
      return { type: 'answer', answer: { status: 200, body: 'hello' } } as const;
    };
    await expect(pull({ project, fault })).rejects.toMatchObject({ code: 'pull-answer' });
    expect(seen).toEqual([undefined]);
  });

  test('a server that echoes the token does not get it printed', async () => {
    const fault = ({ headers, path }: ApiRequest) =>
      path === '/api/components/show'
        ? ({
            type: 'answer',
            answer: { status: 400, body: { errors: [{ msg: `bad ${headers.authorization}` }] } },
          } as const)
        : undefined;
    for (const version of ['9.9.4', '10.6.0']) {
      const failed = await pull({ project, version, fault }).catch((error: Error) => error);
      expect(failed).toMatchObject({ code: 'pull-refused', message: expect.stringContaining('***') });
      const { message } = failed as Error;
      expect(message).not.toContain(token.slice(4, 16));
      expect(message).not.toContain(Buffer.from(token).toString('base64').slice(0, 16));
    }
  });

  test('the time is over', async () => {
    const limited = { status: 429, headers: { 'retry-after': '400' } };
    const fault = faultAt(isSearch, [2], { type: 'answer', answer: limited });
    await expect(pull({ project, fault, settings: { deadlineMs: 100_000 } })).rejects.toMatchObject({
      code: 'pull-deadline',
      message: expect.stringContaining('100 s'),
    });
  });

  test('an abort ends the request under way', async () => {
    const abort = new AbortController();
    const fault = (request: ApiRequest) => {
      if (!isSearch(request)) return undefined;
      abort.abort(new DOMException('Stopped by SIGINT.', 'AbortError'));
      return { type: 'hang' } as const;
    };
    await expect(pull({ project, fault, settings: { signal: abort.signal } })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
