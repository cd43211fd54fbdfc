import { uriForm } from './uri-form.ts';

/** Schemes of things that are no files of a source tree. */
const remoteSchemes: ReadonlySet<string> = new Set([
  'ftp',
  'ftps',
  'git',
  'http',
  'https',
  'ldap',
  'oci',
  's3',
  'ssh',
  'ws',
  'wss',
]);

/** Schemes whose URIs name files although they have no host part. */
const containerSchemes: ReadonlySet<string> = new Set(['file', 'jar', 'sarif', 'tar', 'zip']);

const imageWithDigest = /@sha256:[0-9a-fA-F]{64}$/;
/** A tag of digits alone may be a line number that was put behind the name of a file. */
const imageWithTag = /^[a-z0-9._-]+(?:\/[a-z0-9._-]+)*\/[a-z0-9_-]+:(?!\d+$)[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

/** Whether a text is the URI of a page, a host or an image rather than of a file. */
export function isNoFile(uri: string): boolean {
  const { isPlain, scheme, repaired } = uriForm(uri);
  if (isPlain) return false;
  if (scheme === undefined) {
    const name = repaired.replace(/^\.\//, '');
    return imageWithDigest.test(name) || (name.length <= 1000 && imageWithTag.test(name));
  }
  if (remoteSchemes.has(scheme)) return true;
  if (containerSchemes.has(scheme)) return false;
  const rest = repaired.slice(scheme.length + 1);
  if (!rest.startsWith('//')) return !rest.startsWith('/');
  // Such as host://10.0.0.1: nothing of it is a path.
  return /^\/\/[^/?#]+\/?$/.test(rest);
}

const placeholders: ReadonlySet<string> = new Set([
  '',
  '-',
  '--',
  '?',
  'n/a',
  'na',
  'nil',
  'no file',
  'no file associated with this alert',
  'no location',
  'no path',
  'none',
  'not applicable',
  'not available',
  'null',
  'stdin',
  'undefined',
  'unknown',
  'unknown file',
  'unknown location',
  'unspecified',
]);

/** Whether a text stands where there is no file: it is empty, or one of the words that producers write then. */
export function isPlaceholder(uri: string): boolean {
  if (uri.length > longestPlaceholder) return false;
  let isKnown = known.get(uri);
  if (isKnown === undefined) {
    isKnown = meansNoFile(uri);
    if (known.size >= mostKnown) known.clear();
    known.set(uri, isKnown);
  }
  return isKnown;
}

const longestPlaceholder = 60;

/** Logs repeat few URIs, and several rules ask about each. */
const known = new Map<string, boolean>();
const mostKnown = 20_000;

function meansNoFile(uri: string): boolean {
  const text = uri.trim().toLowerCase().replaceAll('%20', ' ');
  return placeholders.has(text.replace(/^[<([{]/, '').replace(/(?<=.)[>)\]}.]$/, ''));
}
