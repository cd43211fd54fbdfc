import { isRedacted } from './redacted.ts';

/** Beginnings of access tokens that stand alone in front of a host. */
const tokenBeginnings = ['ghp_', 'gho_', 'ghu_', 'ghs_', 'github_pat_', 'glpat-', 'xoxb-', 'AKIA', 'eyJ'];

/** Whether a URI carries a password or an access token in front of its host: `https://user:password@host/`. */
export function hasCredentials(uri: string, redactionTokens: readonly string[]): boolean {
  const start = uri.indexOf('://');
  if (start === -1) return false;
  const rest = uri.slice(start + 3);
  const end = rest.search(/[/?#]/);
  const authority = end === -1 ? rest : rest.slice(0, end);
  const at = authority.lastIndexOf('@');
  if (at === -1) return false;
  const userInfo = authority.slice(0, at);
  const colon = userInfo.indexOf(':');
  if (colon === -1) return tokenBeginnings.some((beginning) => userInfo.startsWith(beginning));
  return !isRedacted(userInfo.slice(colon + 1), redactionTokens);
}
