/** Why a server's findings could not be had. Stable for ever: scripts and JSON documents have them. */
export type PullErrorCode =
  /** The address of the server cannot be used. */
  | 'pull-url'
  /** 401, 402, 403. */
  | 'pull-auth'
  /** The server does not know the project, branch, pull request or organisation, or refuses the request otherwise. */
  | 'pull-refused'
  /** The server answers with a redirect, which is not followed. */
  | 'pull-redirect'
  /** What comes back is not what the API is described to answer. */
  | 'pull-answer'
  /** One page alone is longer than what is read of an answer. */
  | 'pull-too-large'
  /** No connection, no name, no certificate; a server that is out of order or asks to wait for too long. */
  | 'pull-unreachable'
  /** The time for the whole pull is over. */
  | 'pull-deadline';

/** How a run ends for each code, in the words of the exit codes. */
export type PullEnd = 'usage' | 'auth' | 'rejected' | 'undelivered';

const ends = {
  'pull-url': 'usage',
  'pull-auth': 'auth',
  'pull-refused': 'rejected',
  'pull-redirect': 'rejected',
  'pull-answer': 'undelivered',
  'pull-too-large': 'undelivered',
  'pull-unreachable': 'undelivered',
  'pull-deadline': 'undelivered',
} as const satisfies Record<PullErrorCode, PullEnd>;

/** Findings that could not be pulled. The message is a sentence that says what to do, without any secret in it. */
export class PullError extends Error {
  override readonly name = 'PullError';
  readonly code: PullErrorCode;
  /** The status of the answer, where there was one. */
  readonly httpStatus: number | undefined;

  constructor(code: PullErrorCode, message: string, options: ErrorOptions & { readonly httpStatus?: number } = {}) {
    super(message, options);
    this.code = code;
    this.httpStatus = options.httpStatus;
  }

  get end(): PullEnd {
    return ends[this.code];
  }
}
