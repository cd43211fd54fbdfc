/** When a target counts as down. */
export interface BreakerOptions {
  /** So many failures in a row open it. */
  readonly consecutive: number;
  /** It also opens when at least half of the last `window` attempts got no answer at all. */
  readonly window: number;
  /** How long it stays open before one probe is let through, in milliseconds. */
  readonly openMs: number;
}

/** The documented figures. */
const defaultBreaker: BreakerOptions = { consecutive: 10, window: 20, openMs: 30_000 };

/**
 * `well`: the target answered as a living target does. `troubled`: it answered that it has trouble of its own, which many
 * overloaded targets do now and then. `silent`: no answer came.
 */
export type SignOfLife = 'well' | 'troubled' | 'silent';

/** Counts failures and says when to leave a target alone. Knows neither requests nor timers: the time is passed in. */
export interface CircuitBreaker {
  /** 0: go. A positive number: ask again after so many milliseconds. `Infinity`: a probe is out, ask when it is back. */
  waitMs(now: number): number;
  /** Marks that an attempt starts; in the half-open state this is the probe. */
  start(now: number): void;
  /** What an attempt says of the target; `undefined` says nothing either way. */
  record(sign: SignOfLife | undefined, now: number): void;
}

/** Closed → open after failures → half-open after `openMs`, with one probe → closed or open again. */
export function createCircuitBreaker(options: BreakerOptions = defaultBreaker): CircuitBreaker {
  let inRow = 0;
  let recent: boolean[] = [];
  let openUntil: number | undefined;
  let probing = false;

  const open = (now: number) => {
    openUntil = now + options.openMs;
    inRow = 0;
    recent = [];
  };

  return {
    waitMs(now) {
      if (openUntil === undefined) return 0;
      if (now < openUntil) return openUntil - now;
      return probing ? Infinity : 0;
    },
    start() {
      if (openUntil !== undefined) probing = true;
    },
    record(sign, now) {
      if (sign === undefined) {
        probing = false;
        return;
      }
      const ok = sign === 'well';
      if (openUntil !== undefined) {
        const straggler = now < openUntil;
        probing = false;
        if (ok) openUntil = undefined;
        else if (!straggler) open(now);
        return;
      }
      inRow = ok ? 0 : inRow + 1;
      recent.push(sign !== 'silent');
      if (recent.length > options.window) recent.shift();
      const failed = recent.filter((one) => !one).length;
      if (inRow >= options.consecutive || (recent.length === options.window && failed * 2 >= options.window)) open(now);
    },
  };
}
