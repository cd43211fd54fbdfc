import { bytesBetween } from './bytes-between.ts';
import { LineTracker } from './line-tracker.ts';
import { pointerOf } from './pointer.ts';
import { ReadError } from './read-error.ts';
import type { Source } from './source.ts';
import { findSyntaxDefect } from './syntax.ts';

/** What lies behind more bytes than this is not read into memory to say more exactly where it breaks. */
const maxBytes = 64 * 1024 * 1024;

/**
 * The error at the place where the grammar is first broken. The first pass counts brackets in what it passes over: one that is missing is
 * noticed there only where the count does not come out, which may be results later.
 *
 * @param error what the first pass said
 * @returns the same error where nothing is broken before its place, or where that is too far in
 */
export async function firstDefect(source: Source, error: ReadError): Promise<ReadError> {
  const { place } = error.diagnostic;
  const isOfGrammar = error.code === 'SF-P105' || error.code === 'SF-P106' || error.code === 'SF-P107';
  if (!isOfGrammar || place === undefined || place.byteOffset > maxBytes) return error;
  const bytes = await bytesBetween(source, 0, place.byteOffset);
  const defect = findSyntaxDefect(bytes);
  if (defect === undefined || (defect.code !== 'SF-P105' && defect.code !== 'SF-P114')) return error;
  // A word that the end cut is no defect of its own.
  if (isInWord(bytes, defect.index)) return error;
  return new ReadError(defect.code, defect.message, {
    place: new LineTracker().placeIn(bytes, defect.index),
    pointer: pointerOf(defect.path),
    completeElements: Math.min(error.completeElements, positionIn(defect.path) ?? error.completeElements),
  });
}

/** Whether all that stands from here on is part of one number or word. */
function isInWord(bytes: Uint8Array, from: number): boolean {
  return bytes.subarray(from).every((byte) => byte > 0x20 && !structural.has(byte));
}

const structural: ReadonlySet<number> = new Set(Array.from('"{}[],:', (character) => character.charCodeAt(0)));

/** How many elements of the array that is streamed come before a place in it. */
function positionIn([list, , member, at]: readonly (string | number)[]): number | undefined {
  return list === 'runs' && member === 'results' && typeof at === 'number' ? at : undefined;
}
