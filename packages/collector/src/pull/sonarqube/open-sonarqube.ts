import { Secret } from '../../secrets/secret.ts';
import { ciRetryPolicy } from '../../send/with-retry.ts';
import { type ApiClient, type Authorization, createApiClient } from '../api-client.ts';
import { PullError } from '../pull-error.ts';
import type { PullSettings } from '../pull-settings.ts';
import type { PulledReport } from '../pulled-report.ts';
import { serverUrl } from '../server-url.ts';
import { anyDialect, type Dialect, dialectOf } from './dialect.ts';
import { pullSonarqube, type SonarqubeScope } from './pull-sonarqube.ts';

/**
 * A project's findings on a SonarQube Server, Community Build or SonarCloud. The version of the server, which decides how the token travels, is asked
 * for without it.
 * @throws PullError `pull-url` for an address that cannot be used; everything else when the text is read
 */
export function openSonarqube(settings: PullSettings, scope: SonarqubeScope): PulledReport & AsyncDisposable {
  const server = serverUrl(settings.url);
  const { token } = settings;
  let authorization: Authorization = { scheme: 'Basic', credentials: basicCredentials(token) };
  const api = createApiClient({
    ...settings,
    policy: settings.policy ?? ciRetryPolicy,
    server,
    serverName: 'SonarQube',
    accept: 'application/json',
    authorization: () => authorization,
    tokenVariable: 'SONAR_TOKEN',
  });
  let report: PulledReport | undefined;

  return {
    async *text() {
      const dialect = await readDialect(api);
      if (dialect.takesBearer) authorization = { scheme: 'Bearer', credentials: token };
      const url = `${server.origin}${server.basePath}`;
      report = pullSonarqube({ api, dialect, serverUrl: url, scope, onProgress: settings.onProgress });
      yield* report.text();
    },
    summary: () => report?.summary() ?? { findings: 0, missing: 0, notices: [], remarks: [] },
    [Symbol.asyncDispose]: () => api[Symbol.asyncDispose](),
  };
}

/** Everybody may know the version; but whoever stands in front of the server may think otherwise, or keep it back. */
async function readDialect(api: ApiClient): Promise<Dialect> {
  const path = '/api/server/version';
  try {
    return dialectOf(
      await api.text(path, 'without token').catch((error: unknown) => {
        if (error instanceof PullError && error.code === 'pull-auth') return api.text(path, 'with token');
        throw error;
      }),
    );
  } catch (error) {
    if (error instanceof PullError && error.httpStatus === 404) return anyDialect;
    throw error;
  }
}

/** The token as a user name without a password. */
function basicCredentials(token: Secret): Secret {
  return new Secret(Buffer.from(`${token.expose()}:`).toString('base64'), 'the token');
}
