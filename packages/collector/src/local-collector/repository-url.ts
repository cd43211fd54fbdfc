import { createHash } from 'node:crypto';

/**
 * The form in which repository URLs are compared: no scheme, user, query or fragment, host in lower case, no trailing
 * slash and no `.git`. `https://me:pw@GitHub.com/org/app.git/` becomes `github.com/org/app`.
 *
 * Returns undefined for text that is not a complete URL with a host and a path.
 */
export function normalizeRepositoryUrl(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { host, pathname, protocol } = new URL(url);
  // An ssh:// URL has no default port and keeps its host as written, so both are levelled here.
  if (!/^(https?|ssh|git):$/.test(protocol)) return undefined;
  const path = pathname.replace(/\/+$/, '').replace(/\.git$/, '');
  if (host === '' || path === '') return undefined;
  return `${host.toLowerCase()}${path}`;
}

/** The asset id given to a repository that came without one: 64 hex digits. */
export function repositoryIdOf(normalizedUrl: string): string {
  return createHash('sha256').update(normalizedUrl).digest('hex');
}
