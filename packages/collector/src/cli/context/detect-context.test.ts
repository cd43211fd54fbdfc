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
  const { ci, isFork, ...context } = await detectContext(given, env, ask);
  return {
    ci,
    ...(isFork === true && { isFork }),
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
      { value: 'ci', origin: 'GitLab CI, CI_COMMIT_BRANCH' },
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

const gitHub = {
  GITHUB_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_SHA: 'merge',
};

test('GitHub Actions: push and tag', async () => {
  const push = { ...gitHub, GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: 'main' };
  expect(await values(push, nothing, noGit)).toEqual({
    ci: 'GitHub Actions',
    repositoryUrl: 'https://github.com/acme/shop (GitHub Actions, GITHUB_REPOSITORY)',
    branch: 'main (GitHub Actions, GITHUB_REF_NAME)',
    commit: 'merge (GitHub Actions, GITHUB_SHA)',
  });
  const tag = { ...gitHub, GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1' };
  expect(await values(tag, nothing, noGit)).not.toHaveProperty('branch');
});

test.each([
  ['acme/shop', undefined],
  ['stranger/shop', true],
])('GitHub Actions: a pull request from %s has the head commit, never the merge commit', async (from, isFork) => {
  const folder = await mkdtemp(join(tmpdir(), 'event-'));
  const event = {
    pull_request: {
      number: 71,
      head: { sha: 'head', repo: { full_name: from } },
      base: { repo: { full_name: 'acme/shop' } },
    },
  };
  await writeFile(join(folder, 'event.json'), JSON.stringify(event));
  const pull = {
    ...gitHub,
    GITHUB_HEAD_REF: 'topic',
    GITHUB_REF: 'refs/pull/71/merge',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REF_NAME: '71/merge',
    GITHUB_EVENT_PATH: join(folder, 'event.json'),
  };
  const found = await values(pull, nothing, noGit);
  expect(found).toMatchObject({
    branch: 'topic (GitHub Actions, GITHUB_HEAD_REF)',
    commit: 'head (GitHub Actions, pull_request.head.sha)',
    pullRequest: '71 (GitHub Actions, pull_request.number)',
  });
  expect('isFork' in found ? found.isFork : undefined).toBe(isFork);

  // Without the event the number is known, and the merge commit is not taken for the head.
  const blind = await values({ ...pull, GITHUB_EVENT_PATH: join(folder, 'missing') }, nothing, noGit);
  expect(blind).toMatchObject({ pullRequest: '71 (GitHub Actions, GITHUB_REF)' });
  expect(blind).not.toHaveProperty('commit');
  await rm(folder, { recursive: true });
});

test('TeamCity: from the files that its agent writes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'teamcity '));
  const escaped = (text: string) => text.replace(/[:=\\]/g, '\\$&');
  await writeFile(
    join(folder, 'build'),
    `#Fri Nov 20\n! a comment\nteamcity.configuration.properties.file=${escaped(join(folder, 'parameters'))}\n`,
  );
  await writeFile(
    join(folder, 'parameters'),
    'vcsroot.url=git@github.com\\:acme/shop.git\nteamcity.build.branch=pull/12\nteamcity.pullRequest.number=12\nteamcity.pullRequest.source.branch=topic/\\u00e4\n',
  );
  const env = {
    TEAMCITY_VERSION: '2026.1',
    TEAMCITY_BUILD_PROPERTIES_FILE: join(folder, 'build'),
    BUILD_VCS_NUMBER: 'c0',
  };
  expect(await values(env, nothing, noGit)).toEqual({
    ci: 'TeamCity',
    repositoryUrl: 'https://github.com/acme/shop (TeamCity, vcsroot.url)',
    branch: 'topic/ä (TeamCity, teamcity.pullRequest.source.branch)',
    commit: 'c0 (TeamCity, BUILD_VCS_NUMBER)',
    pullRequest: '12 (TeamCity, teamcity.pullRequest.number)',
  });
  await rm(folder, { recursive: true });
});

const sha = 'a'.repeat(40);

/** Provider, environment, and what is found: address, branch, commit, pull request, fork. */
test.each<[string, Record<string, string>, (string | undefined)[], boolean?]>([
  [
    'GitLab CI',
    { GITLAB_CI: 'true', CI_PROJECT_URL: 'https://gitlab.example/a/b', CI_COMMIT_BRANCH: 'main', CI_COMMIT_SHA: '1' },
    ['https://gitlab.example/a/b', 'main', '1'],
  ],
  [
    'GitLab CI',
    {
      GITLAB_CI: 'true',
      CI_PROJECT_URL: 'https://gitlab.example/a/b',
      CI_MERGE_REQUEST_IID: '4',
      CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: 'topic',
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: 'head',
      CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '9',
      CI_MERGE_REQUEST_PROJECT_ID: '1',
      CI_COMMIT_SHA: 'merge',
    },
    ['https://gitlab.example/a/b', 'topic', 'head', '4'],
    true,
  ],
  [
    'Azure Pipelines',
    {
      TF_BUILD: 'True',
      BUILD_REPOSITORY_URI: 'https://me@dev.azure.com/o/p/_git/r',
      BUILD_SOURCEBRANCH: 'refs/heads/feature/x',
      BUILD_SOURCEVERSION: '1',
    },
    ['https://dev.azure.com/o/p/_git/r', 'feature/x', '1'],
  ],
  [
    'Azure Pipelines',
    {
      TF_BUILD: 'True',
      BUILD_REPOSITORY_URI: 'https://github.com/acme/shop',
      BUILD_SOURCEBRANCH: 'refs/pull/5/merge',
      BUILD_SOURCEVERSION: 'merge',
      SYSTEM_PULLREQUEST_PULLREQUESTID: '900',
      SYSTEM_PULLREQUEST_PULLREQUESTNUMBER: '5',
      SYSTEM_PULLREQUEST_SOURCEBRANCH: 'topic',
      SYSTEM_PULLREQUEST_SOURCECOMMITID: 'head',
      SYSTEM_PULLREQUEST_ISFORK: 'True',
    },
    ['https://github.com/acme/shop', 'topic', 'head', '5'],
    true,
  ],
  [
    'Jenkins',
    { JENKINS_URL: 'https://ci', GIT_URL: 'git@host:a/b.git', GIT_BRANCH: 'origin/main', GIT_COMMIT: '1' },
    ['https://host/a/b', 'main', '1'],
  ],
  [
    'Jenkins',
    {
      JENKINS_URL: 'https://ci',
      GIT_URL: 'https://host/a/b',
      BRANCH_NAME: 'PR-6',
      CHANGE_ID: '6',
      CHANGE_BRANCH: 'topic',
      CHANGE_FORK: 'stranger/b',
    },
    ['https://host/a/b', 'topic', undefined, '6'],
    true,
  ],
  [
    'Bitbucket Pipelines',
    {
      BITBUCKET_BUILD_NUMBER: '1',
      BITBUCKET_GIT_HTTP_ORIGIN: 'http://bitbucket.org/a/b',
      BITBUCKET_BRANCH: 'topic',
      BITBUCKET_COMMIT: '1',
      BITBUCKET_PR_ID: '8',
    },
    ['http://bitbucket.org/a/b', 'topic', '1', '8'],
  ],
  [
    'CircleCI',
    {
      CIRCLECI: 'true',
      CIRCLE_REPOSITORY_URL: 'git@github.com:acme/shop.git',
      CIRCLE_BRANCH: 'topic',
      CIRCLE_SHA1: '1',
      CIRCLE_PULL_REQUEST: 'https://github.com/acme/shop/pull/12',
    },
    ['https://github.com/acme/shop', 'topic', '1', '12'],
  ],
  [
    'CircleCI',
    {
      CIRCLECI: 'true',
      CIRCLE_REPOSITORY_URL: 'https://github.com/acme/shop',
      CIRCLE_BRANCH: 'pull/13',
      CIRCLE_SHA1: '1',
      CIRCLE_PR_NUMBER: '13',
      CIRCLE_PR_REPONAME: 'shop',
    },
    ['https://github.com/acme/shop', undefined, '1', '13'],
    true,
  ],
  [
    'Buildkite',
    {
      BUILDKITE: 'true',
      BUILDKITE_REPO: 'git@github.com:acme/shop.git',
      BUILDKITE_BRANCH: 'main',
      BUILDKITE_COMMIT: 'HEAD',
      BUILDKITE_PULL_REQUEST: 'false',
      BUILDKITE_PULL_REQUEST_REPO: '',
    },
    ['https://github.com/acme/shop', 'main'],
  ],
  [
    'Buildkite',
    {
      BUILDKITE: 'true',
      BUILDKITE_REPO: 'git@github.com:acme/shop.git',
      BUILDKITE_BRANCH: 'stranger:feature/x',
      BUILDKITE_COMMIT: sha,
      BUILDKITE_PULL_REQUEST: '14',
      BUILDKITE_PULL_REQUEST_REPO: 'git://github.com/stranger/shop.git',
    },
    ['https://github.com/acme/shop', 'feature/x', sha, '14'],
    true,
  ],
  [
    'Travis CI',
    {
      TRAVIS: 'true',
      TRAVIS_REPO_SLUG: 'acme/shop',
      TRAVIS_BRANCH: 'main',
      TRAVIS_COMMIT: '1',
      TRAVIS_PULL_REQUEST: 'false',
    },
    ['https://github.com/acme/shop', 'main', '1'],
  ],
  [
    'Travis CI',
    {
      TRAVIS: 'true',
      TRAVIS_REPO_SLUG: 'acme/shop',
      TRAVIS_BRANCH: 'main',
      TRAVIS_COMMIT: 'merge',
      TRAVIS_PULL_REQUEST: '15',
      TRAVIS_PULL_REQUEST_BRANCH: 'topic',
      TRAVIS_PULL_REQUEST_SHA: 'head',
      TRAVIS_PULL_REQUEST_SLUG: 'stranger/shop',
    },
    ['https://github.com/acme/shop', 'topic', 'head', '15'],
    true,
  ],
  [
    'Travis CI',
    { TRAVIS: 'true', TRAVIS_REPO_SLUG: 'acme/shop', TRAVIS_BRANCH: 'v1', TRAVIS_TAG: 'v1' },
    ['https://github.com/acme/shop'],
  ],
])('%s %j', async (name, env, [repositoryUrl, branch, commit, pullRequest], isFork = false) => {
  const found = await detectContext(nothing, env, noGit);
  expect({
    ci: found.ci,
    repositoryUrl: found.repositoryUrl?.value,
    branch: found.branch?.value,
    commit: found.commit?.value,
    pullRequest: found.pullRequest?.value,
    isFork: found.isFork ?? false,
  }).toEqual({ ci: name, repositoryUrl, branch, commit, pullRequest, isFork });
  for (const value of [found.repositoryUrl, found.branch, found.commit, found.pullRequest]) {
    if (value !== undefined) expect(value.origin).toMatch(new RegExp(`^${name}, [A-Z_0-9]+$`));
  }
});
