import { isIP } from 'node:net';

/**
 * Whether a request may read the pages that ask for no credential. A web page elsewhere can point its own name at this
 * machine and then read what this server says; such a request carries that name in `Host`, so names other than ours are
 * refused. Addresses and `localhost` cannot be pointed elsewhere.
 */
export function isTrustedHost(host: string | undefined, listeningOn: string): boolean {
  if (host === undefined || !URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  const name = hostname.replace(/^\[|\]$/g, '');
  return name === 'localhost' || isIP(name) !== 0 || name === listeningOn.toLowerCase();
}

/** Whether only this machine can reach an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
