import type { SnykScope } from '../../pull/snyk/pull-snyk.ts';
import { defaultSnykUrl } from '../../pull/snyk/snyk-url.ts';
import type { SonarqubeScope } from '../../pull/sonarqube/pull-sonarqube.ts';
import type { FromChoice } from '../from-choices.ts';
import { UsageError } from '../usage-error.ts';
import type { PullCommandOptions } from './pull-options.ts';

/** What is to be pulled, and from where. */
export type PullPlan = {
  /** How the user knows it: the host, and what is asked for. */
  readonly path: string;
  readonly url: string;
} & (
  | { readonly from: 'sonarqube'; readonly scope: SonarqubeScope }
  | { readonly from: 'snyk'; readonly scope: SnykScope }
);

type Options = PullCommandOptions & { readonly from: FromChoice };
type Variables = Readonly<Record<string, string | undefined>>;

/**
 * What the command line says about a pull; `undefined` when it names files instead.
 * @throws UsageError when it says both, too little, or what does not fit together
 */
export function planPull(paths: readonly string[], options: Options, env: Variables): PullPlan | undefined {
  const { project, org } = options;
  const given = pullFlags.filter(([name]) => options[name] !== undefined).map(([, flag]) => flag);
  if (project === undefined && org === undefined) {
    if (paths.length === 0) {
      throw new UsageError(
        'There is nothing to convert. Name reports, or pull them: --from sonarqube --url URL --project KEY, or --from snyk --org ID.',
      );
    }
    if (given.length > 0) {
      throw new UsageError(
        `${given.join(', ')} ${given.length === 1 ? 'is' : 'are'} for pulling from a server, which needs --project KEY or --org ID.`,
      );
    }
    return undefined;
  }
  if (paths.length > 0) {
    throw new UsageError('Name files or what to pull (--project, --org), not both in one run.');
  }
  const from = options.from === 'auto' && org !== undefined ? 'snyk' : options.from;
  if (from === 'sonarqube') return planSonarqube(options, env);
  if (from === 'snyk') return planSnyk(options, env);
  throw new UsageError('Say what kind of server it is: --from sonarqube or --from snyk.');
}

function planSonarqube(options: Options, env: Variables): PullPlan {
  const { project, serverBranch: branch, pullRequest, organization, includeClosed } = options;
  if (options.org !== undefined) throw new UsageError('--org is for Snyk. In SonarCloud it is --organization.');
  if (project === undefined) throw new UsageError('Say which project of SonarQube: --project KEY.');
  if (branch !== undefined && pullRequest !== undefined) {
    throw new UsageError('A project has findings of a branch or of a pull request: give --branch or --pull-request.');
  }
  const url = options.serverUrl ?? setting(env, 'SONAR_HOST_URL');
  if (url === undefined) throw new UsageError('Say where SonarQube is: --url URL, or SONAR_HOST_URL.');
  const place = branch ?? (pullRequest === undefined ? undefined : `pull-request-${pullRequest}`);
  return {
    path: `${hostOf(url)}/${project}${place === undefined ? '' : `@${place}`}`,
    url,
    from: 'sonarqube',
    scope: { project, branch, pullRequest, organization, includeClosed: includeClosed === true },
  };
}

function planSnyk(options: Options, env: Variables): PullPlan {
  const { org, project, includeClosed } = options;
  if (org === undefined) throw new UsageError('Say which organisation of Snyk: --org ID, as its settings show it.');
  const foreign = pullFlags.filter(([name, , vendor]) => vendor === 'sonarqube' && options[name] !== undefined);
  if (foreign.length > 0) {
    throw new UsageError(`${foreign.map(([, flag]) => flag).join(', ')} cannot be used with Snyk.`);
  }
  const url = options.serverUrl ?? setting(env, 'SNYK_API') ?? defaultSnykUrl;
  return {
    path: `${hostOf(url)}/${org}${project === undefined ? '' : `@${project}`}`,
    url,
    from: 'snyk',
    scope: { org, project, includeClosed: includeClosed === true },
  };
}

/** Options that make no sense without a pull, with their flags and the vendor that alone knows them. */
const pullFlags = [
  ['serverBranch', '--branch', 'sonarqube'],
  ['pullRequest', '--pull-request', 'sonarqube'],
  ['organization', '--organization', 'sonarqube'],
  ['tokenFile', '--token-file', undefined],
  ['includeClosed', '--include-closed', undefined],
] as const satisfies readonly (readonly [keyof PullCommandOptions, string, 'sonarqube' | undefined])[];

function setting(env: Variables, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}

/** The host of an address, for names; what is wrong with the address is said when it is used. */
function hostOf(url: string): string {
  return URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `https://${url}`)?.host ?? 'server';
}
