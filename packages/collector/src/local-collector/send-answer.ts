import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Answer } from './answer.ts';
import { discardRest } from './read-body.ts';

/** The headers of an answer, with the time of the Collector's clock, which clients compare with their own. */
export function headersOf(answer: Answer, now: number): Record<string, string> {
  const empty = answer.status === 204 || answer.status === 304;
  return {
    date: new Date(now).toUTCString(),
    ...(empty
      ? {}
      : {
          'content-type': answer.contentType ?? 'application/json',
          'content-length': String(Buffer.byteLength(answer.body)),
        }),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...answer.headers,
  };
}

/** Sends an answer; whatever of the request's body is unread is discarded in the background. */
export function sendAnswer(request: IncomingMessage, response: ServerResponse, answer: Answer, now: number): void {
  // A client that waits for "100 Continue" sends no body after a refusal; the connection is then good for nothing else.
  const waits = request.headers.expect !== undefined && !request.complete;
  response.writeHead(answer.status, { ...headersOf(answer, now), ...(waits ? { connection: 'close' } : {}) });
  if (request.complete || request.destroyed || waits) {
    response.end(answer.body);
    return;
  }
  // The answer goes out whole, but it must not end yet: its end may close the connection, with bytes unread.
  response.flushHeaders();
  if (answer.body !== '') response.write(answer.body);
  discardRest(request, () => response.end());
}

/** The head of an answer as it goes over the wire, with the empty line. */
export function headText(status: number, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\n${lines.join('')}\r\n`;
}
