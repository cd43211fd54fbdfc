import { readFile, stat } from 'node:fs/promises';
import { isSystemError } from '../../input/input-error.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** A value and the word for where it stands: a variable, or a file that the provider has written. */
export interface CiReading {
  readonly value: string | undefined;
  readonly from: string;
}

/** What a provider keeps outside of the environment. */
export interface CiFacts {
  /** GitHub: the event that started the workflow. */
  readonly event?: unknown;
  /** TeamCity: the parameters of the build. */
  readonly parameters?: ReadonlyMap<string, string>;
}

/** What a CI provider says about the code it runs on. Of several readings the first that has a value counts. */
export interface CiProvider {
  readonly name: string;
  /** Whether the environment is this provider's. */
  matches(env: Env): boolean;
  /** What has to be read from files; a file that cannot be read says nothing. */
  facts?(env: Env): Promise<CiFacts>;
  repositoryUrl(env: Env, facts: CiFacts): readonly CiReading[];
  /** The branch under work: of a pull request, its source branch, never the merge ref. */
  branch(env: Env, facts: CiFacts): readonly CiReading[];
  /** The commit: of a pull request, its head, never the merge commit, as far as the provider tells. */
  commit(env: Env, facts: CiFacts): readonly CiReading[];
  /** The number of the pull request. */
  pullRequest(env: Env, facts: CiFacts): readonly CiReading[];
  /** The pull request comes from a fork; providers give such runs no secrets. */
  isFork(env: Env, facts: CiFacts): boolean;
}

/** One record per provider; the first that matches speaks. */
export const ciProviders: readonly CiProvider[] = [
  {
    name: 'GitHub Actions',
    matches: (env) => env['GITHUB_ACTIONS'] === 'true',
    facts: async (env) => ({ event: await readJson(env['GITHUB_EVENT_PATH']) }),
    repositoryUrl: (env) => [
      { value: joined(env['GITHUB_SERVER_URL'], env['GITHUB_REPOSITORY']), from: 'GITHUB_REPOSITORY' },
    ],
    branch: (env) => [
      variable(env, 'GITHUB_HEAD_REF'),
      {
        value: env['GITHUB_REF_TYPE'] === 'branch' ? unlessMergeRef(env['GITHUB_REF_NAME']) : undefined,
        from: 'GITHUB_REF_NAME',
      },
    ],
    // Of a pull request the environment only has the merge commit, so the event tells.
    commit: (env, { event }) =>
      given(env['GITHUB_HEAD_REF']) === undefined
        ? [variable(env, 'GITHUB_SHA')]
        : [{ value: textAt(event, 'pull_request', 'head', 'sha'), from: 'pull_request.head.sha' }],
    pullRequest: (env, { event }) => [
      { value: numberAt(event, 'pull_request', 'number'), from: 'pull_request.number' },
      { value: /^refs\/pull\/(\d+)\//.exec(env['GITHUB_REF'] ?? '')?.[1], from: 'GITHUB_REF' },
    ],
    isFork(_env, { event }) {
      const base = textAt(event, 'pull_request', 'base', 'repo', 'full_name');
      // A fork that was deleted has no repository any more.
      return base !== undefined && textAt(event, 'pull_request', 'head', 'repo', 'full_name') !== base;
    },
  },
  {
    name: 'GitLab CI',
    matches: (env) => env['GITLAB_CI'] === 'true',
    repositoryUrl: (env) => [variable(env, 'CI_PROJECT_URL')],
    branch: (env) => [variable(env, 'CI_MERGE_REQUEST_SOURCE_BRANCH_NAME'), variable(env, 'CI_COMMIT_BRANCH')],
    commit: (env) => [variable(env, 'CI_MERGE_REQUEST_SOURCE_BRANCH_SHA'), variable(env, 'CI_COMMIT_SHA')],
    pullRequest: (env) => [variable(env, 'CI_MERGE_REQUEST_IID')],
    isFork: (env) => differ(env['CI_MERGE_REQUEST_SOURCE_PROJECT_ID'], env['CI_MERGE_REQUEST_PROJECT_ID']),
  },
  {
    name: 'Azure Pipelines',
    matches: (env) => env['TF_BUILD'] === 'True',
    repositoryUrl: (env) => [variable(env, 'BUILD_REPOSITORY_URI')],
    branch: (env) => [
      { value: branchOfRef(env['SYSTEM_PULLREQUEST_SOURCEBRANCH']), from: 'SYSTEM_PULLREQUEST_SOURCEBRANCH' },
      { value: branchOfRef(env['BUILD_SOURCEBRANCH']), from: 'BUILD_SOURCEBRANCH' },
    ],
    commit: (env) => [
      variable(env, 'SYSTEM_PULLREQUEST_SOURCECOMMITID'),
      // Without the commit of its source, BUILD_SOURCEVERSION of a pull request is the merge commit.
      ...(given(env['SYSTEM_PULLREQUEST_PULLREQUESTID']) === undefined ? [variable(env, 'BUILD_SOURCEVERSION')] : []),
    ],
    pullRequest: (env) => [
      variable(env, 'SYSTEM_PULLREQUEST_PULLREQUESTNUMBER'),
      variable(env, 'SYSTEM_PULLREQUEST_PULLREQUESTID'),
    ],
    isFork: (env) => env['SYSTEM_PULLREQUEST_ISFORK'] === 'True',
  },
  {
    name: 'Jenkins',
    matches: (env) => given(env['JENKINS_URL']) !== undefined,
    repositoryUrl: (env) => [variable(env, 'GIT_URL'), variable(env, 'GIT_URL_1')],
    branch: (env) => [
      variable(env, 'CHANGE_BRANCH'),
      // Of a pull request, BRANCH_NAME is `PR-12`.
      ...(given(env['CHANGE_ID']) === undefined
        ? [variable(env, 'BRANCH_NAME'), { value: env['GIT_BRANCH']?.replace(/^origin\//, ''), from: 'GIT_BRANCH' }]
        : []),
    ],
    commit: (env) => [variable(env, 'GIT_COMMIT')],
    pullRequest: (env) => [variable(env, 'CHANGE_ID')],
    isFork: (env) => given(env['CHANGE_FORK']) !== undefined,
  },
  {
    name: 'Bitbucket Pipelines',
    matches: (env) => given(env['BITBUCKET_BUILD_NUMBER']) !== undefined,
    repositoryUrl: (env) => [variable(env, 'BITBUCKET_GIT_HTTP_ORIGIN')],
    branch: (env) => [variable(env, 'BITBUCKET_BRANCH')],
    commit: (env) => [variable(env, 'BITBUCKET_COMMIT')],
    pullRequest: (env) => [variable(env, 'BITBUCKET_PR_ID')],
    isFork: () => false,
  },
  {
    name: 'CircleCI',
    matches: (env) => env['CIRCLECI'] === 'true',
    repositoryUrl: (env) => [variable(env, 'CIRCLE_REPOSITORY_URL')],
    // Of a fork's pull request, CIRCLE_BRANCH is `pull/12`.
    branch: (env) => [
      {
        value: /^pull\/\d+$/.test(env['CIRCLE_BRANCH'] ?? '') ? undefined : env['CIRCLE_BRANCH'],
        from: 'CIRCLE_BRANCH',
      },
    ],
    commit: (env) => [variable(env, 'CIRCLE_SHA1')],
    pullRequest: (env) => [
      variable(env, 'CIRCLE_PR_NUMBER'),
      { value: /\/(\d+)$/.exec(env['CIRCLE_PULL_REQUEST'] ?? '')?.[1], from: 'CIRCLE_PULL_REQUEST' },
    ],
    isFork: (env) => given(env['CIRCLE_PR_REPONAME']) !== undefined,
  },
  {
    name: 'Buildkite',
    matches: (env) => env['BUILDKITE'] === 'true',
    repositoryUrl: (env) => [variable(env, 'BUILDKITE_REPO')],
    // Of a fork's pull request, the branch is `owner:branch`.
    branch: (env) => [{ value: env['BUILDKITE_BRANCH']?.replace(/^[^/:]+:/, ''), from: 'BUILDKITE_BRANCH' }],
    // It may be the word HEAD, when a build was started by hand.
    commit: (env) => [
      {
        value: /^[0-9a-f]{40,64}$/.test(env['BUILDKITE_COMMIT'] ?? '') ? env['BUILDKITE_COMMIT'] : undefined,
        from: 'BUILDKITE_COMMIT',
      },
    ],
    pullRequest: (env) => [unlessFalse(env, 'BUILDKITE_PULL_REQUEST')],
    isFork: (env) =>
      unlessFalse(env, 'BUILDKITE_PULL_REQUEST').value !== undefined &&
      differ(env['BUILDKITE_PULL_REQUEST_REPO'], env['BUILDKITE_REPO']),
  },
  {
    name: 'TeamCity',
    matches: (env) => given(env['TEAMCITY_VERSION']) !== undefined,
    facts: readTeamCityParameters,
    repositoryUrl: (_env, { parameters }) => [parameter(parameters, 'vcsroot.url')],
    branch: (_env, { parameters }) => [
      parameter(parameters, 'teamcity.pullRequest.source.branch'),
      teamCityBranch(parameters),
    ],
    commit: (env, { parameters }) => [variable(env, 'BUILD_VCS_NUMBER'), parameter(parameters, 'build.vcs.number')],
    pullRequest: (_env, { parameters }) => [parameter(parameters, 'teamcity.pullRequest.number')],
    isFork: () => false,
  },
  {
    name: 'Travis CI',
    matches: (env) => env['TRAVIS'] === 'true',
    repositoryUrl: (env) => [
      { value: joined('https://github.com', env['TRAVIS_REPO_SLUG']), from: 'TRAVIS_REPO_SLUG' },
    ],
    branch: (env) => [
      variable(env, 'TRAVIS_PULL_REQUEST_BRANCH'),
      // Of a pull request TRAVIS_BRANCH is the branch it goes to, of a tag it is the tag.
      ...(unlessFalse(env, 'TRAVIS_PULL_REQUEST').value === undefined && given(env['TRAVIS_TAG']) === undefined
        ? [variable(env, 'TRAVIS_BRANCH')]
        : []),
    ],
    commit: (env) => [
      variable(env, 'TRAVIS_PULL_REQUEST_SHA'),
      ...(unlessFalse(env, 'TRAVIS_PULL_REQUEST').value === undefined ? [variable(env, 'TRAVIS_COMMIT')] : []),
    ],
    pullRequest: (env) => [unlessFalse(env, 'TRAVIS_PULL_REQUEST')],
    isFork: (env) => differ(env['TRAVIS_PULL_REQUEST_SLUG'], env['TRAVIS_REPO_SLUG']),
  },
];

function variable(env: Env, name: string): CiReading {
  return { value: given(env[name]), from: name };
}

function parameter(parameters: ReadonlyMap<string, string> | undefined, name: string): CiReading {
  return { value: given(parameters?.get(name)), from: name };
}

/** Some providers write `false` where there is no number. */
function unlessFalse(env: Env, name: string): CiReading {
  return { value: env[name] === 'false' ? undefined : given(env[name]), from: name };
}

function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function differ(one: string | undefined, other: string | undefined): boolean {
  return given(one) !== undefined && given(other) !== undefined && one !== other;
}

function joined(server: string | undefined, repository: string | undefined): string | undefined {
  return given(server) === undefined || given(repository) === undefined ? undefined : `${server}/${repository}`;
}

function unlessMergeRef(name: string | undefined): string | undefined {
  return name !== undefined && /^\d+\/merge$/.test(name) ? undefined : name;
}

/** Of a pull request on GitHub, Azure names its source branch without `refs/heads/`; merge refs and tags are no branches. */
function branchOfRef(ref: string | undefined): string | undefined {
  if (given(ref) === undefined) return undefined;
  if (ref?.startsWith('refs/heads/') === true) return ref.slice('refs/heads/'.length);
  return ref?.startsWith('refs/') === true ? undefined : ref;
}

function teamCityBranch(parameters: ReadonlyMap<string, string> | undefined): CiReading {
  const { value, from } = parameter(parameters, 'teamcity.build.branch');
  // `<default>` stands for the default branch; of a pull request it is `pull/12` or its number.
  const isBranch = value !== undefined && value !== '<default>' && !/^(pull\/)?\d+(\/merge)?$/.test(value);
  return { value: isBranch ? branchOfRef(value) : undefined, from };
}

/** TeamCity names a file with the build's properties in the environment; that file names one with all parameters. */
async function readTeamCityParameters(env: Env): Promise<CiFacts> {
  const build = await readProperties(env['TEAMCITY_BUILD_PROPERTIES_FILE']);
  const configuration = await readProperties(build.get('teamcity.configuration.properties.file'));
  return { parameters: new Map([...build, ...configuration]) };
}

/** Longer than any file of this kind, in bytes. */
const longestFile = 16 * 1024 * 1024;

async function readText(path: string | undefined): Promise<string | undefined> {
  if (given(path) === undefined || path === undefined) return undefined;
  try {
    const status = await stat(path);
    return status.isFile() && status.size <= longestFile ? await readFile(path, 'utf8') : undefined;
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

async function readJson(path: string | undefined): Promise<unknown> {
  const text = await readText(path);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The properties format of Java, as far as TeamCity writes it: `name=value` with backslashes before `:`, `=`, `#`, `!` and blanks. */
async function readProperties(path: string | undefined): Promise<Map<string, string>> {
  const properties = new Map<string, string>();
  for (const line of (await readText(path))?.split(/\r?\n/) ?? []) {
    if (/^\s*([#!]|$)/.test(line)) continue;
    const end = separatorOf(line);
    properties.set(unescaped(line.slice(0, end)).trim(), unescaped(line.slice(end + 1)).trim());
  }
  return properties;
}

function separatorOf(line: string): number {
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1;
    else if (line[at] === '=' || line[at] === ':') return at;
  }
  return line.length;
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, code: string | undefined, character: string) =>
    code === undefined ? character : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function valueAt(value: unknown, names: readonly string[]): unknown {
  let at = value;
  for (const name of names) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}

function textAt(value: unknown, ...names: readonly string[]): string | undefined {
  const found = valueAt(value, names);
  return typeof found === 'string' ? given(found) : undefined;
}

function numberAt(value: unknown, ...names: readonly string[]): string | undefined {
  const found = valueAt(value, names);
  return typeof found === 'number' && Number.isSafeInteger(found) ? String(found) : undefined;
}
