import { TargetError } from './target-error.ts';

const uploadPath = '/public_api/appsec/v1/collectors/';

/** An upload URL that has been checked. */
export interface CollectorUrl {
  /** The URL as it is used; may carry a query of its own. */
  readonly url: URL;
  /** The last segment of the path. */
  readonly collectorId: string;
}

/**
 * Finds the upload URL (cortex-collector: section 2). A URL with a path of its own is complete and used as it is; a bare
 * host, with or without `https://`, gets the documented path of `collectorId`.
 * @throws TargetError for a URL that is none, that would carry findings unencrypted to another machine, that holds a
 *   user name or password, or that points at a link-local address
 */
export function collectorUrl(text: string, collectorId?: string): CollectorUrl {
  const url = parse(text.trim());
  checkOrigin(url);

  if (url.pathname.includes('/collectors/') || (collectorId === undefined && url.pathname !== '/')) {
    const named = decoded(url.pathname.split('/').findLast((segment) => segment !== '') ?? '');
    if (collectorId !== undefined && collectorId !== named) {
      throw new TargetError(
        'collector-differs',
        `The upload URL names the collector '${named}' and the configuration names '${collectorId}'. Keep one of the two.`,
      );
    }
    return { url, collectorId: named };
  }

  if (collectorId === undefined || collectorId.trim() === '') {
    throw new TargetError(
      'collector-missing',
      `${url.origin} is only a host. Set the collector id (--collector, SARIFLOW_COLLECTOR_ID), or use the complete API URL that the console shows for the collector.`,
    );
  }
  const base = url.pathname.replace(/\/+$/, '').replace(/\/public_api\/appsec\/v1\/collectors$/, '');
  url.pathname = `${base}${uploadPath}${encodeURIComponent(collectorId.trim())}`;
  return { url, collectorId: collectorId.trim() };
}

/**
 * The URL of a target that is no Collector, checked in the same way: encrypted or on this machine, no user name, no link-local address.
 * @throws TargetError
 */
export function targetUrl(text: string): URL {
  const url = parse(text.trim());
  checkOrigin(url);
  return url;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    // A stray '%' is part of the name then; the URL is used as it was given in any case.
    if (error instanceof URIError) return segment;
    throw error;
  }
}

function parse(text: string): URL {
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  const url = URL.parse(hasScheme ? text : `https://${text}`);
  if (url === null || url.hostname === '') {
    throw new TargetError(
      'target-url',
      `The URL of the target cannot be read. It looks like https://api-<tenant>.xdr.<region>.paloaltonetworks.com.`,
    );
  }
  return url;
}

function checkOrigin(url: URL): void {
  if (url.username !== '' || url.password !== '') {
    throw new TargetError(
      'target-url-userinfo',
      `The URL of ${url.host} holds a user name or a password. Remove it; keys come from SARIFLOW_API_KEY or a file.`,
    );
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new TargetError(
      'target-url-insecure',
      `${url.origin} is not encrypted. Findings and keys go over https: only; http: is for this machine (127.0.0.1, localhost).`,
    );
  }
  if (isMetadataHost(url.hostname)) {
    throw new TargetError('target-url-forbidden', `${url.hostname} is a link-local address and no target of findings.`);
  }
  if (url.hash !== '') {
    throw new TargetError('target-url', `The URL of ${url.host} has a part after '#', which is never sent. Remove it.`);
  }
}

/** Link-local addresses, also as IPv6 writes them, and the other places where clouds keep a machine's own credentials. */
function isMetadataHost(hostname: string): boolean {
  return (
    /^169\.254\./.test(hostname) ||
    /^\[f(e[89ab]|d00:ec2:)/i.test(hostname) ||
    /^\[::ffff:a9fe:/i.test(hostname) ||
    ['100.100.100.200', '168.63.129.16', 'metadata.google.internal'].includes(hostname.replace(/\.$/, ''))
  );
}

/** Whether a host, as `URL.hostname` has it, is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}
