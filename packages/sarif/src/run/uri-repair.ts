const encoder = new TextEncoder();

/** Characters that may stand in a path as they are (RFC 3986, `pchar` and `/`), with `?` and `#` as delimiters and `[` `]` only in hosts. */
const allowed = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?#]|%[0-9A-Fa-f]{2})*$/;

/**
 * Makes a URI reference (RFC 3986) of what scanners write as one: trims, strips quotes, turns Windows and UNC paths into
 * `file:` URIs, back-slashes into slashes, and percent-encodes what may not stand there. Letter case never changes.
 */
export function repairUri(given: string): string {
  let uri = given;
  if (allowed.test(uri) && !/^[A-Za-z]:/.test(uri) && !/^file:\/\/[A-Za-z]:/i.test(uri)) return uri;
  uri = uri.trim().replace(/^(["'])(.*)\1$/s, '$2');
  if (/^[A-Za-z]:[\\/]/.test(uri)) uri = `file:///${uri.replaceAll('\\', '/')}`;
  else if (uri.startsWith('\\\\')) uri = `file:${uri.replaceAll('\\', '/')}`;
  else if (uri.includes('\\') && !uri.includes('/')) uri = uri.replaceAll('\\', '/');
  uri = uri.replace(/^file:\/\/([A-Za-z]:)/i, 'file:///$1');
  return encode(uri);
}

function encode(uri: string): string {
  if (allowed.test(uri)) return uri;
  const host = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/\[[0-9A-Fa-f:.]+\]/.exec(uri)?.[0] ?? '';
  let encoded = host;
  for (const character of uri.slice(host.length).matchAll(/%[0-9A-Fa-f]{2}|./gsu)) {
    const text = character[0];
    if (text.length === 3 || allowed.test(text)) encoded += text;
    else for (const byte of encoder.encode(text)) encoded += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}
