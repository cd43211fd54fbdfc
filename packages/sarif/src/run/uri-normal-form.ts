import { isUnreserved } from './uri-syntax.ts';

/** A URI reference in the normal form of RFC 3986, section 6.2.2: equal ones mean the same, whoever wrote them. */
export function normalUri(uri: string): string {
  const head = /^[A-Za-z][A-Za-z0-9+.-]*:(?:\/\/[^/?#]*)?/.exec(uri)?.[0] ?? '';
  return normalEscapes(head.toLowerCase() + uri.slice(head.length));
}

/** Unreserved characters decoded, the digits of other escapes in upper case. Nothing else changes. */
export function normalEscapes(uri: string): string {
  if (!uri.includes('%')) return uri;
  return uri.replaceAll(/%[0-9A-Fa-f]{2}/g, (encoded) => {
    const code = Number.parseInt(encoded.slice(1), 16);
    return isUnreserved(code) ? String.fromCharCode(code) : encoded.toUpperCase();
  });
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * A path as people read it: percent-decoded once. What would become a separator or end the string stays encoded: `%2F`, `%5C`,
 * `%00`. So does what is no UTF-8.
 */
export function decodedPath(path: string): string {
  if (!path.includes('%')) return path;
  return path.replaceAll(/(?:%[0-9A-Fa-f]{2}){1,999}/g, decodedEscapes);
}

function decodedEscapes(escapes: string): string {
  const bytes: number[] = [];
  let text = '';
  const flush = () => {
    if (bytes.length > 0) text += decodedBytes(bytes.splice(0));
  };
  for (let at = 0; at < escapes.length; at += 3) {
    const code = Number.parseInt(escapes.slice(at + 1, at + 3), 16);
    if (code === 0x2f || code === 0x5c || code === 0) {
      flush();
      text += escapes.slice(at, at + 3).toUpperCase();
    } else {
      bytes.push(code);
    }
  }
  flush();
  return text;
}

function decodedBytes(bytes: readonly number[]): string {
  const text = decoder.decode(new Uint8Array(bytes));
  if (!text.includes('\ufffd')) return text;
  return bytes.map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
