import { isUtf8 } from 'node:buffer';
import { jsonDepth } from './json-depth.ts';

/** Deepest nesting taken. Real logs stay below 30. */
const maxDepth = 200;

export type ParsedBody =
  | { readonly status: 'parsed'; readonly value: unknown }
  | { readonly status: 'refused'; readonly reason: string };

/** Bytes to JSON value. Refuses what is no UTF-8, has a byte order mark, is nested too deep, or is no JSON. */
export function parseBody(body: Buffer): ParsedBody {
  if (body.length === 0) return refused('The body is empty. Send one SARIF log as JSON.');
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) {
    return refused('The body begins with a byte order mark, which JSON does not allow. Send it without.');
  }
  if (!isUtf8(body)) return refused('The body is not UTF-8. Encode the JSON text as UTF-8.');
  if (jsonDepth(body, maxDepth) > maxDepth) {
    return refused(`The body is nested deeper than ${maxDepth} levels. Send a SARIF log.`);
  }
  try {
    return { status: 'parsed', value: JSON.parse(body.toString('utf8')) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refused(`The body is not valid JSON: ${error.message}`);
  }
}

function refused(reason: string): ParsedBody {
  return { status: 'refused', reason };
}
