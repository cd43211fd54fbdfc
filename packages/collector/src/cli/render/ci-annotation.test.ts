import { expect, test } from 'vitest';
import { Secret } from '../../secrets/secret.ts';
import { ciAnnotation, ciMask } from './ci-annotation.ts';

const hostile = "100% of 'it'|[x]\n::error::forged\r##vso[task.complete]##teamcity[buildStop]\u001b[31m";

test.each([
  [
    { GITHUB_ACTIONS: 'true' },
    "::error title=Sariflow::100%25 of 'it'|[x]\\n\\x3a:error::forged\\r\\x23#vso[task.complete]\\x23#teamcity[buildStop]\\x1b[31m",
  ],
  [
    { TF_BUILD: 'True' },
    "##vso[task.logissue type=error]100%AZP25 of 'it'|[x]\\n\\x3a:error::forged\\r\\x23#vso[task.complete]\\x23#teamcity[buildStop]\\x1b[31m",
  ],
  [
    { TEAMCITY_VERSION: '2026.1' },
    "##teamcity[message text='100% of |'it|'|||[x|]\\n\\x3a:error::forged\\r\\x23#vso|[task.complete|]\\x23#teamcity|[buildStop|]\\x1b|[31m' status='ERROR']",
  ],
  [{ GITLAB_CI: 'true' }, undefined],
  [{ JENKINS_URL: 'https://ci.example' }, undefined],
  [{}, undefined],
])('%j', (env, expected) => {
  expect(ciAnnotation(env as Record<string, string>, 'error', hostile)?.value).toBe(expected);
});

test('a secret from a file is hidden in the log, where the CI system can do that', () => {
  const secret = new Secret('50%-of-it');
  expect(ciMask({ GITHUB_ACTIONS: 'true' }, secret)?.value).toBe('::add-mask::50%25-of-it');
  expect(ciMask({ TF_BUILD: 'True' }, secret)?.value).toBe('##vso[task.setsecret]50%AZP25-of-it');
  expect(ciMask({ GITLAB_CI: 'true' }, secret)).toBeUndefined();
});
