import { isAbsolute, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The URI reference of an input: relative where it lies below the working folder, else a `file:` URI. Names of archive entries are
 * not trusted: what would lead out of the archive is left out.
 *
 * @param path the input's display name: a path, `archive.zip!/entry`, or `-`
 * @param cwd the working folder
 */
export function fileUri(path: string, cwd: string): string {
  if (path === '-') return 'standard-input';
  const [file = '', ...entries] = path.split('!/');
  const inside = entries.map((entry) => `!/${encodeSegments(entry.split(/[/\\]/).filter(isName))}`);
  return outer(file, cwd) + inside.join('');
}

function outer(file: string, cwd: string): string {
  const fromHere = relative(cwd, resolve(cwd, file));
  const isBelow = fromHere !== '' && !fromHere.startsWith(`..${sep}`) && fromHere !== '..' && !isAbsolute(fromHere);
  return isBelow ? encodeSegments(fromHere.split(sep)) : pathToFileURL(resolve(cwd, file)).href;
}

function encodeSegments(segments: readonly string[]): string {
  return segments.map((segment) => encodeURIComponent(segment.toWellFormed())).join('/');
}

function isName(segment: string): boolean {
  return segment !== '' && segment !== '.' && segment !== '..';
}
