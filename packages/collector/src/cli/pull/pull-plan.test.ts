import { expect, test } from 'vitest';
import { UsageError } from '../usage-error.ts';
import { planPull } from './pull-plan.ts';

type Options = Parameters<typeof planPull>[1];

const plan = (options: Partial<Options>, paths: readonly string[] = [], env: Record<string, string> = {}) =>
  planPull(paths, { from: 'auto', deadline: 60, ...options }, env);
const sonar = { from: 'sonarqube', serverUrl: 'https://sonar.example/sonar', project: 'org.acme:shop' } as const;

test('files alone are no pull', () => {
  expect(plan({}, ['report.json'])).toBeUndefined();
  expect(plan({ from: 'snyk' }, ['report.json'])).toBeUndefined();
});

test('a project of SonarQube', () => {
  const scope = {
    project: 'org.acme:shop',
    branch: undefined,
    pullRequest: undefined,
    organization: undefined,
    includeClosed: false,
  };
  expect(plan(sonar)).toEqual({ from: 'sonarqube', path: 'sonar.example/org.acme:shop', url: sonar.serverUrl, scope });
  expect(plan({ ...sonar, serverBranch: 'release/2' })).toMatchObject({
    path: 'sonar.example/org.acme:shop@release/2',
    scope: { branch: 'release/2' },
  });
  expect(plan({ ...sonar, pullRequest: '7', includeClosed: true })).toMatchObject({
    path: 'sonar.example/org.acme:shop@pull-request-7',
    scope: { pullRequest: '7', includeClosed: true },
  });
  const { serverUrl: _, ...rest } = sonar;
  expect(plan(rest, [], { SONAR_HOST_URL: 'http://localhost:9000' })).toMatchObject({ url: 'http://localhost:9000' });
});

test('an organisation of Snyk, which needs no --from', () => {
  expect(plan({ org: 'abc' })).toMatchObject({ from: 'snyk', path: 'api.snyk.io/abc', url: 'https://api.snyk.io' });
  expect(plan({ org: 'abc', project: 'p' }, [], { SNYK_API: 'https://api.eu.snyk.io' })).toMatchObject({
    path: 'api.eu.snyk.io/abc@p',
    url: 'https://api.eu.snyk.io',
  });
});

test.each<readonly [Partial<Options>, readonly string[], string]>([
  [{}, [], 'There is nothing to convert'],
  [{ project: 'x' }, [], '--from sonarqube or --from snyk'],
  [{ project: 'x', from: 'semgrep' }, [], '--from sonarqube or --from snyk'],
  [{ project: 'x', from: 'sonarqube' }, [], 'SONAR_HOST_URL'],
  [{ ...sonar, org: 'x' }, [], '--organization'],
  [{ ...sonar, serverBranch: 'a', pullRequest: '7' }, [], '--branch or --pull-request'],
  [{ from: 'snyk', project: 'x' }, [], '--org ID'],
  [{ org: 'x', serverBranch: 'main', organization: 'y' }, [], '--branch, --organization cannot be used with Snyk'],
  [{ org: 'x' }, ['report.json'], 'not both'],
  [{ tokenFile: 'x' }, ['report.json'], 'for pulling from a server'],
])('%j with files %j is refused', (options, paths, words) => {
  expect(() => plan(options, paths)).toThrow(UsageError);
  expect(() => plan(options, paths)).toThrow(words);
});
