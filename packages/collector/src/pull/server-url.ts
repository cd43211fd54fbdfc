import { isLoopback } from '../targets/collector-url.ts';
import { PullError } from './pull-error.ts';

/** Where a server's API is. */
export interface ServerUrl {
  /** Scheme, host and port: the only place that the token is sent to. */
  readonly origin: string;
  /** What stands before the paths of the API, without a slash at its end; often empty. */
  readonly basePath: string;
}

/**
 * Checks the address of a server. Without a scheme `https://` is meant.
 * @throws PullError `pull-url` for an address that is none, that is not encrypted and not on this machine, that holds a user name or
 *   password, or that is a link-local one
 */
export function serverUrl(text: string): ServerUrl {
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text.trim());
  const url = URL.parse(hasScheme ? text.trim() : `https://${text.trim()}`);
  if (url === null || url.hostname === '') {
    throw new PullError('pull-url', 'The URL of the server cannot be read. It looks like https://sonar.example.com.');
  }
  if (url.username !== '' || url.password !== '') {
    throw new PullError(
      'pull-url',
      `The URL of ${url.host} holds a user name or a password. Remove it; the token comes from the environment or a file.`,
    );
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new PullError(
      'pull-url',
      `${url.protocol}//${url.host} is not encrypted. The token goes over https: only; http: is for this machine (127.0.0.1, localhost).`,
    );
  }
  if (/^169\.254\./.test(url.hostname) || /^\[f(e[89ab]|d00:ec2:)/i.test(url.hostname)) {
    throw new PullError('pull-url', `${url.hostname} is a link-local address and no server of findings.`);
  }
  if (url.search !== '' || url.hash !== '') {
    throw new PullError(
      'pull-url',
      `The URL of ${url.host} has a part after '?' or '#'. Give the address at which the server's start page is.`,
    );
  }
  return { origin: url.origin, basePath: trimSlashes(url.pathname) };
}

function trimSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}
