import type { Result } from '../model/model.ts';
import { type Engine, loadedEngine } from '../recognise/engine.ts';
import { SCRATCH, SCRATCH_BYTES } from '../recognise/portable/layout.ts';
import type { ResultFacts } from '../recognise/result-facts.ts';
import { valueDigest } from '../schema/value-digest.ts';
import { DigestTable } from './digest-table.ts';
import { UriSpellings } from './uri-spellings.ts';

/** How many rule ids are remembered with their digests. */
const mostRules = 10_000;

/** How many results each table remembers: memory must not grow with their number. */
export const maxSeenResults = 1 << 18;

/** Stands in place of the rule of a text that several rules have, once that has been said. */
export const sharedText = -1;

const encoder = new TextEncoder();

/**
 * What rules that compare results remember of those they have seen. A result whose bytes prove it is remembered by hashes of these
 * bytes, any other by hashes of the same JSON text, so that both can be compared.
 */
export class SeenResults {
  /** By digest of the message's text: digest of the rule and position of the first result. */
  readonly texts = new DigestTable(maxSeenResults);
  /** By digest of rule, message and locations: position of the first result. */
  readonly contents = new DigestTable(maxSeenResults);
  /** By digest of the GUID in lower case: position of the result. */
  readonly guids = new DigestTable(maxSeenResults);
  /** How files are written. */
  readonly spellings = new UriSpellings();
  readonly #rules = new Map<string | undefined, number>();
  readonly #engine: Engine | undefined = loadedEngine();
  /** Where texts are put to be hashed. */
  #scratch: Uint8Array | undefined;
  #one = 0;
  #two = 0;

  /** Of a text, as `textDigestOf` gives it for facts. */
  textDigest(text: string): number {
    this.#hash(JSON.stringify(text));
    return digestOf(this.#one, this.#two);
  }

  /** Of a rule's id. */
  ruleDigest(ruleId: string | undefined): number {
    let digest = this.#rules.get(ruleId);
    if (digest === undefined) {
      digest = valueDigest(ruleId ?? null);
      if (this.#rules.size >= mostRules) this.#rules.clear();
      this.#rules.set(ruleId, digest);
    }
    return digest;
  }

  textDigestOf({ textHash, textHash2 }: ResultFacts): number {
    return digestOf(textHash, textHash2);
  }

  /** Of what two results have in common that say the same; `rule` is a digest of the rule. */
  contentDigest({ message, locations }: Result, rule: number): number {
    this.#hash(JSON.stringify(message));
    const one = Math.imul(Math.imul(this.#one, 0x27d4eb2f), 0x165667b1);
    const two = Math.imul(Math.imul(this.#two, 0x9e3779b1), 0x85ebca6b);
    this.#hash(locations === undefined ? '' : JSON.stringify(locations));
    const first = one ^ this.#one;
    const second = two ^ this.#two;
    return withRule(first, second, rule);
  }

  contentDigestOf({ contentHash, contentHash2 }: ResultFacts, rule: number): number {
    return withRule(contentHash, contentHash2, rule);
  }

  /** Leaves the two halves in `#one` and `#two`. */
  #hash(json: string): void {
    const engine = this.#engine;
    const most = SCRATCH_BYTES - 64;
    // What does not fit is not written to its end.
    const written = engine === undefined ? undefined : this.#encoded(engine, json, most);
    if (engine === undefined || written === undefined) {
      const digest = valueDigest(json);
      this.#one = digest | 0;
      this.#two = (digest / 0x1_0000_0000) | 0;
      return;
    }
    this.#one = engine.longHash(SCRATCH, written);
    this.#two = engine.longHash2();
  }

  /** Length of the text in UTF-8, which then stands in the engine's memory; `undefined` when it is longer than `most`. */
  #encoded(engine: Engine, json: string, most: number): number | undefined {
    if (json.length > most) return undefined;
    const { bytes } = engine;
    if (this.#scratch?.buffer !== bytes.buffer) this.#scratch = bytes.subarray(SCRATCH, SCRATCH + most);
    const { read, written } = encoder.encodeInto(json, this.#scratch);
    return read === json.length ? written : undefined;
  }
}

function withRule(one: number, two: number, rule: number): number {
  return digestOf(one ^ (rule | 0), two ^ ((rule / 0x1_0000_0000) | 0));
}

/** 53 bits of two times 32. */
function digestOf(one: number, two: number): number {
  return (one >>> 0) * 0x20_0000 + (two >>> 11);
}
