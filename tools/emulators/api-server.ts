import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as an emulator sees it. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** How many requests came before. */
  readonly index: number;
}

/** What an emulator answers. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object as JSON, a text as it is. */
  readonly body?: unknown;
}

/** What goes wrong with a request in place of, or with, its answer. */
export type ApiFault =
  /** Another answer. */
  | { readonly type: 'answer'; readonly answer: ApiAnswer }
  /** The answer's head announces all of it, and the connection ends in the middle. */
  | { readonly type: 'cut' }
  /** A whole answer of half the JSON text. */
  | { readonly type: 'half' }
  /** The connection is reset before anything is answered. */
  | { readonly type: 'reset' }
  /** Nothing is ever answered. */
  | { readonly type: 'hang' };

export interface ApiServerOptions {
  readonly answer: (request: ApiRequest) => ApiAnswer;
  /** Asked before each answer; `undefined` lets it pass. */
  readonly fault?: ((request: ApiRequest) => ApiFault | undefined) | undefined;
}

/** An emulator on this machine. */
export interface ApiServer extends AsyncDisposable {
  readonly origin: string;
  /** Everything that was asked, faults included. */
  readonly requests: readonly ApiRequest[];
}

/** Starts a server on a free port of the loopback interface. */
export async function startApiServer({ answer, fault }: ApiServerOptions): Promise<ApiServer> {
  const requests: ApiRequest[] = [];
  const server = createServer((incoming, response) => {
    const url = new URL(incoming.url ?? '/', 'http://emulator.invalid');
    const { method = '', headers } = incoming;
    const request: ApiRequest = {
      method,
      path: url.pathname,
      query: url.searchParams,
      headers,
      index: requests.length,
    };
    requests.push(request);
    incoming.resume().on('end', () => deliver(response, answer, request, fault?.(request)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function deliver(
  response: ServerResponse,
  answer: ApiServerOptions['answer'],
  request: ApiRequest,
  fault: ApiFault | undefined,
): void {
  if (fault?.type === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (fault?.type === 'hang') return;
  const { status, headers = {}, body } = fault?.type === 'answer' ? fault.answer : answer(request);
  const isText = typeof body === 'string';
  const text = body === undefined ? '' : isText ? body : JSON.stringify(body);
  const sent = fault?.type === 'half' ? text.slice(0, text.length / 2) : text;
  response.writeHead(status, {
    'content-type': isText ? 'text/plain' : 'application/json',
    'content-length': String(Buffer.byteLength(sent)),
    ...headers,
  });
  if (fault?.type === 'cut') {
    response.write(sent.slice(0, sent.length / 2), () => response.socket?.destroy());
    return;
  }
  response.end(sent);
}

/** A fault for the requests of these numbers, counted among those that a test chooses. */
export function faultAt(
  chosen: (request: ApiRequest) => boolean,
  numbers: readonly number[],
  fault: ApiFault,
): (request: ApiRequest) => ApiFault | undefined {
  let seen = 0;
  return (request) => {
    if (!chosen(request)) return undefined;
    seen += 1;
    return numbers.includes(seen) ? fault : undefined;
  };
}

/**
 * A limit of requests per window, as platforms have it: what is above it is answered with 429.
 *
 * @param clock milliseconds
 */
export function rateLimit(
  most: number,
  windowMs: number,
  answer: (waitMs: number) => ApiAnswer,
  clock: () => number = () => performance.now(),
): (request: ApiRequest) => ApiFault | undefined {
  let from = clock();
  let count = 0;
  return () => {
    const now = clock();
    if (now - from >= windowMs) {
      from = now;
      count = 0;
    }
    count += 1;
    return count <= most ? undefined : { type: 'answer', answer: answer(from + windowMs - now) };
  };
}
