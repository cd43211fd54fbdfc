import { PullError } from '../pull-error.ts';

/** What a server's version means for its parameters. */
export interface Dialect {
  /** As the server says it, such as `10.4.1.88267`; undefined where it does not. */
  readonly version: string | undefined;
  /** Whether the token travels as `Bearer`; older servers take it as a user name without password. */
  readonly takesBearer: boolean;
  /** The parameters of an issue search for the project. */
  readonly components: readonly string[];
  /** The parameters of a hotspot search for the project. */
  readonly project: readonly string[];
  /** What leaves out issues that are fixed or closed. */
  readonly unresolvedIssues: Readonly<Record<string, string>>;
}

/** Leaves out what is closed, in the words of old servers, which newer ones still know. */
const oldStatuses = { statuses: 'OPEN,CONFIRMED,REOPENED,RESOLVED' };

/** For a server that does not tell its version: parameters with both of their names, of which a server heeds the one that it knows. */
export const anyDialect: Dialect = {
  version: undefined,
  takesBearer: true,
  components: ['components', 'componentKeys'],
  project: ['project', 'projectKey'],
  unresolvedIssues: oldStatuses,
};

/**
 * Reads what `api/server/version` says. Versions are 4.5 to 10.8, then 2025.1; Community Builds count years, as in 25.1; SonarCloud calls itself 8.0 and
 * keeps the old names.
 * @throws PullError `pull-answer` for a text that is no version
 */
export function dialectOf(version: string): Dialect {
  const [, major = '', minor = ''] = /^(\d{1,4})\.(\d{1,4})(?:[.\-\s]|$)/.exec(version) ?? [];
  if (major === '') {
    throw new PullError(
      'pull-answer',
      'The server does not say which version of SonarQube it is, so it is none. Check the URL: it ends where the start page is.',
    );
  }
  const since = (fromMajor: number, fromMinor: number) =>
    Number(major) > fromMajor || (Number(major) === fromMajor && Number(minor) >= fromMinor);
  return {
    version,
    takesBearer: since(10, 0),
    components: [since(10, 2) ? 'components' : 'componentKeys'],
    project: [since(10, 2) ? 'project' : 'projectKey'],
    unresolvedIssues: since(10, 4) ? { issueStatuses: 'OPEN,CONFIRMED,ACCEPTED,FALSE_POSITIVE' } : oldStatuses,
  };
}
