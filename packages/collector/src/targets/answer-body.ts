import { readableText } from './readable-text.ts';

/** The object an answer consists of, or `undefined` when it is no JSON object in clean UTF-8. */
export function parseAnswerBody(bytes: Uint8Array): object | undefined {
  try {
    // `ignoreBOM` keeps a byte order mark in the text, where JSON.parse refuses it.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch (error) {
    // Both errors say the same: these bytes are not JSON text. Which of the two, nobody needs to know.
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

/** An own member of an answer, where it is a text that says something. */
export function textMember(body: object, name: string): string | undefined {
  const value = member(body, name);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** What an answer says, and whether it says it in the form of an error. */
export interface AnswerMessage {
  /** One line, at most 500 characters; empty when the answer says nothing. */
  readonly text: string;
  /** The answer is, or contains, one of the error envelopes. */
  readonly isError: boolean;
}

/**
 * Reads every envelope in use (cortex-authentication: section 8): `reply.err_*`, `errorCode`/`message` with `status` or
 * `details`, `error`/`message`, bare `err_*`, `data.err_msg`.
 */
export function answerMessage(body: object | undefined): AnswerMessage {
  if (body === undefined) return { text: '', isError: false };

  for (const holder of [body, member(body, 'reply'), member(body, 'data')]) {
    if (!isObject(holder)) continue;
    const text = textMember(holder, 'err_msg');
    const code = member(holder, 'err_code') ?? member(asObject(member(holder, 'metadata')), 'err_code');
    if (text === undefined && code === undefined) continue;
    const extra = member(holder, 'err_extra') ?? member(asObject(member(holder, 'metadata')), 'err_extra');
    return { text: joined(text, extra), isError: true };
  }

  const code = textMember(body, 'errorCode') ?? textMember(body, 'error');
  const details = detailsText(member(body, 'details'));
  const message = textMember(body, 'message');
  if (code !== undefined) {
    return {
      text: readableText([code, message, details].filter((text) => text !== undefined).join(': ')),
      isError: true,
    };
  }
  return { text: readableText(message ?? ''), isError: false };
}

function joined(text: string | undefined, extra: unknown): string {
  const more = extra === undefined || extra === null || extra === '' ? undefined : shortJson(extra);
  return readableText([text ?? 'error', more].filter((one) => one !== undefined).join(': '));
}

function shortJson(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '').slice(0, 300);
}

function detailsText(details: unknown): string | undefined {
  if (!isObject(details)) return undefined;
  const texts = Object.entries(details)
    .slice(0, 5)
    .map(([field, value]) => `${field}: ${textMember(asObject(value), 'message') ?? shortJson(value)}`);
  return texts.length === 0 ? undefined : texts.join('; ');
}

function member(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? Reflect.get(object, name) : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asObject(value: unknown): object {
  return isObject(value) ? value : {};
}
