import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createApiClient } from '../../packages/collector/src/pull/api-client.ts';
import { serverUrl } from '../../packages/collector/src/pull/server-url.ts';
import { dialectOf } from '../../packages/collector/src/pull/sonarqube/dialect.ts';
import { pullSonarqube } from '../../packages/collector/src/pull/sonarqube/pull-sonarqube.ts';
import { Secret } from '../../packages/collector/src/secrets/secret.ts';
import { ciRetryPolicy } from '../../packages/collector/src/send/with-retry.ts';
import { startSonarqube } from './sonarqube.ts';
import type { SonarIssue, SonarProject } from './sonarqube-data.ts';
import { createSkippingClock } from './test-support/skipping-clock.ts';

const token = new Secret('squ_0123456789');
const files = Array.from({ length: 12 }, (_, at) => `src/a${at}.js`);

/** Issues that are alike in some things, or in all of them; some have no language, some belong to the project itself. */
const issues = fc
  .array(
    fc.record({
      type: fc.constantFrom('BUG', 'CODE_SMELL', 'VULNERABILITY'),
      severity: fc.constantFrom('MAJOR', 'INFO'),
      language: fc.constantFrom('js', 'py', ''),
      rule: fc.nat(8),
      file: fc.nat(files.length),
      createdAt: fc.oneof(fc.constant(1_700_000_000), fc.integer({ min: 1_699_999_000, max: 1_700_000_000 })),
    }),
    { maxLength: 160, size: 'max' },
  )
  .map((list) =>
    list.map(({ rule, file, ...rest }, at): SonarIssue => {
      const path = files[file];
      const component = path === undefined ? 'acme' : `acme:${path}`;
      return {
        ...rest,
        key: `K${at}`,
        project: 'acme',
        component,
        rule: `js:S${rule}`,
        status: 'OPEN',
        line: 1 + (at % 9),
      };
    }),
  );

test('whatever the issues are like and how few one search gives out, each comes once or is counted as missing', async () => {
  await fc.assert(
    fc.asyncProperty(issues, fc.integer({ min: 3, max: 60 }), fc.boolean(), async (list, searchLimit, isCloud) => {
      const project: SonarProject = { key: 'acme', branches: [], files, issues: list, hotspots: [] };
      const version = isCloud ? '8.0.0.1' : '10.6.0.1';
      await using server = await startSonarqube({ project, token: token.expose(), searchLimit, isCloud, version });
      await using api = createApiClient({
        server: serverUrl(server.origin),
        serverName: 'SonarQube',
        accept: 'application/json',
        authorization: () => ({
          scheme: 'Basic',
          credentials: new Secret(Buffer.from(`${token.expose()}:`).toString('base64')),
        }),
        token,
        tokenVariable: 'SONAR_TOKEN',
        policy: ciRetryPolicy,
        clock: createSkippingClock(),
        deadlineMs: 3_600_000,
        signal: new AbortController().signal,
      });
      const scope = { project: 'acme', includeClosed: false };
      const report = pullSonarqube({ api, dialect: dialectOf(version), serverUrl: server.origin, scope, searchLimit });
      let text = '';
      for await (const piece of report.text()) text += piece;

      const got: string[] = JSON.parse(text).issues.map(({ key }: SonarIssue) => key);
      expect(new Set(got).size).toBe(got.length);
      const { findings, missing } = report.summary();
      expect(findings).toBe(got.length);
      // What is alike in everything that tells issues apart is out of reach beyond both ends of the list.
      const cells = Map.groupBy(list, ({ component, createdAt }) => `${component} ${createdAt}`);
      const hidden = [...cells.values()].some((cell) => cell.length > 2 * searchLimit);
      if (!hidden) expect(got.length).toBe(list.length);
      if (!isCloud || !hidden) expect(got.length + missing).toBe(list.length);
    }),
    { numRuns: 60 },
  );
});
