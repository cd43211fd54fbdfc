import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { buildConnector, type Dispatcher, Pool, ProxyAgent } from 'undici';
import { createCountedBody } from './counted-body.ts';
import type { HttpAnswer, HttpRequest, HttpResult } from './http-message.ts';
import { ignoreContinue } from './ignore-continue.ts';
import { type ProxySettings, proxyFor } from './proxy-settings.ts';
import { type TrustSettings, trustedCertificates } from './trusted-certificates.ts';

/** How requests travel. Every number has a default that suits uploads. */
export interface TransportOptions extends TrustSettings {
  /** Scheme, host and port; every request goes there and nowhere else. */
  readonly origin: string;
  /** Connections at most. Default 4. */
  readonly concurrency?: number;
  /** Default 10,000 ms. */
  readonly connectTimeoutMs?: number;
  /** From the last body byte to the end of the answer's headers. Default 60,000 ms, and the time of a slow line. */
  readonly headersTimeoutMs?: number;
  /** Between two pieces of an answer's body. Default 30,000 ms. */
  readonly bodyTimeoutMs?: number;
  /** How much of an answer is read. Default 65,536 bytes. */
  readonly maxAnswerBytes?: number;
  /** How long a connection is kept for the next request where the server does not say. Default 4,000 ms. */
  readonly keepAliveMs?: number;
  /** Not used for this machine, nor for the hosts of `noProxy`. */
  readonly proxy?: ProxySettings;
  /** Finds addresses of hosts; default: the system's way. */
  readonly lookup?: LookupFunction;
}

/** Moves requests and answers. Retries nothing, follows no redirect, and never rejects for what the network does. */
export interface HttpTransport extends AsyncDisposable {
  /** Sends once. The caller limits the time with `signal`. */
  request(request: HttpRequest, signal: AbortSignal): Promise<HttpResult>;
  /** Closes every connection at once. */
  close(): Promise<void>;
}

/**
 * A transport to one origin over undici.
 * @throws TargetError `proxy-url`, `ca-file`
 */
export function createHttpTransport(options: TransportOptions): HttpTransport {
  let dispatcher = createDispatcher(options);
  const retired = new Set<Promise<void>>();
  const { maxAnswerBytes = 65_536, headersTimeoutMs = 60_000, concurrency = defaultConcurrency } = options;
  const close = async () => {
    await dispatcher.destroy();
    await Promise.all(retired);
  };
  let answered = false;

  /** What comes from now on travels on new connections; what is under way is left alone. */
  const renewConnections = () => {
    const old = dispatcher;
    dispatcher = createDispatcher(options);
    const closing: Promise<void> = old.close().finally(() => retired.delete(closing));
    retired.add(closing);
  };

  const once = async (request: HttpRequest, signal: AbortSignal): Promise<HttpResult> => {
    const body = request.body === undefined ? undefined : createCountedBody(request.body);
    try {
      signal.throwIfAborted();
      const response = await dispatcher.request({
        origin: options.origin,
        path: request.path,
        method: request.method,
        headers: withLength(request),
        // undici takes any iterable; its declaration names only streams.
        body: (body?.slices ?? null) as Readable | null,
        headersTimeout: headersTimeoutMs + drainMs(request.body),
        signal,
      });
      answered = true;
      const answer = await readAnswer(response, maxAnswerBytes);
      if (staleStatuses.has(answer.status)) renewConnections();
      return answer;
    } catch (error) {
      return { type: 'failure', sent: body?.sent() ?? 'nothing', error };
    }
  };

  return {
    close,
    [Symbol.asyncDispose]: close,
    async request(request, signal) {
      // A kept connection that had died took nothing with it; there are at most as many of them as connections.
      for (let dead = 0; ; dead += 1) {
        const result = await once(request, signal);
        if (!answered || signal.aborted || dead >= concurrency || !isDeadConnection(result)) return result;
      }
    },
  };
}

const defaultConcurrency = 4;
/** 408 and 425 speak of the connection; a second attempt is made on another. */
const staleStatuses = new Set([408, 425]);
const goneCodes = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/** The connection was gone before anything of the request had left. */
function isDeadConnection(result: HttpResult): boolean {
  if (result.type === 'answer' || result.sent !== 'nothing') return false;
  const { error } = result;
  return error instanceof Error && 'code' in error && goneCodes.has(String(error.code));
}

function createDispatcher(options: TransportOptions): Dispatcher {
  const { connectTimeoutMs = 10_000, lookup, concurrency = defaultConcurrency } = options;
  const connect = {
    timeout: connectTimeoutMs,
    // Said, not left to the defaults, so that NODE_TLS_REJECT_UNAUTHORIZED=0 or an old default changes nothing here.
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ...trustedCertificates(options),
    ...(lookup === undefined ? {} : { lookup }),
  } as const;
  const settings = {
    connections: concurrency,
    pipelining: 1,
    // One request, one connection: the outcome of one part must never depend on what happens to another.
    allowH2: false,
    bodyTimeout: options.bodyTimeoutMs ?? 30_000,
    ...(options.keepAliveMs === undefined ? {} : { keepAliveTimeout: options.keepAliveMs }),
  };
  const proxy = proxyFor(options.origin, options.proxy);
  if (proxy === undefined) {
    const connector = buildConnector({ ...connect, allowH2: false });
    return new Pool(options.origin, { ...settings, connect: ignoreContinue(connector) });
  }

  return new ProxyAgent({
    ...settings,
    uri: proxy.url.href,
    ...(proxy.authorization === undefined ? {} : { token: proxy.authorization }),
    connectTimeout: connectTimeoutMs,
    // Each of the two, the proxy and the target behind it, is to prove who it is.
    proxyTls: connect,
    requestTls: connect,
    factory: (origin, given) => {
      const { connect: tunnel, ...rest } = given as Pool.Options;
      // The agent hands its own way through the tunnel to whoever makes the connections to the target.
      return new Pool(origin, typeof tunnel === 'function' ? { ...rest, connect: ignoreContinue(tunnel) } : given);
    },
  });
}

/** What was handed over may still sit in the system's buffers; a line of 64 KiB per second needs so long to empty them. */
function drainMs(body: Uint8Array | undefined): number {
  const largestBuffer = 4_194_304;
  return (Math.min(body?.byteLength ?? 0, largestBuffer) / 65_536) * 1000;
}

function withLength(request: HttpRequest): Record<string, string> {
  const length = request.body === undefined ? {} : { 'content-length': String(request.body.byteLength) };
  return { ...request.headers, ...length };
}

async function readAnswer(response: Dispatcher.ResponseData, maxBytes: number): Promise<HttpAnswer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let complete = true;

  try {
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      length += chunk.byteLength;
      if (length <= maxBytes) continue;
      complete = false;
      break; // Leaving the loop destroys the connection, so an endless answer ends here.
    }
  } catch {
    // A status is known, and it decides; that the text after it is incomplete is said by `complete`.
    complete = false;
  }
  return {
    type: 'answer',
    status: response.statusCode,
    headers: firstOf(response.headers),
    body: Buffer.concat(chunks).subarray(0, maxBytes),
    complete,
  };
}

function firstOf(headers: Dispatcher.ResponseData['headers']): Map<string, string> {
  const first = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    const text = Array.isArray(value) ? value[0] : value;
    if (text !== undefined) first.set(name.toLowerCase(), text);
  }
  return first;
}
