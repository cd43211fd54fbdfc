import { uriForm } from '../../run/uri-form.ts';
import { isRedacted } from './redacted.ts';

/** Beginnings of access tokens that stand alone in front of a host. */
const tokenBeginnings = ['ghp_', 'gho_', 'ghu_', 'ghs_', 'github_pat_', 'glpat-', 'xoxb-', 'AKIA', 'eyJ'];

/** Whether a URI carries a password or an access token in front of its host: `https://user:password@host/`. */
export function hasCredentials(uri: string, redactionTokens: readonly string[]): boolean {
  return withoutCredentials(uri, redactionTokens) !== undefined;
}

/** A URI without what stands in front of its host, as it will be written; `undefined` where that is nothing secret. */
export function withoutCredentials(given: string, redactionTokens: readonly string[]): string | undefined {
  return cut(given, redactionTokens) ?? cut(uriForm(given).repaired, redactionTokens);
}

function cut(uri: string, redactionTokens: readonly string[]): string | undefined {
  const found = credentialsIn(uri, redactionTokens);
  return found === undefined ? undefined : uri.slice(0, found.start) + uri.slice(found.end);
}

/** Where they stand, as indices of the URI, the `@` behind them included. */
function credentialsIn(
  uri: string,
  redactionTokens: readonly string[],
): { readonly start: number; readonly end: number } | undefined {
  // Without a scheme, too, what follows two slashes is a host.
  const slashes = uri.startsWith('//') ? 0 : uri.indexOf('://') + 1;
  if (slashes === 0 && !uri.startsWith('//')) return undefined;
  const start = slashes + 2;
  const length = uri.slice(start).search(/[/?#]/);
  const authority = length === -1 ? uri.slice(start) : uri.slice(start, start + length);
  const at = authority.lastIndexOf('@');
  if (at === -1) return undefined;
  const userInfo = authority.slice(0, at);
  const colon = userInfo.indexOf(':');
  const isSecret =
    colon === -1
      ? tokenBeginnings.some((beginning) => userInfo.startsWith(beginning))
      : !isRedacted(userInfo.slice(colon + 1), redactionTokens);
  return isSecret ? { start, end: start + at + 1 } : undefined;
}
