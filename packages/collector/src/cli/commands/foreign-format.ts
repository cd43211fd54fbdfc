import type { Detection } from '@sariflow/converters';

/** Formats that a byte-level reader of SARIF judges better itself: it knows the place of the defect. */
const leftToTheReader: ReadonlySet<string> = new Set(['sarif', 'unknown', 'json', 'text', 'empty', 'utf-16', 'ndjson']);

/** Whether a file is a known format other than SARIF, so that there is no point in listing what makes it a bad SARIF log. */
export function isForeign(format: Detection['format']): boolean {
  return !leftToTheReader.has(format);
}
