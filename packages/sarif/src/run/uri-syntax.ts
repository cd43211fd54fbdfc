/** What a character may be in a URI reference, by its code. */
const other = 0;
/** May stand in any part (RFC 3986, `pchar` without `%`). */
const plain = 1;
const slash = 2;
const question = 3;
const hash = 4;
const percent = 5;

const classes = new Uint8Array(128);
for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@") {
  classes[letter.charCodeAt(0)] = plain;
}
classes[0x2f] = slash;
classes[0x3f] = question;
classes[0x23] = hash;
classes[0x25] = percent;

/** An address in brackets is the only place for brackets (RFC 3986, section 3.2.2). */
const bracketedHost = /^(?:[A-Za-z][A-Za-z0-9+.-]*:)?\/\/(?:[^@/?#[\]]*@)?\[[0-9A-Fa-f:.]+\](?=[:/?#]|$)/;

const encoder = new TextEncoder();

const schemeName = /^[A-Za-z][A-Za-z0-9+.-]*:/;

/** Index just after the host in brackets that a URI begins with, 0 when it has none. */
function bracketedHostEnd(uri: string): number {
  return uri.includes('[') ? (bracketedHost.exec(uri)?.[0].length ?? 0) : 0;
}

/** Whether a URI reference begins with a scheme by the letter of RFC 3986: a drive letter is one, too. */
function hasSchemeName(uri: string): boolean {
  return schemeName.test(uri);
}

/**
 * Index of the first character that RFC 3986 does not allow where it stands, -1 when the string is a URI reference. Ports
 * are not looked at: `ssh://host:folder/` is in use, and understood.
 */
export function misplacedCharacter(uri: string): number {
  const firstSegmentMayHaveColon = hasSchemeName(uri);
  let isFirstSegment = !firstSegmentMayHaveColon;
  let isFragment = false;
  for (let at = bracketedHostEnd(uri); at < uri.length; at += 1) {
    const code = uri.charCodeAt(at);
    const found = code < 128 ? classes[code] : other;
    if (found === plain) {
      if (code === 0x3a && isFirstSegment) return at;
    } else if (found === percent) {
      if (!isHexDigit(uri.charCodeAt(at + 1)) || !isHexDigit(uri.charCodeAt(at + 2))) return at;
      at += 2;
    } else if (found === other || (found === hash && isFragment)) {
      return at;
    } else {
      isFirstSegment = false;
      isFragment ||= found === hash;
    }
  }
  return -1;
}

/** The string with each character percent-encoded that may stand in no URI reference at all, or not there (RFC 3986, section 2.1). */
export function percentEncoded(uri: string): string {
  const parts: string[] = [];
  let kept = 0;
  let isFragment = false;
  for (let at = bracketedHostEnd(uri); at < uri.length; at += 1) {
    const code = uri.charCodeAt(at);
    const found = code < 128 ? classes[code] : other;
    const isEscape = found === percent && isHexDigit(uri.charCodeAt(at + 1)) && isHexDigit(uri.charCodeAt(at + 2));
    const isFine = isEscape || found === plain || found === slash || found === question;
    if (isFine || (found === hash && !isFragment)) {
      isFragment ||= found === hash;
      continue;
    }
    const character = String.fromCodePoint(uri.codePointAt(at) as number);
    parts.push(uri.slice(kept, at));
    for (const byte of encoder.encode(character)) parts.push(`%${byte.toString(16).toUpperCase().padStart(2, '0')}`);
    at += character.length - 1;
    kept = at + 1;
  }
  return parts.join('') + uri.slice(kept);
}

/**
 * Whether a URI reference is a relative path in its plainest form: no scheme, no base to go up to, no segment that is empty, `.` or
 * `..`, neither query nor fragment, nothing encoded that need not be. Most are, and nothing more need be asked of them.
 */
export function isPlainPath(uri: string): boolean {
  let segment = 0;
  for (let at = 0; at < uri.length; at += 1) {
    const code = uri.charCodeAt(at);
    const found = code < 128 ? classes[code] : other;
    if (found === plain) {
      if (code === 0x3a) return false;
    } else if (found === slash) {
      if (isDots(uri, segment, at)) return false;
      segment = at + 1;
    } else if (found === percent && isNeededEscape(uri, at)) {
      at += 2;
    } else {
      return false;
    }
  }
  return !isDots(uri, segment, uri.length);
}

/** Whether a percent sign begins an escape, of a character that cannot stand for itself. */
function isNeededEscape(uri: string, at: number): boolean {
  const isEscape = isHexDigit(uri.charCodeAt(at + 1)) && isHexDigit(uri.charCodeAt(at + 2));
  return isEscape && !isUnreserved(Number.parseInt(uri.slice(at + 1, at + 3), 16));
}

/** Whether a segment is empty, `.` or `..`. */
function isDots(uri: string, start: number, end: number): boolean {
  const length = end - start;
  if (length > 2) return false;
  return (length === 0 || uri.charCodeAt(start) === 0x2e) && (length < 2 || uri.charCodeAt(start + 1) === 0x2e);
}

function isHexDigit(code: number): boolean {
  const letter = code | 0x20;
  return (code >= 0x30 && code <= 0x39) || (letter >= 0x61 && letter <= 0x66);
}

/** Whether a character never needs to be percent-encoded (RFC 3986, section 2.3). */
export function isUnreserved(code: number): boolean {
  const letter = code | 0x20;
  if ((letter >= 0x61 && letter <= 0x7a) || (code >= 0x30 && code <= 0x39)) return true;
  return code === 0x2d || code === 0x2e || code === 0x5f || code === 0x7e;
}
