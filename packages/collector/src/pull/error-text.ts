import { isObject, listOf, memberOf, textOf } from './answer-object.ts';

/** Errors of which the text is repeated. */
const mostErrors = 3;

/**
 * What an answer says went wrong: the texts of `errors[]` (SonarQube's `msg`; JSON:API's `title` and `detail`), else `message` or `error`.
 * Empty when it says nothing that is known. Foreign text: clean it before anybody sees it.
 */
export function errorText(body: Uint8Array): string {
  const value = parse(body);
  if (!isObject(value)) return '';
  const texts = listOf(value, 'errors')
    .slice(0, mostErrors)
    .map((error) => textOf(error, 'msg') ?? joined(textOf(error, 'title'), textOf(error, 'detail')))
    .filter((text) => text !== '');
  if (texts.length > 0) return texts.join('; ');
  const error = memberOf(value, 'error');
  return textOf(value, 'message') ?? (typeof error === 'string' ? error : (textOf(error, 'message') ?? ''));
}

function joined(title: string | undefined, detail: string | undefined): string {
  if (title === detail) return title ?? '';
  return [title, detail].filter((text) => text !== undefined).join(': ');
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch (error) {
    // An error page of whoever stands in between; the status says enough.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
