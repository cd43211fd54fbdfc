/**
 * `Retry-After` and its relatives. Dates are computed when the answer leaves, from the Collector's clock. `value` sends the
 * text as it is, for forms nobody should write.
 */
export type RetryAdvice =
  | { readonly form: 'seconds'; readonly seconds: number }
  | { readonly form: 'http-date'; readonly seconds: number }
  | { readonly form: 'rfc-850-date'; readonly seconds: number }
  | { readonly form: 'rate-limit-reset-epoch'; readonly seconds: number }
  | { readonly form: 'rate-limit-reset-delta'; readonly seconds: number }
  | { readonly form: 'value'; readonly value: string };

/** `stores`: the upload is judged and stored as usual, and only the answer is replaced. Default false. */
interface Replacing {
  readonly stores?: boolean | undefined;
}

/** One way to misbehave. Times are milliseconds, sizes bytes. */
export type Fault =
  /** An answer with this status, by default with the body documented for it. `early`: sent before the body is read. */
  | ({
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>> | undefined;
      readonly body?: string | undefined;
      readonly retry?: RetryAdvice | undefined;
      readonly early?: boolean | undefined;
    } & Replacing)
  /** The right answer, late. */
  | { readonly kind: 'delay'; readonly waitMs: number }
  /**
   * A TCP reset. `before-body`: on the headers. `mid-body`: after `bytes` of the body (default half of it). `after-body`:
   * everything was read, nothing stored. `after-store`: stored, then reset without a word. `mid-answer`: stored, and cut
   * in the middle of the answer's body.
   */
  | {
      readonly kind: 'reset';
      readonly when: 'before-body' | 'mid-body' | 'after-body' | 'after-store' | 'mid-answer';
      readonly bytes?: number | undefined;
    }
  /** The right answer, a byte at a time. `endless`: after the body, blanks for ever. */
  | {
      readonly kind: 'drip';
      readonly part: 'head' | 'body';
      readonly everyMs: number;
      readonly endless?: boolean | undefined;
    }
  /** The right answer with a `Content-Length` that promises more, then the end of the connection. */
  | { readonly kind: 'truncate' }
  /** A web page instead of an answer, as a captive portal sends it. Default status 200. */
  | ({ readonly kind: 'html'; readonly status?: number | undefined } & Replacing)
  /** Status 200 and a body that does not end before `bytes`; default 1 GiB. */
  | ({ readonly kind: 'endless'; readonly bytes?: number | undefined } & Replacing)
  | ({ readonly kind: 'redirect'; readonly location: string; readonly status?: number | undefined } & Replacing)
  /** These characters (each one byte, U+0000 to U+00FF) onto the connection, then its end: for what no HTTP server would say. */
  | ({ readonly kind: 'raw'; readonly text: string } & Replacing)
  /** 503 of a disabled collector, at its place in the order of the checks. */
  | { readonly kind: 'disabled' }
  /** 402 of a lapsed licence, at its place in the order of the checks. */
  | { readonly kind: 'unlicensed' };

export type FaultKind = Fault['kind'];

/** Which requests a fault strikes. */
export interface FaultPlan {
  /** How many requests it strikes before it is used up. Default 1, or without end where `probability` is given. */
  readonly times?: number | undefined;
  /** How many requests pass before the first one is struck. Default 0. */
  readonly skip?: number | undefined;
  /** Chance of striking each request, from 0 to 1, drawn from a generator started with `seed`. Default 1. */
  readonly probability?: number | undefined;
  readonly seed?: number | undefined;
  /** Default `uploads`. */
  readonly on?: 'uploads' | 'reads' | 'all' | undefined;
}

export interface PlannedFault {
  readonly id: number;
  readonly fault: Fault;
  readonly plan: FaultPlan;
  /** Requests struck so far. */
  readonly struck: number;
}
