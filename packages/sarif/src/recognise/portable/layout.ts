/// <reference path="./numbers.d.ts" />

/*
 * Where things stand in the memory that the recogniser works in, in bytes from its start. One piece of memory serves all streams.
 * This folder is written in what TypeScript and AssemblyScript have in common: it is compiled twice, to JavaScript and to
 * WebAssembly.
 */

/** One byte for each byte value: 1 where it may stand in a segment of a plain path. */
export const PATH_CLASS: i32 = 1024;
/** Known base ids: for each the id of its string, or -1. */
export const BASES: i32 = 2048;
export const MAX_BASES: i32 = 30;
/** Digests of the elements that are compared with each other. */
export const DIGESTS: i32 = 4096;
export const MAX_DIGESTS: i32 = 64;
/** Digests of the member names of the objects that are open. */
export const NAMES: i32 = 8192;
export const MAX_NAMES: i32 = 256;

/** Interned strings: a hash table of ids plus one, then for each id where its bytes stand, their number and their hash. */
export const STRING_SLOTS: i32 = 0x1_0000;
export const STRING_SLOT_COUNT: i32 = 0x8_0000;
export const STRINGS: i32 = 0x21_0000;
export const MAX_STRINGS: i32 = 0x4_0000;
export const STRING_BYTES: i32 = 0x51_0000;
export const STRING_BYTES_END: i32 = 0x151_0000;

/** Interned ways of naming a rule: a hash table of ids plus one, then for each id its seven numbers and its slot. */
export const KEY_SLOTS: i32 = 0x151_0000;
export const KEY_SLOT_COUNT: i32 = 0x2_0000;
export const KEYS: i32 = 0x159_0000;
export const MAX_KEYS: i32 = 0x1_0000;
/** Numbers of a key: ids of strings, or -1, and indices, or -1. */
export const KEY_NUMBERS: i32 = 8;

/** For each artifact of the run the ids of its `uri` and `uriBaseId`, -1 for none. */
export const ARTIFACTS: i32 = 0x181_0000;
export const MAX_ARTIFACTS: i32 = 0x4_0000;

/** What is noted of each result that was recognised. */
export const RECORDS: i32 = 0x1a1_0000;
export const MAX_RECORDS: i32 = 4096;
/** Start, end and value of each index into the run's artifacts. */
export const SITES: i32 = 0x1a8_0000;
export const MAX_SITES: i32 = 0x8000;

/** The bytes being looked at; zeros stand after the last, which no value can pass. */
export const INPUT: i32 = 0x1b0_0000;
export const MAX_INPUT: i32 = 0x10_0000;

/** One more result, which is looked at while the input stays; zeros stand after it, too. */
export const ASIDE: i32 = 0x1c0_0080;
export const MAX_ASIDE: i32 = 0xff00;

/** Room for bytes without the white space between them. */
export const SCRATCH: i32 = 0x1c1_0000;
export const SCRATCH_BYTES: i32 = 0x1_0000;

/** For each string, the id of the base below which it was last seen as a URI, plus two; 0 when it was not. */
export const MARKS: i32 = 0x1c2_0000;
/** URIs that were not seen before: ids of the string and of its base, -1 for none. */
export const NEW_URIS: i32 = 0x1d2_0000;
export const MAX_NEW_URIS: i32 = 0x2000;

/** For each key, and for each artifact of the run, its position in the part that is being written plus one, 0 where that is not known. */
export const RULE_POSITIONS: i32 = 0x1d3_0000;
export const ARTIFACT_POSITIONS: i32 = 0x1d7_0000;
/** What was copied, and how many results of each level it has: those that state none, none, note, warning, error. */
export const OUTPUT: i32 = 0x1e7_0000;
export const MAX_OUTPUT: i32 = 0x8_0000;
export const LEVEL_COUNTS: i32 = 0x1ef_0000;

/** Artifact locations in doubt: start and end, the id of the text between them, and where in the result they stand. */
export const PLACES: i32 = 0x1f0_0000;
export const MAX_PLACES: i32 = 0x4000;

export const MEMORY_PAGES: i32 = 0x1f4;

/** Numbers in a record, at these positions. Places are relative to the first byte of the input. */
export const START: i32 = 0;
export const END: i32 = 1;
export const FLAGS: i32 = 2;
/** 0 when the result states no level, else 1 for none, 2 note, 3 warning, 4 error. */
export const LEVEL: i32 = 3;
/** Id of the way in which the result names its rule. */
export const KEY: i32 = 4;
export const RULE_INDEX_START: i32 = 5;
export const RULE_INDEX_END: i32 = 6;
export const REFERENCE_INDEX_START: i32 = 7;
export const REFERENCE_INDEX_END: i32 = 8;
/** One bit for each base id that is used, by its position among the known ones. */
export const USED_BASES: i32 = 9;
export const FIRST_PLACE: i32 = 10;
export const FIRST_SITE: i32 = 11;
export const SITE_COUNT: i32 = 12;
/** Hash of the rule, the message and the locations. */
export const CONTENT_HASH: i32 = 13;
export const CONTENT_HASH_2: i32 = 14;
export const TEXT_HASH: i32 = 15;
export const TEXT_HASH_2: i32 = 16;
/** How many locations of the result name a file and no region. */
export const WHOLE_FILES: i32 = 18;
/** Uses of base ids that the run does not declare. */
export const UNDECLARED_BASES: i32 = 19;
export const FIRST_NEW_URI: i32 = 20;
export const NEW_URI_COUNT: i32 = 21;
/** A level that the result was given by those who read the record, in the numbers of `LEVEL`; 0 when none was. */
export const ADDED_LEVEL: i32 = 22;
export const PLACE_COUNT: i32 = 23;
/** Where the property bag of the result stands, 0 for none. */
export const PROPERTIES_START: i32 = 24;
export const PROPERTIES_END: i32 = 25;
export const RECORD_NUMBERS: i32 = 28;

/** White space stands between tokens. */
export const SPACED: i32 = 1;
/** A rule of the catalogue may have something to say: only the object tells. */
export const DOUBT: i32 = 2;
/** Something points into the run that is not noted. */
export const OTHER_INDEX: i32 = 4;
/** The result has `rule`. */
export const HAS_REFERENCE: i32 = 8;
/** The first location names a file. */
export const FIRST_URI: i32 = 16;
/** The first location has a line. */
export const FIRST_LINE: i32 = 32;
/** `message.text` is there, and has no arguments. */
export const PLAIN_TEXT: i32 = 64;
/** What the message says is not, or not only, its text. */
export const OTHER_TEXT: i32 = 128;

/* Traits that rules compare between results, from here on. */
export const HAS_LEVEL: i32 = 0x100;
export const NO_LEVEL: i32 = 0x200;
export const HAS_BASELINE: i32 = 0x400;
export const NO_BASELINE: i32 = 0x800;
export const HAS_SUPPRESSIONS: i32 = 0x1000;
export const NO_SUPPRESSIONS: i32 = 0x2000;
export const HAS_COLUMNS: i32 = 0x4000;
export const HAS_FINGERPRINT: i32 = 0x8000;
export const NO_FINGERPRINT: i32 = 0x1_0000;
export const HAS_RELATIVE_URI: i32 = 0x2_0000;
/** Some location of the result has no region. */
export const NO_REGION: i32 = 0x8_0000;
export const SEVERAL_LOCATIONS: i32 = 0x10_0000;
export const HAS_WORK_ITEMS: i32 = 0x80_0000;
export const TRAITS: i32 = 0x9b_ff00;

/** Some file is named in a way that was not seen before. */
export const NEW_URI: i32 = 0x100_0000;

/* Reasons to ask some rules of the catalogue, which `rules/partial-doubt.ts` names, where nothing is in doubt altogether. */

/** What a message says. */
export const TEXT_DOUBT: i32 = 0x200_0000;
/** Where a region begins and ends, and what it holds. */
export const REGION_DOUBT: i32 = 0x400_0000;
/** The result has fixes. */
export const FIX_DOUBT: i32 = 0x800_0000;
/** A fingerprint. */
export const FINGERPRINT_DOUBT: i32 = 0x1000_0000;
/** Whether the same result is present and absent. */
export const BASELINE_DOUBT: i32 = 0x4000_0000;
/** The kind is another one than `fail`, or the level is `none`. */
export const KIND_DOUBT: i32 = 0x4_0000;
/** There are suppressions. */
export const SUPPRESSION_DOUBT: i32 = 0x20_0000;
/** Another result may have the same GUID. */
export const GUID_DOUBT: i32 = 0x40_0000;
export const PARTIAL_DOUBT: i32 = 0x5e64_0000;

/** What a rule may object to is how files are named, in places that are noted: equal ones have equal verdicts. */
export const PLACE_DOUBT: i32 = 0x2000_0000;

/* Where an artifact location stands, as far as it matters to rules: in the first of the result's locations, in another one, in a location elsewhere. */

export const FIRST_LOCATION: i32 = 1;
export const OTHER_LOCATION: i32 = 2;
export const LOCATION_ELSEWHERE: i32 = 3;
