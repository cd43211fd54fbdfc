import type { ProvenText, TextEdit } from '../events/event.ts';
import type { Recogniser } from '../json/json-elements.ts';
import type { RunHeader } from '../model/model.ts';
import { conventionalRoots } from '../run/conventional-roots.ts';
import type { Engine } from './engine.ts';
import { holdsInput, putInput } from './input-memory.ts';
import {
  ASIDE,
  FIRST_NEW_URI,
  FIRST_PLACE,
  FIRST_SITE,
  FLAGS,
  MAX_ARTIFACTS,
  MAX_ASIDE,
  MAX_BASES,
  MAX_INPUT,
  MAX_STRINGS,
  NEW_URI,
  NEW_URI_COUNT,
  PLACES,
  RECORD_NUMBERS,
  RECORDS,
  SCRATCH,
  SCRATCH_BYTES,
  SITES,
} from './portable/layout.ts';
import type { ResultFacts } from './result-facts.ts';
import { ResultNotes } from './result-notes.ts';
import { newUris, RuleNames, stringOf } from './rule-names.ts';

const encoder = new TextEncoder();

/** Whose bytes and whose run are in the engine's memory. */
const owners = new WeakMap<Engine, ResultRecogniser>();

/** Whose records are in the engine's memory. */
const latest = new WeakMap<Engine, ResultNotes>();

/** Bytes of results that were written anew are kept in pieces of this length. */
const pieceBytes = 64 * 1024;

/** How many URIs of such results are remembered. */
const mostAsideUris = 100_000;

/** Looks at the results of one run. Several may be at work at a time: each puts its own things into the memory when it needs it. */
export class ResultRecogniser implements Recogniser<ResultNotes> {
  names: RuleNames;
  readonly #engine: Engine;
  readonly #run: RunHeader;
  #chunk: Uint8Array | undefined;
  #isLoaded = false;
  readonly #aside: Uint8Array;
  #piece = new Uint8Array(0);
  #pieceUsed = 0;
  /** URIs of results that were written anew, by the numbers of their strings: told as new once. */
  readonly #asideUris = new Set<number>();

  constructor(engine: Engine, run: RunHeader) {
    this.#engine = engine;
    this.#run = run;
    this.#aside = engine.bytes.subarray(ASIDE, ASIDE + MAX_ASIDE);
    this.names = this.#startRun();
  }

  /** Takes the bytes to look at; too many are not looked at. */
  load(chunk: Uint8Array): void {
    this.#chunk = chunk.length <= MAX_INPUT ? chunk : undefined;
    this.#isLoaded = false;
  }

  /** Begins a batch: what was noted before is forgotten. Says whether there is anything to look at. */
  begin(): boolean {
    if (this.#chunk === undefined) return false;
    this.#load(this.#chunk);
    this.#clear();
    return true;
  }

  /** Notes results as `portable/scan.ts` says. Returns where it stopped. */
  scan(from: number, needComma: boolean, enough: number): number {
    const { length } = this.#chunk as Uint8Array;
    return this.#engine.scan(from, length, needComma ? 1 : 0, enough);
  }

  get needsComma(): boolean {
    return this.#engine.needsComma() !== 0;
  }

  /** How many results of the batch are noted. */
  get count(): number {
    return this.#engine.countOfRecords();
  }

  /** What was noted in the batch: a copy. */
  take(): ResultNotes {
    const { words } = this.#engine;
    this.names.update(this.#engine);
    const records = words.slice(RECORDS >> 2, (RECORDS >> 2) + this.count * RECORD_NUMBERS);
    const sites = words.slice(SITES >> 2, (SITES >> 2) + this.#engine.countOfSites() * 3);
    const places = words.slice(PLACES >> 2, (PLACES >> 2) + this.#engine.countOfPlaces() * 4);
    const engine = this.#engine;
    const isLive = (): boolean => latest.get(engine) === notes && holdsInput(engine, this);
    const notes: ResultNotes = new ResultNotes(this.names, records, sites, places, newUris(engine), () =>
      isLive() ? engine : undefined,
    );
    latest.set(engine, notes);
    return notes;
  }

  /** Whether these bytes are one result that they prove. It is then noted as the only one. */
  recogniseAlone(bytes: Uint8Array): boolean {
    if (bytes.length > MAX_INPUT) return false;
    this.#load(bytes);
    this.#isLoaded = false;
    this.#clear();
    return this.#engine.recogniseAlone(bytes.length) !== 0;
  }

  /**
   * What this JSON text proves, without white space, that is to stand for a result of the run; `undefined` when it proves nothing,
   * is too long, or the engine is at work for somebody else. What was noted of the batch stays.
   */
  proofOf(json: string): ProvenText | undefined {
    if (owners.get(this.#engine) !== this || json.length > MAX_ASIDE) return undefined;
    const { read, written } = encoder.encodeInto(json, this.#aside);
    return read === json.length ? this.#proofAside(written) : undefined;
  }

  /**
   * The same of the bytes of a result of which some are left out or replaced.
   *
   * @param isSpaced whether white space stands between the tokens, which is left out
   * @param edits in the order of their places
   */
  proofOfEdited(bytes: Uint8Array, isSpaced: boolean, edits: readonly TextEdit[]): ProvenText | undefined {
    if (owners.get(this.#engine) !== this) return undefined;
    const aside = this.#aside;
    let longest = bytes.length;
    for (const { text } of edits) longest += text.length * 3;
    if (longest > MAX_ASIDE) return undefined;
    let written = 0;
    let from = 0;
    for (const { start, end, text } of edits) {
      aside.set(bytes.subarray(from, start), written);
      written += start - from;
      written += encoder.encodeInto(text, aside.subarray(written)).written;
      from = end;
    }
    aside.set(bytes.subarray(from), written);
    written += bytes.length - from;
    return this.#proofAside(isSpaced ? this.#engine.compactAside(written) : written);
  }

  /** What the bytes that stand aside prove. */
  #proofAside(length: number): ProvenText | undefined {
    const engine = this.#engine;
    engine.bytes.fill(0, ASIDE + length, ASIDE + length + 64);
    const records = engine.countOfRecords();
    const sites = engine.countOfSites();
    const places = engine.countOfPlaces();
    const uris = engine.countOfNewUris();
    const facts = engine.recogniseAside(length) === 0 ? undefined : this.#factsBehind(records, sites, places, uris);
    engine.cutRecords(records, sites, places, uris);
    return facts === undefined ? undefined : { bytes: this.#kept(length), facts };
  }

  /** What was noted of the result that stands aside, behind these numbers of records, sites, places and URIs. */
  #factsBehind(records: number, sites: number, places: number, uris: number): ResultFacts {
    const engine = this.#engine;
    const { words } = engine;
    this.names.update(engine);
    const record = words.slice(
      (RECORDS >> 2) + records * RECORD_NUMBERS,
      (RECORDS >> 2) + (records + 1) * RECORD_NUMBERS,
    );
    const files = newUris(engine, uris, (uri, base) => this.#isNewAside(uri, base));
    record[FIRST_SITE] = 0;
    record[FIRST_PLACE] = 0;
    record[FIRST_NEW_URI] = 0;
    record[NEW_URI_COUNT] = files.length;
    if (files.length === 0) record[FLAGS] = (record[FLAGS] as number) & ~NEW_URI;
    const ownSites = copyOf(words, (SITES >> 2) + sites * 3, (SITES >> 2) + engine.countOfSites() * 3);
    const ownPlaces = copyOf(words, (PLACES >> 2) + places * 4, (PLACES >> 2) + engine.countOfPlaces() * 4);
    return new ResultNotes(this.names, record, ownSites, ownPlaces, files, () => undefined).factsOf(0);
  }

  #isNewAside(uri: number, base: number): boolean {
    const seen = this.#asideUris;
    const key = uri * MAX_STRINGS * 2 + base + 1;
    if (seen.has(key)) return false;
    if (seen.size === mostAsideUris) seen.clear();
    seen.add(key);
    return true;
  }

  /** A copy of the first bytes of what stands aside. */
  #kept(length: number): Uint8Array {
    if (this.#pieceUsed + length > this.#piece.length) {
      this.#piece = new Uint8Array(pieceBytes);
      this.#pieceUsed = 0;
    }
    const kept = this.#piece.subarray(this.#pieceUsed, this.#pieceUsed + length);
    kept.set(this.#aside.subarray(0, length));
    this.#pieceUsed += length;
    return kept;
  }

  #clear(): void {
    latest.delete(this.#engine);
    this.#engine.clearRecords();
  }

  #load(bytes: Uint8Array): void {
    if (owners.get(this.#engine) !== this) {
      this.names = this.#startRun();
      this.#isLoaded = false;
    }
    if (this.#isLoaded && holdsInput(this.#engine, this)) return;
    putInput(this.#engine, this, bytes);
    this.#isLoaded = true;
  }

  #startRun(): RuleNames {
    latest.delete(this.#engine);
    owners.set(this.#engine, this);
    this.#asideUris.clear();
    const { originalUriBaseIds, artifacts } = this.#run;
    this.#engine.startRun();
    const declared = Object.keys(isObject(originalUriBaseIds) ? originalUriBaseIds : {}).slice(
      0,
      MAX_BASES - conventionalRoots.length,
    );
    const baseIds = [...declared, ...conventionalRoots.filter((id) => !declared.includes(id))];
    for (const [at, id] of baseIds.entries()) {
      this.#engine.addBase(SCRATCH, this.#put(id, SCRATCH), at < declared.length ? 1 : 0);
    }
    for (const artifact of (Array.isArray(artifacts) ? artifacts : []).slice(0, MAX_ARTIFACTS)) {
      const { uri, uriBaseId } = (artifact as typeof artifact | null)?.location ?? {};
      const half = SCRATCH + SCRATCH_BYTES / 2;
      this.#engine.addArtifact(SCRATCH, this.#put(uri, SCRATCH), half, this.#put(uriBaseId, half));
    }
    const isCurrent = (): boolean => owners.get(this.#engine) === this && this.names === names;
    const names: RuleNames = new RuleNames(baseIds, (text) => (isCurrent() ? stringOf(this.#engine, text) : undefined));
    return names;
  }

  /** Writes a string as it stands in JSON. Returns its length in bytes, -1 for what is none or is too long. */
  #put(text: unknown, at: number): number {
    if (typeof text !== 'string') return -1;
    const bytes = encoder.encode(JSON.stringify(text).slice(1, -1));
    if (bytes.length > SCRATCH_BYTES / 2 - 64) return -1;
    this.#engine.bytes.set(bytes, at);
    return bytes.length;
  }
}

const noWords = new Int32Array(0);

/** Most results have none of what is copied here. */
function copyOf(words: Int32Array, from: number, to: number): Int32Array {
  return from === to ? noWords : words.slice(from, to);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
