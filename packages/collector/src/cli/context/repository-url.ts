/** `git@github.com:acme/shop.git`: the short form of SSH addresses. */
const scpForm = /^(?:[^@\s/]+@)?([^\s:/]+):(?!\/)(\S+)$/;

/**
 * The web address of a repository, from any form that git and CI systems use: no user name or password, no port of SSH, no `.git`.
 *
 * @returns undefined for what is no repository on a host, such as a local path
 */
export function webAddressOf(remote: string): string | undefined {
  const trimmed = remote.trim();
  const url = URL.canParse(trimmed) ? new URL(trimmed) : undefined;
  if (url !== undefined && url.host !== '') {
    switch (url.protocol) {
      case 'http:':
      case 'https:':
        return `${url.protocol}//${url.host}${pathOf(url.pathname)}`;
      case 'ssh:':
      case 'git:':
      case 'git+ssh:':
        return `https://${url.hostname}${pathOf(url.pathname)}`;
      default:
        return undefined;
    }
  }
  const short = scpForm.exec(trimmed);
  if (short === null || trimmed.includes('\\')) return undefined;
  return `https://${short[1]!.toLowerCase()}${pathOf(`/${short[2]!}`)}`;
}

function pathOf(path: string): string {
  return path.replace(/\/+$/, '').replace(/\.git$/, '');
}
