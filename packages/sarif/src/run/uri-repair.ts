import { misplacedCharacter, percentEncoded } from './uri-syntax.ts';

/**
 * Makes a URI reference (RFC 3986) of what scanners write as one: trims, strips quotes, turns Windows and UNC paths into
 * `file:` URIs, back-slashes into slashes, and percent-encodes what may not stand there. Letter case never changes.
 */
export function repairUri(given: string): string {
  const isFine = misplacedCharacter(given) === -1 && !isDrivePath(given) && !hasDriveAsHost(given);
  if (isFine) return given;
  const encoded = percentEncoded(withoutBackslashes(unquoted(given)));
  // What is left is a colon in the first segment, which would make it a scheme.
  return misplacedCharacter(encoded) === -1 ? encoded : `./${encoded}`;
}

/** Whether a string is a path as Windows writes it: with a drive, as a network share, or with back-slashes alone. */
export function isWindowsPath(given: string): boolean {
  const uri = unquoted(given);
  if (isDrivePath(uri)) return true;
  if (!uri.includes('\\')) return false;
  return uri.startsWith('\\\\') || /^file:/i.test(uri) || !uri.includes('/');
}

/** Whether a `file:` URI has a drive where the name of a host belongs. */
export function hasDriveAsHost(given: string): boolean {
  return /^file:\/\/[A-Za-z]:(?:[\\/]|$)/i.test(unquoted(given));
}

function isDrivePath(uri: string): boolean {
  return /^[A-Za-z]:[\\/]/.test(uri);
}

function unquoted(given: string): string {
  const uri = given.trim();
  const first = uri.charCodeAt(0);
  const isQuoted = uri.length > 1 && (first === 0x22 || first === 0x27) && uri.charCodeAt(uri.length - 1) === first;
  return isQuoted ? uri.slice(1, -1) : uri;
}

/** A back-slash is a legal part of a POSIX name: it is taken for a separator only where the path looks like one of Windows. */
function withoutBackslashes(given: string): string {
  // `\\?\` and `\\.\` only tell Windows not to look at the rest.
  const uri = given.replace(/^\\\\[?.]\\(?:UNC(?=\\))?/i, (prefix) => (/UNC$/i.test(prefix) ? '\\' : ''));
  const slashed = isWindowsPath(uri) ? uri.replaceAll('\\', '/') : uri;
  if (isDrivePath(slashed)) return `file:///${slashed}`;
  const named = uri.startsWith('\\\\') ? `file:${slashed}` : slashed;
  return named.replace(/^file:\/\/([A-Za-z]:(?:\/|$))/i, 'file:///$1');
}
