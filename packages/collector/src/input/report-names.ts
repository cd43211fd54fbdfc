/** Endings under which scanners write reports. In folders and archives only these are looked at. */
const reportEndings: readonly string[] = ['.sarif', '.json', '.xml'];

const archiveEndings: readonly string[] = ['.zip', '.tar', '.tgz', '.tzst'];
const compressedEndings: readonly string[] = ['.gz', '.zst'];

/** Folders that hold other people's files, or our own: never searched, unless they are named. */
export const skippedFolders: ReadonlySet<string> = new Set(['.git', 'node_modules', '.sariflow']);

/** Whether a file found in a folder or archive is worth opening, judged by its name. Case does not matter. */
export function looksLikeReport(name: string): boolean {
  const lower = name.toLowerCase();
  if (endsWithOneOf(lower, reportEndings) || endsWithOneOf(lower, archiveEndings)) return true;
  const ending = compressedEndings.find((candidate) => lower.endsWith(candidate));
  return ending !== undefined && looksLikeReport(lower.slice(0, -ending.length));
}

function endsWithOneOf(name: string, endings: readonly string[]): boolean {
  return endings.some((ending) => name.length > ending.length && name.endsWith(ending));
}
