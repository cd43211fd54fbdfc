/** One request, complete. The body is immutable and its length is known, so it can be sent again byte for byte. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query, encoded, as they go on the wire. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** An answer, or as much of it as came. */
export interface HttpAnswer {
  readonly type: 'answer';
  readonly status: number;
  /** Names in lower case; of repeated headers the first. */
  readonly headers: ReadonlyMap<string, string>;
  /** At most `maxAnswerBytes`. */
  readonly body: Uint8Array;
  /** `false`: the body was cut by the limit, by the connection, or by time. */
  readonly complete: boolean;
}

/** How much of the request had been handed to the network when it failed. */
export type Sent = 'nothing' | 'some' | 'everything';

/** No answer came. */
export interface HttpFailure {
  readonly type: 'failure';
  readonly sent: Sent;
  /** The error as the network layer gave it. */
  readonly error: unknown;
}

/** What comes back from one request. */
export type HttpResult = HttpAnswer | HttpFailure;
