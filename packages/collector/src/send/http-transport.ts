import type { Readable } from 'node:stream';
import { type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import { createCountedBody } from './counted-body.ts';
import type { HttpAnswer, HttpRequest, HttpResult } from './http-message.ts';
import type { ProxySettings } from './proxy-settings.ts';

/** How requests travel. Every number has a default that suits uploads. */
export interface TransportOptions {
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
  readonly proxy?: ProxySettings;
  /** Certificates to trust besides the built-in ones, as PEM. */
  readonly ca?: string;
}

/** Moves requests and answers. Retries nothing, follows no redirect, and never rejects for what the network does. */
export interface HttpTransport extends AsyncDisposable {
  /** Sends once. The caller limits the time with `signal`. */
  request(request: HttpRequest, signal: AbortSignal): Promise<HttpResult>;
  /** Closes every connection at once. */
  close(): Promise<void>;
}

/** A transport to one origin over undici. */
export function createHttpTransport(options: TransportOptions): HttpTransport {
  const dispatcher = createDispatcher(options);
  const { maxAnswerBytes = 65_536, headersTimeoutMs = 60_000 } = options;
  const close = () => dispatcher.destroy();

  return {
    close,
    [Symbol.asyncDispose]: close,
    async request(request, signal) {
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
        return await readAnswer(response, maxAnswerBytes);
      } catch (error) {
        return { type: 'failure', sent: body?.sent() ?? 'nothing', error };
      }
    },
  };
}

function createDispatcher(options: TransportOptions): Dispatcher {
  const settings = {
    connections: options.concurrency ?? 4,
    pipelining: 1,
    // One request, one connection: the outcome of one part must never depend on what happens to another.
    allowH2: false,
    bodyTimeout: options.bodyTimeoutMs ?? 30_000,
    connect: {
      timeout: options.connectTimeoutMs ?? 10_000,
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    },
  };
  const { proxy } = options;
  if (proxy === undefined) return new Pool(options.origin, settings);

  // Given as texts, empty ones included, so that the agent does not look into the environment by itself.
  return new EnvHttpProxyAgent({
    ...settings,
    httpProxy: proxy.httpProxy ?? '',
    httpsProxy: proxy.httpsProxy ?? '',
    noProxy: proxy.noProxy ?? '',
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
