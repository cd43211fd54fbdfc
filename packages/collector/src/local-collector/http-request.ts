import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from './answer.ts';
import type { Caller } from './auth/authenticate.ts';

/** A request to the public API, before its body. */
export interface ApiRequest {
  readonly method: string;
  /** Decoded path segments below the operation's prefix, such as the collector id. */
  readonly params: readonly string[];
  readonly path: string;
  /** As it came over the wire, without `?`. */
  readonly rawQuery: string;
  readonly headers: IncomingHttpHeaders;
  /** The tenant's licence is to be taken as lapsed, or the collector as disabled, for this one request. */
  readonly pretend: 'unlicensed' | 'disabled' | undefined;
}

/** What is known of a request that may go on. */
export interface Admission {
  readonly caller: Caller | undefined;
}

/** One operation of the API, in the order in which it is evaluated. */
export interface Endpoint {
  /** Judges by the head alone. An answer ends the request before its body is read. */
  admit(request: ApiRequest): Admission | Answer;
  /** Longest body read, in bytes. */
  readonly maxBodyBytes: number;
  /** The answer to a longer one. */
  tooLarge(): Answer;
  /** Judges the body and does what was asked. `uploadId` names the entry in the upload log, where uploads are logged. */
  answer(request: ApiRequest, body: Buffer, uploadId: number): Answer;
}

export function isAnswer(value: Admission | Answer): value is Answer {
  return 'status' in value;
}
