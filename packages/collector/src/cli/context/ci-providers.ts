type Env = Readonly<Record<string, string | undefined>>;

/** What a CI provider says about the code it runs on. */
export interface CiProvider {
  readonly name: string;
  /** Whether the environment is this provider's. */
  matches(env: Env): boolean;
  repositoryUrl(env: Env): string | undefined;
  /** The branch under work: of a pull request, its source branch, never the merge ref. */
  branch(env: Env): string | undefined;
  /** The commit. Of GitHub's pull requests the environment only has the merge commit, so the event tells. */
  commit(env: Env, event: unknown): string | undefined;
}

/** One record per provider; the first that matches speaks. */
export const ciProviders: readonly CiProvider[] = [
  {
    name: 'GitHub Actions',
    matches: (env) => env['GITHUB_ACTIONS'] === 'true',
    repositoryUrl: (env) => joined(env['GITHUB_SERVER_URL'], env['GITHUB_REPOSITORY']),
    branch: (env) =>
      given(env['GITHUB_HEAD_REF']) ??
      (env['GITHUB_REF_TYPE'] === 'branch' ? unlessMergeRef(env['GITHUB_REF_NAME']) : undefined),
    commit: (env, event) =>
      given(env['GITHUB_HEAD_REF']) === undefined ? given(env['GITHUB_SHA']) : pullRequestHead(event),
  },
  {
    name: 'GitLab CI',
    matches: (env) => env['GITLAB_CI'] === 'true',
    repositoryUrl: (env) => env['CI_PROJECT_URL'],
    branch: (env) => given(env['CI_MERGE_REQUEST_SOURCE_BRANCH_NAME']) ?? env['CI_COMMIT_BRANCH'],
    commit: (env) => given(env['CI_MERGE_REQUEST_SOURCE_BRANCH_SHA']) ?? env['CI_COMMIT_SHA'],
  },
  {
    name: 'Azure Pipelines',
    matches: (env) => env['TF_BUILD'] === 'True',
    repositoryUrl: (env) => env['BUILD_REPOSITORY_URI'],
    branch: (env) => branchOfRef(given(env['SYSTEM_PULLREQUEST_SOURCEBRANCH']) ?? env['BUILD_SOURCEBRANCH']),
    commit: (env) => given(env['SYSTEM_PULLREQUEST_SOURCECOMMITID']) ?? env['BUILD_SOURCEVERSION'],
  },
  {
    name: 'Jenkins',
    matches: (env) => given(env['JENKINS_URL']) !== undefined,
    repositoryUrl: (env) => given(env['GIT_URL']) ?? env['GIT_URL_1'],
    branch: (env) =>
      given(env['CHANGE_BRANCH']) ?? (given(env['BRANCH_NAME']) ?? env['GIT_BRANCH'])?.replace(/^origin\//, ''),
    commit: (env) => env['GIT_COMMIT'],
  },
  {
    name: 'Bitbucket Pipelines',
    matches: (env) => given(env['BITBUCKET_BUILD_NUMBER']) !== undefined,
    repositoryUrl: (env) => env['BITBUCKET_GIT_HTTP_ORIGIN'],
    branch: (env) => env['BITBUCKET_BRANCH'],
    commit: (env) => env['BITBUCKET_COMMIT'],
  },
];

function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function joined(server: string | undefined, repository: string | undefined): string | undefined {
  return given(server) === undefined || given(repository) === undefined ? undefined : `${server}/${repository}`;
}

function unlessMergeRef(name: string | undefined): string | undefined {
  return name !== undefined && /^\d+\/merge$/.test(name) ? undefined : name;
}

function branchOfRef(ref: string | undefined): string | undefined {
  return ref?.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : undefined;
}

/** `pull_request.head.sha` of the event that started the workflow. */
function pullRequestHead(event: unknown): string | undefined {
  const sha = memberOf(memberOf(memberOf(event, 'pull_request'), 'head'), 'sha');
  return typeof sha === 'string' ? sha : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
