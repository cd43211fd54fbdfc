import type { ElementNotes } from '../json/json-elements.ts';
import type { Engine } from './engine.ts';
import {
  ADDED_LEVEL,
  CONTENT_HASH,
  CONTENT_HASH_2,
  END,
  FIRST_NEW_URI,
  FIRST_PLACE,
  FIRST_SITE,
  FLAGS,
  KEY,
  LEVEL,
  NEW_URI_COUNT,
  PLACE_COUNT,
  PLACE_DOUBT,
  PROPERTIES_END,
  PROPERTIES_START,
  RECORD_NUMBERS,
  RECORDS,
  REFERENCE_INDEX_END,
  REFERENCE_INDEX_START,
  RULE_INDEX_END,
  RULE_INDEX_START,
  SITE_COUNT,
  SPACED,
  START,
  TEXT_HASH,
  TEXT_HASH_2,
  UNDECLARED_BASES,
  USED_BASES,
  WHOLE_FILES,
} from './portable/layout.ts';
import type { ResultFacts } from './result-facts.ts';
import type { NamedFile, RuleNames } from './rule-names.ts';

/** What was noted of neighbouring results. Numbers of a record are named in `portable/layout.ts`. */
export class ResultNotes implements ElementNotes {
  readonly names: RuleNames;
  readonly records: Int32Array;
  /** Start, end and value of each index into the artifacts. */
  readonly sites: Int32Array;

  /** Start, end, text and whereabouts of each artifact location in doubt. */
  readonly places: Int32Array;

  readonly newUris: readonly NamedFile[];
  #cursor: RecordedFacts | undefined;
  readonly #liveEngine: () => Engine | undefined;

  /** @param liveEngine the engine as long as the records, and the bytes they are about, are in its memory as well */
  constructor(
    names: RuleNames,
    records: Int32Array,
    sites: Int32Array,
    places: Int32Array,
    newUris: readonly NamedFile[],
    liveEngine: () => Engine | undefined,
  ) {
    this.#liveEngine = liveEngine;
    this.newUris = newUris;
    this.names = names;
    this.records = records;
    this.sites = sites;
    this.places = places;
  }

  /** The engine, while it has all this in its memory, too. */
  get engine(): Engine | undefined {
    return this.#liveEngine();
  }

  /** Notes a level, in the numbers of `LEVEL`, that the result is given. */
  addLevel(note: number, level: number): void {
    const at = note * RECORD_NUMBERS + ADDED_LEVEL;
    this.records[at] = level;
    const engine = this.engine;
    if (engine !== undefined) engine.words[(RECORDS >> 2) + at] = level;
  }

  /** Notes that no rule objects to the places of a result. */
  acceptPlaces(note: number): void {
    const at = note * RECORD_NUMBERS + FLAGS;
    const flags = (this.records[at] as number) & ~PLACE_DOUBT;
    this.records[at] = flags;
    const engine = this.engine;
    if (engine !== undefined) engine.words[(RECORDS >> 2) + at] = flags;
  }

  startOf(note: number): number {
    return this.records[note * RECORD_NUMBERS + START] as number;
  }

  endOf(note: number): number {
    return this.records[note * RECORD_NUMBERS + END] as number;
  }

  isSpaced(note: number): boolean {
    return ((this.records[note * RECORD_NUMBERS + FLAGS] as number) & SPACED) !== 0;
  }

  factsOf(note: number): ResultFacts {
    return new RecordedFacts(this, note);
  }

  /** The same in one object for all, which is valid until this is asked again: for those who look at one result after the other. */
  cursorAt(note: number): RecordedFacts {
    this.#cursor ??= new RecordedFacts(this, note);
    this.#cursor.moveTo(note);
    return this.#cursor;
  }
}

/** The facts of one result. */
export class RecordedFacts implements ResultFacts {
  readonly names: RuleNames;
  readonly #notes: ResultNotes;
  /** Where the record begins. */
  #at: number;

  constructor(notes: ResultNotes, note: number) {
    this.names = notes.names;
    this.#notes = notes;
    this.#at = note * RECORD_NUMBERS;
  }

  moveTo(note: number): void {
    this.#at = note * RECORD_NUMBERS;
  }

  get flags(): number {
    return this.#number(FLAGS);
  }

  get level(): number {
    return this.#number(LEVEL);
  }

  get key(): number {
    return this.#number(KEY);
  }

  get bases(): number {
    return this.#number(USED_BASES);
  }

  get undeclaredBases(): number {
    return this.#number(UNDECLARED_BASES);
  }

  get wholeFiles(): number {
    return this.#number(WHOLE_FILES);
  }

  get ruleIndexStart(): number {
    return this.#place(RULE_INDEX_START);
  }

  get ruleIndexEnd(): number {
    return this.#place(RULE_INDEX_END);
  }

  get referenceIndexStart(): number {
    return this.#place(REFERENCE_INDEX_START);
  }

  get referenceIndexEnd(): number {
    return this.#place(REFERENCE_INDEX_END);
  }

  get siteCount(): number {
    return this.#number(SITE_COUNT);
  }

  siteStart(site: number): number {
    return (this.#notes.sites[(this.#number(FIRST_SITE) + site) * 3] as number) - this.#number(START);
  }

  siteEnd(site: number): number {
    return (this.#notes.sites[(this.#number(FIRST_SITE) + site) * 3 + 1] as number) - this.#number(START);
  }

  siteIndex(site: number): number {
    return this.#notes.sites[(this.#number(FIRST_SITE) + site) * 3 + 2] as number;
  }

  get newUris(): readonly NamedFile[] {
    const first = this.#number(FIRST_NEW_URI);
    return this.#notes.newUris.slice(first, first + this.#number(NEW_URI_COUNT));
  }

  get placeCount(): number {
    return this.#number(PLACE_COUNT);
  }

  placeStart(place: number): number {
    return this.#ofPlace(place, 0) - this.#number(START);
  }

  placeEnd(place: number): number {
    return this.#ofPlace(place, 1) - this.#number(START);
  }

  placeText(place: number): number {
    return this.#ofPlace(place, 2);
  }

  placeWhere(place: number): number {
    return this.#ofPlace(place, 3);
  }

  get propertiesStart(): number {
    return this.#place(PROPERTIES_START);
  }

  get propertiesEnd(): number {
    return this.#place(PROPERTIES_END);
  }

  /** Notes that no rule objects to the places. */
  acceptPlaces(): void {
    this.#notes.acceptPlaces(this.#at / RECORD_NUMBERS);
  }

  get contentHash(): number {
    return this.#number(CONTENT_HASH);
  }

  get contentHash2(): number {
    return this.#number(CONTENT_HASH_2);
  }

  get textHash(): number {
    return this.#number(TEXT_HASH);
  }

  get textHash2(): number {
    return this.#number(TEXT_HASH_2);
  }

  #ofPlace(place: number, which: number): number {
    return this.#notes.places[(this.#number(FIRST_PLACE) + place) * 4 + which] as number;
  }

  #number(which: number): number {
    return this.#notes.records[this.#at + which] as number;
  }

  /** A place in the result; 0, where a brace stands, for none. */
  #place(which: number): number {
    const place = this.#number(which);
    return place === 0 ? 0 : place - this.#number(START);
  }
}
