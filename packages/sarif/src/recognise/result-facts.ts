import { DOUBT, PARTIAL_DOUBT, PLACE_DOUBT } from './portable/layout.ts';
import type { NamedFile, RuleNames } from './rule-names.ts';

/**
 * What is known of a result whose bytes prove that it is as the schema wants it. Places are relative to its first byte. What the
 * flags leave in doubt, the object has to be asked for.
 */
export interface ResultFacts {
  /** The flags of `portable/layout.ts`. */
  readonly flags: number;
  /** 0 when no level is stated, else 1 for none, 2 note, 3 warning, 4 error. */
  readonly level: number;
  /** Number of the way in which the result names its rule, in `names`. */
  readonly key: number;
  readonly names: RuleNames;
  /** One bit for each base id in use, by its position in `names.baseIds`. */
  readonly bases: number;
  /** How often a base id is used that the run does not declare. */
  readonly undeclaredBases: number;
  /** How many of its locations name a file and no region. */
  readonly wholeFiles: number;
  /** Where the digits of `ruleIndex` stand; both 0 when it is not there. */
  readonly ruleIndexStart: number;
  readonly ruleIndexEnd: number;
  /** The same for `rule.index`. */
  readonly referenceIndexStart: number;
  readonly referenceIndexEnd: number;
  /** Files that no result named before in this way; told by `NEW_URI`. */
  readonly newUris: readonly NamedFile[];
  /** How many indices into the run's artifacts there are, in the order of the bytes. */
  readonly siteCount: number;
  siteStart(site: number): number;
  siteEnd(site: number): number;
  siteIndex(site: number): number;
  /** How many artifact locations there are, in the order of the bytes, that a rule may object to; told by `PLACE_DOUBT`. */
  readonly placeCount: number;
  placeStart(place: number): number;
  placeEnd(place: number): number;
  /** Number of its text, in `names`. */
  placeText(place: number): number;
  /** One of the locations that `portable/layout.ts` names. */
  placeWhere(place: number): number;
  /** Where the property bag stands, which ends in front of `propertiesEnd`; both 0 when there is none. */
  readonly propertiesStart: number;
  readonly propertiesEnd: number;
  /** Hashes of the rule, the message and the locations; of the message's text. */
  readonly contentHash: number;
  readonly contentHash2: number;
  readonly textHash: number;
  readonly textHash2: number;
}

/** Whether nothing at all is in doubt: bytes then say all of what a result points to, which is files and its rule, and no URI has a scheme. */
export function isSure({ flags }: Pick<ResultFacts, 'flags'>): boolean {
  return (flags & (DOUBT | PARTIAL_DOUBT | PLACE_DOUBT)) === 0;
}
