/** What the Collector says to one request. */
export interface Answer {
  readonly status: number;
  /** Further headers, lower case. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The whole body as text; JSON unless `contentType` says otherwise. */
  readonly body: string;
  readonly contentType?: string | undefined;
}

/** Any value as a JSON answer. */
export function jsonAnswer(status: number, value: unknown, headers?: Readonly<Record<string, string>>): Answer {
  return { status, headers, body: JSON.stringify(value) };
}

/** 201: the findings were taken. */
export function acceptedAnswer(status: 'INGESTED' | 'PARTIALLY_VALID', message: string): Answer {
  return jsonAnswer(201, { status, message });
}

/** 400 of the upload operation. `INVALID` blames the document, `INGESTED_FAILED` the request around it. */
export function badRequestAnswer(message: string, status: 'INVALID' | 'INGESTED_FAILED'): Answer {
  return jsonAnswer(400, { errorCode: 'BadRequest', message, status });
}

/** 401, 402 and 403: the envelope of the platform's gateway. */
export function refusedAnswer(status: 401 | 402 | 403, message: string, extra: string): Answer {
  return jsonAnswer(status, { reply: { err_code: status, err_msg: message, err_extra: extra } });
}

/** Errors of the AppSec API itself. */
export function errorAnswer(
  status: number,
  errorCode: string,
  message: string,
  headers?: Readonly<Record<string, string>>,
): Answer {
  return jsonAnswer(status, { errorCode, message }, headers);
}

/** 404 of the AppSec API. */
export function notFoundAnswer(message: string): Answer {
  return errorAnswer(404, '_NotFoundError', message);
}

/** 503: what a disabled collector answers. */
export function disabledAnswer(collectorId: string): Answer {
  return errorAnswer(503, 'ServiceUnavailable', `The collector ${collectorId} is disabled. Enable it and send again.`);
}

/** 402: the licence does not cover the API. */
export function unlicensedAnswer(): Answer {
  return refusedAnswer(402, 'Payment required. The licence of this tenant does not cover the API.', '');
}

/** The body that belongs to a bare status, for faults that name only a number. */
export function answerForStatus(status: number): Answer {
  if (status === 400) return badRequestAnswer('The request was refused on purpose.', 'INGESTED_FAILED');
  if (status === 401) return refusedAnswer(401, 'Unauthorized. The credentials are invalid or expired.', '');
  if (status === 402) return unlicensedAnswer();
  if (status === 403) return refusedAnswer(403, 'Forbidden. Access was denied to this resource.', '');
  if (status === 404) return notFoundAnswer('Not found.');
  if (status === 413) return errorAnswer(413, 'PayloadTooLarge', 'The body is too large.');
  if (status === 429) return errorAnswer(429, 'TooManyRequests', 'Too many requests.');
  if (status === 503) return errorAnswer(503, 'ServiceUnavailable', 'The service is unavailable.');
  if (status === 204 || status === 304) return { status, body: '' };
  if (status >= 500) return errorAnswer(status, 'InternalServerError', 'An unexpected error occurred.');
  return errorAnswer(status, `Status${status}`, 'Answered on purpose.');
}
