import { BlockList, isIP } from 'node:net';
import { TargetError } from '../targets/target-error.ts';

/** Which proxy to use for which scheme, and for which hosts none. */
export interface ProxySettings {
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  /** Hosts separated by commas, as `NO_PROXY` has them. */
  readonly noProxy?: string;
}

/**
 * Reads the customary variables. Lower case wins, but an empty one counts as absent, so that `https_proxy=""` does not
 * hide `HTTPS_PROXY`. `ALL_PROXY` stands in where neither scheme has one. `undefined`: no proxy is set.
 */
export function proxyFromEnv(env: Readonly<Record<string, string | undefined>>): ProxySettings | undefined {
  const read = (name: string) =>
    [env[name], env[name.toUpperCase()]].find((value) => value !== undefined && value.trim() !== '')?.trim();
  const httpProxy = read('http_proxy') ?? read('all_proxy');
  const httpsProxy = read('https_proxy') ?? httpProxy;
  const noProxy = read('no_proxy');
  if (httpProxy === undefined && httpsProxy === undefined) return undefined;
  return {
    ...(httpProxy === undefined ? {} : { httpProxy }),
    ...(httpsProxy === undefined ? {} : { httpsProxy }),
    ...(noProxy === undefined ? {} : { noProxy }),
  };
}

/** A proxy to go through. */
export interface Proxy {
  /** Without user name and password, so it can be shown. */
  readonly url: URL;
  /** What `Proxy-Authorization` says, or `undefined` where the proxy asks for nothing. A secret. */
  readonly authorization: string | undefined;
}

/**
 * The proxy for requests to an origin; `undefined` for none. This machine is never asked for through another.
 * @throws TargetError `proxy-url` when the proxy's address cannot be read
 */
export function proxyFor(origin: string, settings: ProxySettings | undefined): Proxy | undefined {
  const target = new URL(origin);
  const text = target.protocol === 'https:' ? settings?.httpsProxy : settings?.httpProxy;
  if (text === undefined || text === '' || isExempt(target, settings?.noProxy ?? '')) return undefined;
  return parseProxy(text);
}

function parseProxy(text: string): Proxy {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (url === null || url.hostname === '' || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new TargetError(
      'proxy-url',
      'The address of the proxy cannot be read. HTTPS_PROXY looks like http://proxy.example:3128; a user name and a password may stand in front of the host.',
    );
  }
  const { username, password } = url;
  const shown = new URL(url.origin);
  if (username === '' && password === '') return { url: shown, authorization: undefined };
  const pair = `${decoded(username)}:${decoded(password)}`;
  return { url: shown, authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    // A password with a bare '%' was not encoded by whoever set it; it is meant as it stands.
    if (error instanceof URIError) return text;
    throw error;
  }
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Forms of `NO_PROXY`: `*`, `host`, `.domain`, `*.domain`, `host:port`, `10.1.2.3`, `10.0.0.0/8`, `[::1]:443`. */
function isExempt({ hostname, port, protocol }: URL, noProxy: string): boolean {
  const host = bare(hostname);
  if (host === 'localhost' || host.endsWith('.localhost') || holds(loopback, host)) return true;
  const actualPort = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => covers(entry, host, actualPort));
}

function covers(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const network = entry.indexOf('/');
  if (network !== -1) return holds(subnet(entry.slice(0, network), Number(entry.slice(network + 1))), host);

  const { name, onlyPort } = splitPort(entry);
  if (onlyPort !== undefined && onlyPort !== port) return false;
  if (isIP(name) !== 0) return holds(single(name), host);
  const domain = name.replace(/^\*?\./, '').replace(/\.$/, '');
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}

function splitPort(entry: string): { name: string; onlyPort: string | undefined } {
  if (isIP(entry) !== 0) return { name: entry, onlyPort: undefined };
  const at = entry.lastIndexOf(':');
  const after = entry.slice(at + 1);
  if (at === -1 || !/^\d{1,5}$/.test(after)) return { name: bare(entry), onlyPort: undefined };
  return { name: bare(entry.slice(0, at)), onlyPort: after };
}

function bare(host: string): string {
  const plain = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  return plain.endsWith('.') ? plain.slice(0, -1) : plain;
}

function single(address: string): BlockList {
  const list = new BlockList();
  list.addAddress(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return list;
}

/** A network that makes no sense covers nothing. */
function subnet(address: string, bits: number): BlockList {
  const list = new BlockList();
  const family = isIP(address);
  const most = family === 6 ? 128 : 32;
  if (family !== 0 && Number.isInteger(bits) && bits >= 0 && bits <= most) {
    list.addSubnet(address, bits, family === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

function holds(list: BlockList, host: string): boolean {
  const family = isIP(host);
  return family !== 0 && list.check(host, family === 6 ? 'ipv6' : 'ipv4');
}
