import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ApiClient, Query } from './api-client.ts';
import { PullError } from './pull-error.ts';
import type { PulledReport } from './pulled-report.ts';
import { pullSnyk } from './snyk/pull-snyk.ts';
import { dialectOf } from './sonarqube/dialect.ts';
import { pullSonarqube } from './sonarqube/pull-sonarqube.ts';

type Answer = (path: string, query: Query) => object;

function clientOf(answer: Answer): ApiClient & { asked: number } {
  return {
    asked: 0,
    async object(path, query) {
      this.asked += 1;
      return answer(path, query) as Readonly<Record<string, unknown>>;
    },
    text: async () => '10.6',
    async [Symbol.asyncDispose]() {},
  };
}

function sonarqube(api: ApiClient): PulledReport {
  const scope = { project: 'acme', includeClosed: false };
  return pullSonarqube({
    api,
    dialect: dialectOf('10.6.0'),
    serverUrl: 'https://sonar.example',
    scope,
    searchLimit: 20,
  });
}

async function read({ text }: PulledReport): Promise<object> {
  let whole = '';
  for await (const piece of text()) whole += piece;
  return JSON.parse(whole) as object;
}

/** Either a document, or a word about the answer. */
async function isDocumentOrRefusal(report: PulledReport): Promise<void> {
  const outcome = await read(report).catch((error: unknown) => error);
  if (outcome instanceof Error) expect(outcome).toBeInstanceOf(PullError);
}

const small = fc.jsonValue({ maxDepth: 2 });
const key = fc.oneof(fc.constantFrom('a', 'b', '__proto__', 'constructor'), small);
const finding = fc.oneof(
  fc.record({
    key,
    project: fc.constantFrom('acme', 'acme', 'other', 5),
    creationDate: small,
    rule: small,
    ruleKey: small,
  }),
  small,
);
const count = fc.oneof(fc.nat(60), small);
const answer = fc.record(
  {
    paging: fc.oneof(fc.record({ total: count }), small),
    total: count,
    issues: fc.oneof(fc.array(finding, { maxLength: 5 }), small),
    hotspots: fc.oneof(fc.array(finding, { maxLength: 5 }), small),
    components: fc.oneof(fc.array(fc.record({ key, path: small }), { maxLength: 3 }), small),
    component: fc.oneof(fc.record({ qualifier: fc.constantFrom('TRK', 'VW', 1), organization: small }), small),
    rules: fc.oneof(fc.array(fc.record({ key }), { maxLength: 3 }), small),
    rule: small,
    facets: fc.oneof(
      fc.array(
        fc.record({
          property: fc.constantFrom('types', 'rules', '__proto__'),
          values: fc.array(fc.record({ val: small, count }), { maxLength: 4 }),
        }),
        { maxLength: 3 },
      ),
      small,
    ),
    data: fc.oneof(fc.array(fc.record({ id: key, relationships: small }), { maxLength: 4 }), small),
    links: fc.oneof(
      fc.record({
        next: fc.oneof(
          fc.constantFrom('/x?starting_after=1', '/x?starting_after=2', 'https://evil.example/?starting_after=3'),
          small,
        ),
      }),
      small,
    ),
  },
  { requiredKeys: ['issues', 'data'] },
);

test('whatever a SonarQube answers, there is a document or a refusal', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 12 }), async (answers) => {
      let at = 0;
      await isDocumentOrRefusal(sonarqube(clientOf(() => answers[at++ % answers.length] as object)));
    }),
    { numRuns: 200 },
  );
});

test('whatever a Snyk answers, there is a document or a refusal', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 6 }), async (answers) => {
      // A real list ends; one that does not is ended by the deadline of the client.
      const served = (at: number) => (at < answers.length ? (answers[at] as object) : { data: [] });
      let at = 0;
      await isDocumentOrRefusal(
        pullSnyk({ api: clientOf(() => served(at++)), scope: { org: 'x', includeClosed: false } }),
      );
    }),
    { numRuns: 200 },
  );
});

test('a server that heeds no filter is found out', async () => {
  const dates = ['2001-01-01T00:00:00+0000', '2026-01-01T00:00:00+0000'];
  const api = clientOf((path, { asc }) => {
    if (path !== '/api/issues/search') return { component: { qualifier: 'TRK' } };
    const issue = { key: 'a', project: 'acme', creationDate: dates[asc === 'false' ? 1 : 0] };
    return { paging: { total: 25_000 }, issues: [issue] };
  });
  await expect(read(sonarqube(api))).rejects.toMatchObject({
    code: 'pull-answer',
    message: expect.stringContaining('the same 25000'),
  });
  expect(api.asked).toBeLessThan(100);
});

test('a finding nested without end is refused', async () => {
  const deep = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
  const api = clientOf(() => ({ data: [{ id: 'a', deep }] }));
  await expect(read(pullSnyk({ api, scope: { org: 'x', includeClosed: false } }))).rejects.toMatchObject({
    code: 'pull-answer',
  });
});

test('members called __proto__ are data', async () => {
  const issue = JSON.parse('{"id":"a","__proto__":{"polluted":true},"attributes":{"constructor":1}}');
  const document = await read(
    pullSnyk({ api: clientOf(() => ({ data: [issue] })), scope: { org: 'x', includeClosed: false } }),
  );
  expect(JSON.stringify(document)).toContain('"__proto__":{"polluted":true}');
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});
