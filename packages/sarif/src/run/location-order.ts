import type { Region } from '../model/model.ts';
import { lineSpanOf } from './region.ts';

/** Where something is, as far as its place in a list of locations depends on it. */
export interface ListedPlace {
  /** From the root of the repository. */
  readonly path?: string | undefined;
  readonly region?: Region | undefined;
}

/**
 * Orders places as a reader goes through them: by path, then by line, column and offset. What is not known comes last. Below 0 when
 * the first place comes first, 0 when nothing tells them apart.
 */
export function comparePlaces(one: ListedPlace, other: ListedPlace): number {
  const byPath = comparePaths(one.path, other.path);
  if (byPath !== 0) return byPath;
  const ones = keysOf(one.region);
  const others = keysOf(other.region);
  for (const [position, key] of ones.entries()) {
    const otherKey = others[position] as number;
    if (key !== otherKey) return key < otherKey ? -1 : 1;
  }
  return 0;
}

/** By code points (section 3.7.3), which the order of UTF-16 code units differs from above U+D7FF. */
export function compareCodePoints(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) {
    const unit = one.charCodeAt(at);
    const otherUnit = other.charCodeAt(at);
    if (unit !== otherUnit) return rankOf(unit) - rankOf(otherUnit);
  }
  return one.length - other.length;
}

function comparePaths(one: string | undefined, other: string | undefined): number {
  if (one === other) return 0;
  if (one === undefined) return 1;
  return other === undefined ? -1 : compareCodePoints(one, other);
}

function keysOf(region: Region | undefined): readonly number[] {
  const span = region === undefined ? undefined : lineSpanOf(region);
  return [
    known(span?.startLine),
    known(span?.startColumn),
    known(span?.endLine),
    known(span?.endColumn),
    known(region?.charOffset),
    known(region?.byteOffset),
  ];
}

function known(key: number | null | undefined): number {
  return key === null || key === undefined || key < 0 ? Number.POSITIVE_INFINITY : key;
}

/** Surrogates stand for code points above all others. */
function rankOf(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x1_0000 : unit;
}
