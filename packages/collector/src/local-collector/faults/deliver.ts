import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, answerForStatus } from '../answer.ts';
import { headersOf, headText, sendAnswer } from '../send-answer.ts';
import type { Clock } from '../tenant.ts';
import type { Fault } from './fault.ts';
import { retryHeaders } from './retry-headers.ts';

/** Both ends of one request. */
export interface Wire {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly clock: Clock;
}

/** Faults that speak in place of the answer. */
export type ReplacingFault = Extract<Fault, { readonly stores?: boolean | undefined }>;

const page = '<!doctype html><title>Sign in</title><h1>Please sign in to the network</h1>\n';

/** The answer such a fault gives, where it is one that fits into an `Answer`. */
export function replacementAnswer(fault: ReplacingFault, now: number): Answer | undefined {
  switch (fault.kind) {
    case 'status': {
      const usual = answerForStatus(fault.status);
      const retry = fault.retry === undefined ? {} : retryHeaders(fault.retry, now);
      return { ...usual, body: fault.body ?? usual.body, headers: { ...retry, ...fault.headers } };
    }
    case 'html':
      return { status: fault.status ?? 200, body: page, contentType: 'text/html; charset=utf-8' };
    case 'redirect':
      return { status: fault.status ?? 302, body: '', headers: { location: fault.location } };
    case 'endless':
    case 'raw':
      return undefined;
  }
}

/** Carries out a fault that speaks in place of the answer. Settles when the answer is out, or nobody listens any more. */
export async function deliverReplacement(fault: ReplacingFault, wire: Wire): Promise<void> {
  const answer = replacementAnswer(fault, wire.clock());
  if (answer !== undefined) sendAnswer(wire.request, wire.response, answer, wire.clock());
  else if (fault.kind === 'endless') await sendEndlessly(wire, fault.bytes ?? 2 ** 30);
  else if (fault.kind === 'raw') wire.request.socket.end(Buffer.from(fault.text, 'latin1'));
}

/** Delivers the right answer in the wrong way. Without a fault that concerns the answer, simply delivers it. */
export async function deliverAnswer(answer: Answer, fault: Fault | undefined, wire: Wire): Promise<void> {
  const { request, response, clock } = wire;
  const { socket } = request;
  const headers = headersOf(answer, clock());

  if (fault?.kind === 'delay') {
    if (await pause(response, fault.waitMs)) sendAnswer(request, response, answer, clock());
  } else if (fault?.kind === 'drip') {
    await drip(answer, headers, fault, wire);
  } else if (fault?.kind === 'truncate') {
    const promised = String(Buffer.byteLength(answer.body) + 100);
    socket.end(headText(answer.status, { ...headers, 'content-length': promised }) + answer.body);
  } else if (fault?.kind === 'reset' && fault.when === 'mid-answer') {
    const half = Buffer.from(answer.body).subarray(0, Math.floor(Buffer.byteLength(answer.body) / 2));
    socket.write(headText(answer.status, headers));
    socket.write(half);
    // A reset overtakes what the other side has not read yet; this gives it the time to read.
    await pause(response, 50);
    socket.resetAndDestroy();
  } else if (fault?.kind === 'reset' && fault.when === 'after-store') {
    socket.resetAndDestroy();
  } else {
    sendAnswer(request, response, answer, clock());
  }
}

async function drip(
  answer: Answer,
  headers: Record<string, string>,
  fault: Extract<Fault, { kind: 'drip' }>,
  { request: { socket }, response }: Wire,
): Promise<void> {
  // Without a length, only the end of the connection ends the body.
  if (fault.endless === true) delete headers['content-length'];
  const head = Buffer.from(headText(answer.status, { ...headers, connection: 'close' }));
  const body = Buffer.from(answer.body);
  if (fault.part === 'body') socket.write(head);
  const slow = fault.part === 'body' ? body : Buffer.concat([head, body]);

  for (let at = 0; at < slow.length || fault.endless === true; at += 1) {
    if (!(await pause(response, fault.everyMs)) || !socket.writable) return;
    socket.write(at < slow.length ? slow.subarray(at, at + 1) : ' ');
  }
  socket.end();
}

async function sendEndlessly({ response, clock }: Wire, bytes: number): Promise<void> {
  const blanks = Buffer.alloc(64 * 1024, ' ');
  response.writeHead(200, { 'content-type': 'application/json', date: new Date(clock()).toUTCString() });
  for (let sent = 0; sent < bytes && !response.destroyed; sent += blanks.length) {
    if (response.write(blanks)) continue;
    await drained(response);
  }
  response.end();
}

/** Waits until more can be written, or nobody listens any more. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

/** Waits, and says whether somebody is still listening. */
async function pause(response: ServerResponse, waitMs: number): Promise<boolean> {
  if (response.destroyed) return false;
  const gone = new AbortController();
  const stop = () => gone.abort();
  response.once('close', stop);
  try {
    await delay(waitMs, undefined, { signal: gone.signal });
    return true;
  } catch (error) {
    if (!gone.signal.aborted) throw error;
    return false;
  } finally {
    response.off('close', stop);
  }
}
