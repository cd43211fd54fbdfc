/*
 * Passes over the elements of an array without looking at them: strings are passed over, brackets counted. What the first pass
 * over a document spends its time on.
 */
import { INPUT } from './layout.ts';
import { byteAt, nextQuote, nextToken, skimBlocks, skimmedDepth, skimmedStart, skimmedString } from './machine.ts';

/** Blocks are tried again so many bytes after one that could not be told at a glance. */
const blockBytes: i32 = 64;

let depth: i32 = 0;
let deepest: i32 = 0;
/** 1 inside a string, 2 after a backslash in one. */
let inString: i32 = 0;
/** Where the last string starts. */
let stringStart: i32 = 0;

/** Begins with brackets open. */
export function startSkim(open: i32, string: i32, limit: i32): void {
  depth = open;
  inString = string;
  deepest = limit;
}

/** 0: how many brackets are open, 1: whether a string is, 2 if a backslash ends the bytes, 2: where that string starts. */
export function skimState(which: i32): i32 {
  if (which === 0) return depth;
  return which === 1 ? inString : stringStart;
}

/**
 * Passes over bytes from one place of the input to another, or to the bracket that closes the last but `floor` that are open,
 * or to one that opens more than may be. Returns the place it came to: that of the bracket.
 */
export function skim(from: i32, to: i32, floor: i32): i32 {
  const end = INPUT + to;
  let p = INPUT + from;
  let blocksFrom = p;
  for (;;) {
    if (inString === 2 && p < end) {
      p = p + 1;
      inString = 1;
    }
    if (inString !== 2 && p >= blocksFrom) {
      p = skimBlocks(p, end, depth, floor, deepest, inString, INPUT + stringStart);
      depth = skimmedDepth();
      inString = skimmedString();
      stringStart = skimmedStart() - INPUT;
      blocksFrom = p + blockBytes;
      if (inString === 2) continue;
    }
    if (inString !== 0) {
      for (;;) {
        p = nextQuote(p, end);
        if (p >= end) return to;
        if (byteAt(p) === 0x22) break;
        p = p + 2;
        if (p > end) {
          // The escaped byte is not there yet.
          inString = 2;
          return to;
        }
      }
      p = p + 1;
      inString = 0;
    }
    p = nextToken(p, end);
    if (p >= end) return to;
    const c = byteAt(p);
    if (c === 0x22) {
      inString = 1;
      stringStart = p - INPUT;
      p = p + 1;
      continue;
    }
    // An opening bracket is two below the closing one.
    if ((c | 0x20) === 0x7b) {
      depth = depth + 1;
      if (depth > deepest) return p - INPUT;
    } else {
      depth = depth - 1;
      if (depth === floor) return p - INPUT;
    }
    p = p + 1;
  }
}
