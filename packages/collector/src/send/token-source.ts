import type { Clock } from './clock.ts';

/** What asking for a token gave. */
export type TokenAnswer =
  | {
      readonly status: 'granted';
      readonly token: string;
      /** How long it is good for, in milliseconds, as the server says; absent when it does not. */
      readonly lifetimeMs?: number;
    }
  /** Not now: the token server is busy, down, or answered something else. */
  | { readonly status: 'later'; readonly reason: string; readonly waitMs?: number }
  /** Never: these credentials get none. */
  | { readonly status: 'refused'; readonly reason: string };

/** A token to send, or why there is none. */
export type TokenOrRefusal = { readonly token: string } | { readonly refused: string };

/** What `createTokenSource` needs. */
export interface TokenSourceOptions {
  /** Asks for a token once. Not called again while it is under way. */
  readonly ask: () => Promise<TokenAnswer>;
  readonly clock: Clock;
  /** Told of every wait before asking again. */
  readonly onWait?: (wait: { readonly waitMs: number; readonly reason: string }) => void;
}

/** Tokens that expire, for all workers of a run. */
export interface TokenSource {
  /**
   * The token to use now. However many ask, the server is asked once; while it says "later", everybody waits.
   * @returns `undefined` when `signal` aborted first
   */
  get(signal: AbortSignal): Promise<TokenOrRefusal | undefined>;
  /** The target accepted this token. */
  confirm(token: string): void;
  /**
   * The target did not accept this token.
   * @returns whether another one may help: the token had been good before, and is not the current one any more
   */
  reject(token: string): boolean;
}

const hourMs = 3_600_000;
/** What is assumed where the server does not say. */
const unknownLifetimeMs = 300_000;
const longestMs = 12 * hourMs;
const firstWaitMs = 1000;
const longestWaitMs = 60_000;

/**
 * Keeps one token and renews it in time: after 80 % of its life or a minute before its end, whichever comes first, and
 * every twelve hours whatever the server says. Only monotonic time is used, so a clock that jumps changes nothing.
 */
export function createTokenSource({ ask, clock, onWait }: TokenSourceOptions): TokenSource {
  let current: { readonly token: string; readonly renewAt: number } | undefined;
  let pending: Promise<TokenOrRefusal> | undefined;
  const proven = new Set<string>();

  const obtain = async (): Promise<TokenOrRefusal> => {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await ask();
      if (answer.status === 'refused') return { refused: answer.reason };
      if (answer.status === 'granted') {
        current = { token: answer.token, renewAt: clock.now() + usefulMs(answer.lifetimeMs) };
        return { token: answer.token };
      }
      const own = clock.random() * Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1));
      const waitMs = Math.max(answer.waitMs ?? 0, own, 100);
      onWait?.({ waitMs, reason: answer.reason });
      await clock.sleep(waitMs);
    }
  };

  const renew = (): Promise<TokenOrRefusal> => {
    pending ??= obtain().finally(() => {
      pending = undefined;
    });
    return pending;
  };

  return {
    async get(signal) {
      if (current !== undefined && clock.now() < current.renewAt) return { token: current.token };
      return unlessAborted(renew(), signal);
    },
    confirm(token) {
      // Old tokens are of no interest once a newer one has been accepted.
      if (proven.has(token)) return;
      proven.clear();
      proven.add(token);
    },
    reject(token) {
      const wasGood = proven.has(token) || (current !== undefined && current.token !== token);
      if (current?.token === token) current = undefined;
      return wasGood;
    },
  };
}

/** How long a token is used, in milliseconds. */
export function usefulMs(lifetimeMs: number | undefined): number {
  const lifetime = lifetimeMs === undefined || Number.isNaN(lifetimeMs) ? unknownLifetimeMs : Math.max(0, lifetimeMs);
  // A token that lives shorter than two minutes has no minute to spare.
  return Math.min(longestMs, lifetime * 0.8, Math.max(lifetime - 60_000, lifetime / 2));
}

async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  if (signal.aborted) return undefined;
  const { promise: aborted, resolve } = Promise.withResolvers<undefined>();
  const onAbort = () => resolve(undefined);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
