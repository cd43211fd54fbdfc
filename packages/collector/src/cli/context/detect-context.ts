import { UsageError } from '../usage-error.ts';
import { type CiFacts, type CiProvider, type CiReading, ciProviders } from './ci-providers.ts';
import { type ContextValue, firstOf } from './context-value.ts';
import type { AskGit } from './git.ts';
import { webAddressOf } from './repository-url.ts';

/** Where findings belong, as far as the user, the CI provider and git say it. */
export interface Context {
  readonly repositoryUrl?: ContextValue;
  readonly repositoryId?: ContextValue;
  readonly branch?: ContextValue;
  readonly commit?: ContextValue;
  /** The number of the pull request that is built. */
  readonly pullRequest?: ContextValue;
  /** The pull request comes from a fork, so the CI provider gives the run no secrets. */
  readonly isFork?: boolean;
  /** The CI provider's name, when there is one. */
  readonly ci?: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** A setting the user made: a flag, a variable or the configuration, with the word for it. */
export type Given = (name: 'repositoryUrl' | 'repositoryId' | 'branch') => ContextValue | undefined;

/**
 * Puts the context together: what the user gave, then the CI provider, then git. Repository addresses lose user names and passwords. Throws
 * `UsageError` when a given repository address is none.
 */
export async function detectContext(given: Given, env: Env, askGit: AskGit): Promise<Context> {
  const provider = ciProviders.find((candidate) => candidate.matches(env));
  const facts = (await provider?.facts?.(env)) ?? {};
  const fromCi = (read: (ci: CiProvider) => (env: Env, facts: CiFacts) => readonly CiReading[]) =>
    provider === undefined
      ? []
      : read(provider)(env, facts).map(({ value, from }) => ({ value, origin: `${provider.name}, ${from}` }));
  const [remote, branch, commit] = await Promise.all([
    askGit('config', '--get', 'remote.origin.url'),
    askGit('symbolic-ref', '--quiet', '--short', 'HEAD'),
    askGit('rev-parse', '--verify', '--quiet', 'HEAD'),
  ]);
  const address = (found: { value: string | undefined; origin: string }) => ({
    value: found.value === undefined ? undefined : webAddressOf(found.value),
    origin: found.origin,
  });

  return withoutAbsent({
    repositoryUrl: firstOf([
      ...givenAddress(given('repositoryUrl')),
      ...fromCi((ci) => ci.repositoryUrl).map(address),
      address({ value: remote, origin: 'git remote origin' }),
    ]),
    repositoryId: given('repositoryId'),
    branch: firstOf([
      ...candidatesOf(given('branch')),
      ...fromCi((ci) => ci.branch),
      { value: branch, origin: 'git branch' },
    ]),
    commit: firstOf([...fromCi((ci) => ci.commit), { value: commit, origin: 'git HEAD' }]),
    pullRequest: firstOf(fromCi((ci) => ci.pullRequest)),
    isFork: provider?.isFork(env, facts) === true ? true : undefined,
    ci: provider?.name,
  });
}

function candidatesOf(value: ContextValue | undefined) {
  return value === undefined ? [] : [{ value: value.value, origin: value.origin }, ...value.beat];
}

function givenAddress(value: ContextValue | undefined) {
  return candidatesOf(value).map(({ value: remote, origin }) => {
    const address = webAddressOf(remote);
    if (address === undefined) {
      // The text itself may hold a password, so it is not repeated.
      throw new UsageError(`${origin} is not the address of a repository. Write it as https://host/owner/name.`);
    }
    return { value: address, origin };
  });
}

type WithoutAbsent<Values> = { [Name in keyof Values]?: Exclude<Values[Name], undefined> };

function withoutAbsent<Values extends object>(values: Values): WithoutAbsent<Values> {
  const present = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as WithoutAbsent<Values>;
}
