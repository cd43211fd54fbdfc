import { redact } from '../secrets/redact.ts';
import type { Secret } from '../secrets/secret.ts';
import type { Clock } from '../send/clock.ts';
import type { HttpAnswer, HttpFailure } from '../send/http-message.ts';
import { createHttpTransport } from '../send/http-transport.ts';
import type { Outcome } from '../send/outcome.ts';
import { outcomeOfFailure } from '../send/outcome-of-failure.ts';
import type { ProxySettings } from '../send/proxy-settings.ts';
import { retryAfterMs } from '../send/retry-after.ts';
import { DeadlineReached } from '../send/with-deadline.ts';
import type { RetryPolicy } from '../send/with-retry.ts';
import { readableText } from '../targets/readable-text.ts';
import { isObject } from './answer-object.ts';
import { errorText } from './error-text.ts';
import { PullError } from './pull-error.ts';
import type { ServerUrl } from './server-url.ts';

/** Names and values of a query, before they are encoded. */
export type Query = Readonly<Record<string, string | number>>;

/** A wait before a request is sent again. */
export interface PullWait {
  readonly waitMs: number;
  /** Why, as a sentence. */
  readonly reason: string;
}

/** The `authorization` header: a scheme, and what stands after it. */
export interface Authorization {
  readonly scheme: 'Basic' | 'Bearer' | 'token';
  readonly credentials: Secret;
}

/** What a client is made of. */
export interface ApiClientOptions {
  readonly server: ServerUrl;
  /** What the server is called in messages, such as `SonarQube`. */
  readonly serverName: string;
  /** The `accept` header. */
  readonly accept: string;
  /** How a request proves who asks; looked up for each one. */
  readonly authorization: () => Authorization;
  /** Taken out of every text that comes back, as the credentials are: a server may echo what it was sent. */
  readonly token: Secret;
  /** The name of the variable that holds the token, for messages. */
  readonly tokenVariable: string;
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  /** Milliseconds for everything; `Infinity` for no limit. */
  readonly deadlineMs: number;
  /** Aborted by the user: the request under way ends at once. */
  readonly signal: AbortSignal;
  readonly proxy?: ProxySettings | undefined;
  /** Certificates of private authorities, as PEM. */
  readonly ca?: string | undefined;
  readonly onWait?: ((wait: PullWait) => void) | undefined;
  /** How much is read of one answer, in bytes. Default 64 MiB. */
  readonly maxAnswerBytes?: number | undefined;
}

/** Reads documents of one server. Sends nothing but GET, follows no redirect, and knows no other origin. */
export interface ApiClient extends AsyncDisposable {
  /**
   * The JSON object at a path, asked for as often as that makes sense.
   * @throws PullError for every answer but a good one; the reason of `signal` when that is aborted
   */
  object(path: string, query: Query): Promise<Readonly<Record<string, unknown>>>;
  /** The text at a path, at most 500 characters of it. Throws as `object` does. */
  text(path: string, token: 'with token' | 'without token'): Promise<string>;
}

/** How long one request may take, whatever is left of the deadline: a page of 64 MiB over a slow line, in milliseconds. */
const requestLimitMs = 300_000;

/** Statuses that say "later", besides all from 500 on. */
const laterStatuses = new Set([408, 425]);

/** Statuses from 500 on that say "never". */
const neverStatuses = new Set([501, 505, 511]);

/** A client of one server, with connections that are kept until it is disposed of. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const { server, clock, policy, signal, serverName } = options;
  const maxAnswerBytes = options.maxAnswerBytes ?? 67_108_864;
  const endsAt = clock.now() + options.deadlineMs;
  const transport = createHttpTransport({
    origin: server.origin,
    concurrency: 1,
    maxAnswerBytes,
    ...(options.proxy === undefined ? {} : { proxy: options.proxy }),
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  });
  let seenBefore = false;

  const clean = (text: string) => readableText(redact(text, [options.token, options.authorization().credentials]));

  /** One attempt: an answer whose status is good, or why there is none. */
  async function attempt<Value>(
    request: ApiRequest,
    read: (answer: HttpAnswer) => Value | undefined,
  ): Promise<Good<Value> | Later> {
    const result = await timed((limited) =>
      transport.request({ method: 'GET', path: request.path, headers: request.headers }, limited),
    );
    if (result.type === 'failure') return afterFailure(result);
    seenBefore = true;
    return afterAnswer(result, read);
  }

  async function timed<Value>(work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
    const leftMs = Math.min(requestLimitMs, endsAt - clock.now());
    const limit = new AbortController();
    const finished = new AbortController();
    void clock.sleep(leftMs, finished.signal).then(() => {
      if (!finished.signal.aborted) limit.abort(new DeadlineReached(leftMs));
    });
    try {
      return await work(AbortSignal.any([signal, limit.signal]));
    } finally {
      finished.abort();
    }
  }

  function afterFailure(failure: HttpFailure): Later {
    signal.throwIfAborted();
    const outcome = outcomeOfFailure(failure, { origin: server.origin, seenBefore });
    const maxAttempts = 'maxAttempts' in outcome ? outcome.maxAttempts : undefined;
    return { type: 'later', code: 'pull-unreachable', reason: reasonOf(outcome), maxAttempts, isCharged: true };
  }

  /** What is said of uploads is put into words that fit a request without a body, and an address that has no variable of the platform. */
  function reasonOf(outcome: Outcome): string {
    if (outcome.status === 'accepted') return `No answer from ${server.origin}.`;
    if (outcome.code === 'deadline') return `${server.origin} did not answer in time.`;
    return clean(outcome.reason.replaceAll(', SARIFLOW_URL', ''));
  }

  function afterAnswer<Value>(
    answer: HttpAnswer,
    read: (answer: HttpAnswer) => Value | undefined,
  ): Good<Value> | Later {
    const { status } = answer;
    const isOver = !answer.complete && answer.body.byteLength >= maxAnswerBytes;
    if (status >= 200 && status < 300) {
      if (isOver) {
        throw new PullError(
          'pull-too-large',
          `${serverName} answers with more than ${maxAnswerBytes} bytes for one page of findings.`,
          { httpStatus: status },
        );
      }
      const value = answer.complete ? read(answer) : undefined;
      if (value !== undefined) return { type: 'good', value };
      return badAnswer(answer);
    }
    if (status === 429 || laterStatuses.has(status) || (status >= 500 && !neverStatuses.has(status))) {
      const waitMs = retryAfterMs((name) => answer.headers.get(name), clock.epoch());
      return {
        type: 'later',
        code: 'pull-unreachable',
        reason: sentence(answer, status === 429 ? 'asks for fewer requests' : 'is out of order'),
        isCharged: status !== 429,
        httpStatus: status,
        ...(waitMs === undefined ? {} : { waitMs }),
      };
    }
    throw refusal(answer);
  }

  function badAnswer({ complete, headers, status }: HttpAnswer): Later {
    const type = headers.get('content-type') ?? 'no content type';
    const isPage = /^text\/html\b/i.test(type);
    const reason = complete
      ? `${serverName} at ${server.origin} answers with something else than its API does (${clean(type)}).${isPage ? ' Check the URL: this looks like a login or start page.' : ''}`
      : `The answer of ${serverName} at ${server.origin} was cut off.`;
    return {
      type: 'later',
      code: 'pull-answer',
      reason,
      isCharged: true,
      httpStatus: status,
      ...(isPage ? { maxAttempts: 1 } : {}),
    };
  }

  function refusal(answer: HttpAnswer): PullError {
    const { status, headers } = answer;
    const httpStatus = status;
    if (status >= 300 && status < 400) {
      const to = URL.parse(headers.get('location') ?? '', server.origin);
      const where = to === null ? '' : ` to ${clean(to.origin === server.origin ? to.pathname : to.origin)}`;
      return new PullError(
        'pull-redirect',
        `${server.origin} redirects${where}, which is not followed: the token belongs to ${server.origin}. Give the final address with --url.`,
        { httpStatus },
      );
    }
    if (status === 401 || status === 402 || status === 403) {
      const what = status === 401 ? 'does not know the token' : 'does not permit this with the token';
      return new PullError(
        'pull-auth',
        `${sentence(answer, what)} Check ${options.tokenVariable}, and what its owner may see.`,
        { httpStatus },
      );
    }
    return new PullError('pull-refused', sentence(answer, 'refuses the request'), { httpStatus });
  }

  /** What a status means, and what the server says about it. */
  function sentence({ status, body }: HttpAnswer, meaning: string): string {
    const said = clean(errorText(body));
    return `${serverName} at ${server.origin} ${meaning} (${status}${said === '' ? '' : `: ${said}`}).`;
  }

  async function ask<Value>(request: ApiRequest, read: (answer: HttpAnswer) => Value | undefined): Promise<Value> {
    let charged = 0;
    for (let sent = 1; ; sent += 1) {
      signal.throwIfAborted();
      if (clock.now() >= endsAt) throw overdue('');
      const outcome = await attempt(request, read);
      if (outcome.type === 'good') return outcome.value;
      signal.throwIfAborted();
      if (clock.now() >= endsAt) throw overdue(outcome.reason);

      if (outcome.isCharged) charged += 1;
      const isLast =
        charged >= Math.min(policy.maxAttempts, outcome.maxAttempts ?? Infinity) ||
        sent - charged >= policy.maxUncharged;
      if (isLast) throw given(outcome, sent);
      const jitter = clock.random() * Math.min(policy.capMs, policy.baseMs * 2 ** (sent - 1));
      const waitMs = Math.max(outcome.waitMs ?? 0, jitter);
      if (clock.now() + waitMs >= endsAt) throw overdue(outcome.reason);

      options.onWait?.({ waitMs, reason: outcome.reason });
      await clock.sleep(waitMs, signal);
    }
  }

  function given({ code, reason, httpStatus }: Later, sent: number): PullError {
    const tries = sent === 1 ? '' : ` It was asked ${sent} times.`;
    return new PullError(code, `${reason}${tries}`, httpStatus === undefined ? {} : { httpStatus });
  }

  function overdue(reason: string): PullError {
    const why = reason === '' ? '' : ` Last: ${reason}`;
    return new PullError(
      'pull-deadline',
      `The findings could not be had within ${options.deadlineMs / 1000} s (--deadline).${why} Nothing was converted; run again, or allow more time.`,
    );
  }

  function authorized(): { readonly authorization: string } {
    const { scheme, credentials } = options.authorization();
    return { authorization: `${scheme} ${credentials.expose()}` };
  }

  return {
    object(path, query) {
      const headers = { ...commonHeaders, accept: options.accept, ...authorized() };
      return ask({ path: `${server.basePath}${path}${encodeQuery(query)}`, headers }, readObject);
    },
    text(path, token) {
      const headers = { ...commonHeaders, accept: 'text/plain', ...(token === 'with token' ? authorized() : {}) };
      return ask({ path: `${server.basePath}${path}`, headers }, readText);
    },
    [Symbol.asyncDispose]: () => transport.close(),
  };
}

interface ApiRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Good<Value> {
  readonly type: 'good';
  readonly value: Value;
}

/** No good answer yet, and asking again may help. */
interface Later {
  readonly type: 'later';
  readonly code: 'pull-unreachable' | 'pull-answer';
  readonly reason: string;
  /** Whether this counts as an attempt. */
  readonly isCharged: boolean;
  readonly waitMs?: number | undefined;
  readonly maxAttempts?: number | undefined;
  readonly httpStatus?: number | undefined;
}

/** Compressed answers would have to be unpacked within limits; a scanner's server is near, or patient. */
const commonHeaders = { 'user-agent': 'sariflow', 'accept-encoding': 'identity' };

function encodeQuery(query: Query): string {
  const pairs = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value).toWellFormed())}`,
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function readText({ body }: HttpAnswer): string {
  return readableText(Buffer.from(body.subarray(0, 2000)).toString('utf8'));
}

function readObject({ body }: HttpAnswer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return isObject(value) ? value : undefined;
  } catch (error) {
    // No UTF-8, or no JSON: an answer that was cut, or that somebody else gave.
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}
