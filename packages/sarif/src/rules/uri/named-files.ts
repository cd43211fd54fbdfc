import type { ObjectKind } from '../../run/walk.ts';

/** The objects whose artifact location is the name of one file, rather than of a folder, a program or a base. */
const holders: ReadonlySet<ObjectKind | ''> = new Set<ObjectKind>([
  'artifact',
  'artifactChange',
  'attachment',
  'physicalLocation',
  'result',
]);

/** Whether an artifact location held by an object of this kind names a file that was looked at. */
export function namesFile(ownerKind: ObjectKind | ''): boolean {
  return holders.has(ownerKind);
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
