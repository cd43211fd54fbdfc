import { ciRetryPolicy } from '../../send/with-retry.ts';
import { createApiClient } from '../api-client.ts';
import type { PullSettings } from '../pull-settings.ts';
import type { PulledReport } from '../pulled-report.ts';
import { serverUrl } from '../server-url.ts';
import { pullSnyk, type SnykScope } from './pull-snyk.ts';

/**
 * The issues of an organisation in Snyk. The address may be that of a region, such as `https://api.eu.snyk.io`, with or without `/rest`.
 * @throws PullError `pull-url` for an address that cannot be used; everything else when the text is read
 */
export function openSnyk(settings: PullSettings, scope: SnykScope): PulledReport & AsyncDisposable {
  const given = serverUrl(settings.url);
  const basePath = given.basePath.endsWith('/rest') ? given.basePath : `${given.basePath}/rest`;
  const { token } = settings;
  const api = createApiClient({
    ...settings,
    policy: settings.policy ?? ciRetryPolicy,
    server: { ...given, basePath },
    serverName: 'Snyk',
    accept: 'application/vnd.api+json',
    authorization: () => ({ scheme: 'token', credentials: token }),
    tokenVariable: 'SNYK_TOKEN',
  });
  const report = pullSnyk({ api, scope, onProgress: settings.onProgress });
  return { ...report, [Symbol.asyncDispose]: () => api[Symbol.asyncDispose]() };
}
