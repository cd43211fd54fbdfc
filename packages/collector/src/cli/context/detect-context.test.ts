import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { detectContext, type Given } from './detect-context.ts';
import { webAddressOf } from './repository-url.ts';

test.each([
  ['git@github.com:acme/shop.git', 'https://github.com/acme/shop'],
  ['https://user:s3cret@github.com/acme/shop.git', 'https://github.com/acme/shop'],
  ['https://x-access-token:t0ken@host:8443/a/b/', 'https://host:8443/a/b'],
  ['ssh://git@host:2222/group/sub/name.git', 'https://host/group/sub/name'],
  ['git://host/x', 'https://host/x'],
  ['host.example:acme/shop', 'https://host.example/acme/shop'],
  ['/srv/git/shop.git', undefined],
  ['C:\\repos\\shop', undefined],
  ['file:///srv/git/shop.git', undefined],
  ['', undefined],
])('%j is %j', (remote, address) => {
  expect(webAddressOf(remote)).toBe(address);
});

const noGit = async () => undefined;
const git = async (...args: string[]) =>
  new Map([
    ['config', 'git@github.com:acme/from-git.git'],
    ['symbolic-ref', 'topic/ä#1'],
    ['rev-parse', 'c0ffee'],
  ]).get(args[0]!);
const nothing: Given = () => undefined;

async function values(env: Record<string, string>, given: Given = nothing, ask: typeof git = git) {
  const { ci, ...context } = await detectContext(given, env, ask);
  return {
    ci,
    ...Object.fromEntries(Object.entries(context).map(([name, { value, origin }]) => [name, `${value} (${origin})`])),
  };
}

test('git is asked when nobody else says anything', async () => {
  expect(await values({})).toEqual({
    repositoryUrl: 'https://github.com/acme/from-git (git remote origin)',
    branch: 'topic/ä#1 (git branch)',
    commit: 'c0ffee (git HEAD)',
  });
  expect(await values({}, nothing, noGit)).toEqual({});
});

test('what the user gives wins, and what it beat is remembered', async () => {
  const given: Given = (name) =>
    name === 'branch'
      ? { value: 'main', origin: '--branch', beat: [{ value: 'dev', origin: 'SARIFLOW_BRANCH' }] }
      : undefined;
  const { branch } = await detectContext(given, { GITLAB_CI: 'true', CI_COMMIT_BRANCH: 'ci' }, git);
  expect(branch).toEqual({
    value: 'main',
    origin: '--branch',
    beat: [
      { value: 'dev', origin: 'SARIFLOW_BRANCH' },
      { value: 'ci', origin: 'GitLab CI' },
      { value: 'topic/ä#1', origin: 'git branch' },
    ],
  });
});

test('a given address that is none is refused without repeating it', async () => {
  const given: Given = (name) =>
    name === 'repositoryUrl' ? { value: 'not an address s3cret', origin: '--repository-url', beat: [] } : undefined;
  const refused = detectContext(given, {}, noGit);
  await expect(refused).rejects.toThrow('--repository-url is not the address of a repository');
  await expect(refused).rejects.not.toThrow('s3cret');
});

test('GitHub Actions: push, tag, and pull request with its head commit', async () => {
  const base = {
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_SHA: 'merge',
  };
  expect(await values({ ...base, GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: 'main' }, nothing, noGit)).toEqual({
    ci: 'GitHub Actions',
    repositoryUrl: 'https://github.com/acme/shop (GitHub Actions)',
    branch: 'main (GitHub Actions)',
    commit: 'merge (GitHub Actions)',
  });
  expect(await values({ ...base, GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1' }, nothing, noGit)).not.toHaveProperty(
    'branch',
  );

  const folder = await mkdtemp(join(tmpdir(), 'event-'));
  await writeFile(join(folder, 'event.json'), '{"pull_request":{"head":{"sha":"head"}}}');
  const pull = {
    ...base,
    GITHUB_HEAD_REF: 'topic',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REF_NAME: '71/merge',
    GITHUB_EVENT_PATH: join(folder, 'event.json'),
  };
  expect(await values(pull, nothing, noGit)).toMatchObject({
    branch: 'topic (GitHub Actions)',
    commit: 'head (GitHub Actions)',
  });
  await rm(folder, { recursive: true });
});

test.each([
  [
    { GITLAB_CI: 'true', CI_PROJECT_URL: 'https://gitlab.example/a/b', CI_COMMIT_BRANCH: 'main', CI_COMMIT_SHA: '1' },
    'https://gitlab.example/a/b (GitLab CI)',
    'main (GitLab CI)',
  ],
  [
    {
      TF_BUILD: 'True',
      BUILD_REPOSITORY_URI: 'https://me@dev.azure.com/o/p/_git/r',
      BUILD_SOURCEBRANCH: 'refs/heads/feature/x',
    },
    'https://dev.azure.com/o/p/_git/r (Azure Pipelines)',
    'feature/x (Azure Pipelines)',
  ],
  [
    { JENKINS_URL: 'https://ci', GIT_URL: 'git@host:a/b.git', GIT_BRANCH: 'origin/main' },
    'https://host/a/b (Jenkins)',
    'main (Jenkins)',
  ],
  [
    { BITBUCKET_BUILD_NUMBER: '1', BITBUCKET_GIT_HTTP_ORIGIN: 'http://bitbucket.org/a/b', BITBUCKET_BRANCH: 'main' },
    'http://bitbucket.org/a/b (Bitbucket Pipelines)',
    'main (Bitbucket Pipelines)',
  ],
])('%j', async (env, repositoryUrl, branch) => {
  expect(await values(env as Record<string, string>, nothing, noGit)).toMatchObject({ repositoryUrl, branch });
});
