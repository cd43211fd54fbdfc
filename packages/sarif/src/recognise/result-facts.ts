import { result as recogniseResult } from './objects.generated.ts';
import {
  BASES,
  b,
  COMPONENT,
  FLAGS,
  LEVEL,
  load,
  maxLoad,
  OTHER_RULE,
  o,
  REFERENCE_ID_END,
  REFERENCE_ID_START,
  REFERENCE_INDEX,
  REFERENCE_INDEX_END,
  REFERENCE_INDEX_START,
  RULE_ID_END,
  RULE_ID_START,
  RULE_INDEX,
  RULE_INDEX_END,
  RULE_INDEX_START,
  SITES,
  SPACED,
  sites,
} from './primitives.ts';

/**
 * What is known of a result whose bytes prove that it is as the schema wants it. Places are relative to its first byte.
 * Whatever the flags do not say for sure, the object has to be asked for.
 */
export interface ResultFacts {
  /** The flags of `primitives.ts`. */
  readonly flags: number;
  /** 0 when no level is stated, else 1 for none, 2 note, 3 warning, 4 error. */
  readonly level: number;
  /** One bit for each base id in use, by its position in `baseIds`. */
  readonly bases: number;
  /** Empty when the result has no `ruleId`, and when `OTHER_RULE` is set. */
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly ruleIndexStart: number;
  readonly ruleIndexEnd: number;
  /** Of `rule`; -1 and empty when it has none, and empty when `OTHER_RULE` is set. */
  readonly referenceId: string;
  readonly referenceIndex: number;
  readonly referenceIndexStart: number;
  readonly referenceIndexEnd: number;
  /** Position of the extension that `rule` names; -1 for none. */
  readonly component: number;
  /** Start, end and value of each index into the run's artifacts, in the order of the bytes. */
  readonly artifacts: Int32Array;
}

const none = new Int32Array(0);
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Strings that results repeat, by a hash of their bytes. */
const interned = new Map<number, { readonly bytes: Uint8Array; readonly text: string }>();

/** Who loaded the bytes that the recogniser looks at. */
let owner: object | undefined;

/** Looks at elements of one stream. */
export class ResultRecogniser {
  #chunk: Uint8Array | undefined;

  /** Takes the bytes to look at; too many are not looked at. */
  load(chunk: Uint8Array): void {
    this.#chunk = chunk.length <= maxLoad ? chunk : undefined;
    owner = undefined;
  }

  /** Index after the result at `at`, or -1 when the bytes do not prove it. */
  recognise(at: number): number {
    if (this.#chunk === undefined) return -1;
    if (owner !== this) {
      load(this.#chunk);
      owner = this;
    }
    return recogniseResult(at) as number;
  }

  /** What was noted of the result at `at`, the last that was recognised. */
  facts(at: number): ResultFacts {
    const flags = o[FLAGS]!;
    const isNoted = (flags & OTHER_RULE) === 0;
    const count = o[SITES]! * 3;
    let artifacts = none;
    if (count > 0) {
      artifacts = sites.slice(0, count);
      for (let index = 0; index < count; index += 3) {
        artifacts[index]! -= at;
        artifacts[index + 1]! -= at;
      }
    }
    return {
      flags,
      level: o[LEVEL]!,
      bases: o[BASES]!,
      ruleId: isNoted ? textAt(o[RULE_ID_START]!, o[RULE_ID_END]!) : '',
      ruleIndex: o[RULE_INDEX]!,
      ruleIndexStart: o[RULE_INDEX_START]! - at,
      ruleIndexEnd: o[RULE_INDEX_END]! - at,
      referenceId: isNoted ? textAt(o[REFERENCE_ID_START]!, o[REFERENCE_ID_END]!) : '',
      referenceIndex: o[REFERENCE_INDEX]!,
      referenceIndexStart: o[REFERENCE_INDEX_START]! - at,
      referenceIndexEnd: o[REFERENCE_INDEX_END]! - at,
      component: o[COMPONENT]!,
      artifacts,
    };
  }

  /** Whether white space stands between the tokens of the last result that was recognised. */
  get spaced(): boolean {
    return (o[FLAGS]! & SPACED) !== 0;
  }
}

function textAt(start: number, end: number): string {
  if (start === end) return '';
  let hash = 0;
  for (let at = start; at < end; at += 1) hash = (Math.imul(hash, 31) + b[at]!) | 0;
  const known = interned.get(hash);
  if (known !== undefined && isSame(known.bytes, start, end)) return known.text;
  const bytes = b.slice(start, end);
  const text = decoder.decode(bytes);
  if (interned.size < 10_000) interned.set(hash, { bytes, text });
  return text;
}

function isSame(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes.length !== end - start) return false;
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] !== b[start + at]) return false;
  }
  return true;
}
