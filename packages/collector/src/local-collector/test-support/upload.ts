import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import type { LocalCollector } from '../start-local-collector.ts';

export interface UploadOptions {
  /** Added to those of a good upload; `undefined` leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Default: the sample repository. */
  readonly query?: string;
  readonly collectorId?: string;
}

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers whose shape is what they test
  readonly json: any;
}

export const sampleRepository = { id: 'a1'.repeat(32), url: 'https://github.com/acme/shop', defaultBranch: 'trunk' };

/** The headers of the first collector's own credential. */
export function credentialHeaders(collector: LocalCollector): Record<string, string> {
  const credential = collector.tenant().collectors[0]?.credentials[0];
  if (credential === undefined) throw new Error('The collector of this test has no credential.');
  return { 'x-crtx-auth-id': credential.tokenId, authorization: credential.token };
}

/** Uploads a value (as JSON), a text or bytes, on a connection of its own. Rejects when the connection breaks. */
export function upload(collector: LocalCollector, body: unknown, options: UploadOptions = {}): Promise<Received> {
  const text = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  const bytes = Buffer.from(text as string);
  const headers: Record<string, string> = {};
  const wanted = {
    'content-type': 'application/json',
    'content-length': String(bytes.length),
    ...credentialHeaders(collector),
    ...options.headers,
  };
  for (const [name, value] of Object.entries(wanted)) if (value !== undefined) headers[name] = value;
  const query = options.query ?? `repository_id=${sampleRepository.id}`;

  return new Promise((resolve, reject) => {
    const sent = request(
      `${collector.apiUrl(options.collectorId)}?${query}`,
      { method: 'POST', headers, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('error', reject)
          .on('end', () => {
            const answered = Buffer.concat(chunks).toString('utf8');
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              text: answered,
              json: parsed(answered),
            });
          });
      },
    );
    sent.on('error', reject).end(bytes);
  });
}

/** Writes these bytes onto a connection and gives what comes back: all until it ends or is reset, or the first of it. */
export function sendRaw(
  collector: LocalCollector,
  text: string,
  { firstOnly = false } = {},
): Promise<{ text: string; reset: boolean }> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(collector.url);
    const socket = connect(Number(port), hostname);
    let received = '';
    let reset = false;
    socket
      .on('data', (chunk) => {
        received += chunk.toString('latin1');
        if (firstOnly) socket.destroy();
      })
      .on('error', () => {
        reset = true;
      })
      .on('close', () => resolve({ text: received, reset }));
    socket.write(text, 'latin1');
  });
}

/** A good upload as it looks on the wire. */
export function wireText(collector: LocalCollector, body: string): string {
  const { pathname } = new URL(collector.apiUrl());
  const headers = {
    host: new URL(collector.url).host,
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
    ...credentialHeaders(collector),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${pathname}?repository_id=${sampleRepository.id} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Several tests are about answers that are no JSON.
    return undefined;
  }
}
