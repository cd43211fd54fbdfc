import type { FileSource } from '../../input/file-source.ts';

/** The text around one place of a file, as far as a person wants to see it. */
export interface SourceWindow {
  /** The line above, where it is short enough to be in reach. */
  readonly lineBefore: string | undefined;
  /** The line up to the place. */
  readonly prefix: string;
  /** Whether the line starts further left than `prefix`. */
  readonly isCutLeft: boolean;
  /** The line from the place on. */
  readonly suffix: string;
  /** Whether the line goes on after `suffix`. */
  readonly isCutRight: boolean;
}

/** How far to look around a place, in bytes. A whole report may be one line, so lines are no measure. */
const reachBefore = 4096;
const reachAfter = 1024;

const newline = 0x0a;

/** Reads the text around `byteOffset`, whatever the size of the file. Throws `InputError` when the file cannot be read any more. */
export async function readSourceWindow(source: FileSource, byteOffset: number): Promise<SourceWindow> {
  const start = Math.max(0, byteOffset - reachBefore);
  const bytes = await source.readAt(start, byteOffset - start + reachAfter);
  const place = Math.min(byteOffset - start, bytes.length);

  const newlineBefore = bytes.subarray(0, place).lastIndexOf(newline);
  const isCutLeft = newlineBefore === -1 && start > 0;
  const prefixBytes = bytes.subarray(newlineBefore + 1, place);
  const newlineAfter = bytes.indexOf(newline, place);
  const suffixBytes = bytes.subarray(place, newlineAfter === -1 ? bytes.length : newlineAfter);

  return {
    lineBefore: newlineBefore === -1 ? undefined : lineEndingAt(bytes, newlineBefore, start),
    prefix: decode(isCutLeft ? withoutCutStart(prefixBytes) : prefixBytes),
    isCutLeft,
    suffix: decode(withoutCutEnd(suffixBytes)).replace(/\r$/, ''),
    isCutRight: newlineAfter === -1 && bytes.length === byteOffset - start + reachAfter,
  };
}

function lineEndingAt(bytes: Uint8Array, end: number, windowStart: number): string | undefined {
  const newlineBefore = end === 0 ? -1 : bytes.lastIndexOf(newline, end - 1);
  if (newlineBefore === -1 && windowStart > 0) return undefined;
  return decode(bytes.subarray(newlineBefore + 1, end)).replace(/\r$/, '');
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes);
}

const isContinuation = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;

/** Without the rest of a character whose beginning lies outside of the window. */
function withoutCutStart(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < 3 && isContinuation(bytes[start])) start += 1;
  return bytes.subarray(start);
}

/** Without the beginning of a character whose rest lies outside of the window. */
function withoutCutEnd(bytes: Uint8Array): Uint8Array {
  let lead = bytes.length - 1;
  while (lead >= 0 && bytes.length - lead <= 3 && isContinuation(bytes[lead])) lead -= 1;
  const first = bytes[lead] ?? 0;
  const needed = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  return bytes.length - lead < needed ? bytes.subarray(0, Math.max(lead, 0)) : bytes;
}
