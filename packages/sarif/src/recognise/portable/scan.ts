/* Results one after another, and what the search for their ends needs. */
import { ASIDE, FLAGS, INPUT, RECORD_NUMBERS, RECORDS } from './layout.ts';
import { byteAt, i32At } from './machine.ts';
import { object_result_result } from './objects.generated.ts';
import { countOfRecords, countOfSites, cutSites, endResult, isFull, setAside, startResult } from './primitives.ts';

/** Whether a comma has to come before the next element. */
let needComma: i32 = 0;

export function needsComma(): i32 {
  return needComma;
}

/**
 * Notes the results that stand from `from` on, places in the input, as long as their bytes prove them. Stops before `to`, at the
 * first byte of one that is not proven, at a byte that may not stand between two elements, or once more than `enough` bytes are
 * passed. Returns the place where it stopped.
 */
export function scan(from: i32, to: i32, comma: i32, enough: i32): i32 {
  const end = INPUT + to;
  const last = INPUT + from + enough;
  let p = INPUT + from;
  needComma = comma;
  for (;;) {
    let c = p < end ? byteAt(p) : 0;
    while (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) {
      p = p + 1;
      c = p < end ? byteAt(p) : 0;
    }
    if (p >= end || p >= last) return p - INPUT;
    if (c === 0x2c && needComma !== 0) {
      needComma = 0;
      p = p + 1;
      continue;
    }
    if (needComma !== 0 || c !== 0x7b || isFull()) return p - INPUT;
    const after = recogniseAt(p);
    if (after < 0) return p - INPUT;
    p = after;
    needComma = 1;
  }
}

/** Past the result at `p`, noted as the next record, or -1. */
function recogniseAt(p: i32): i32 {
  const firstSite = countOfSites();
  startResult();
  const end = object_result_result(p);
  if (end > 0 && endResult(p, end, firstSite)) return end;
  cutSites(firstSite);
  return -1;
}

/** Notes the result that is all of the input up to `length`. Returns whether its bytes prove it. */
export function recogniseAlone(length: i32): i32 {
  return recogniseAt(INPUT) === INPUT + length ? 1 : 0;
}

/**
 * Notes the result that stands aside, behind the records there are, which stay. Its URIs are all noted as if they were new. Returns whether its bytes
 * prove it; `cutRecords` takes back what was noted.
 */
export function recogniseAside(length: i32): i32 {
  if (isFull()) return 0;
  setAside(1);
  const end = recogniseAt(ASIDE);
  setAside(0);
  return end === ASIDE + length ? 1 : 0;
}

/** The flags of the record that was noted last. */
export function lastFlags(): i32 {
  return i32At(RECORDS + ((countOfRecords() - 1) * RECORD_NUMBERS + FLAGS) * 4);
}
