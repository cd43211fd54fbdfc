import { TargetError } from './target-error.ts';

/**
 * A repository's URL without what must not travel: user name, password, query and fragment are gone, the `git@host:path`
 * and `ssh:` forms become `https:`, a final `.git` or slash is dropped.
 * @throws TargetError `repository-url` when it is no URL of a repository
 */
export function cleanRepositoryUrl(text: string): string {
  const trimmed = text.trim();
  const scp = /^(?:[^@/\s]+@)?([^:/\s]+):(?!\/\/)(.+)$/.exec(trimmed);
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed);
  const url = URL.parse(hasScheme ? trimmed : scp === null ? `https://${trimmed}` : `https://${scp[1]}/${scp[2]}`);

  if (url === null || url.hostname === '' || url.pathname === '/' || url.pathname === '') {
    throw new TargetError(
      'repository-url',
      'The repository URL cannot be read. It looks like https://github.com/org/repo (--repository-url, SARIFLOW_REPOSITORY_URL).',
    );
  }
  const web = url.protocol === 'http:' || url.protocol === 'https:';
  const origin = web ? `${url.protocol}//${url.host}` : `https://${url.hostname}`;
  return `${origin}${url.pathname.replace(/\/+$/, '').replace(/\.git$/, '')}`;
}
