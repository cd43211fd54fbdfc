import { copyJson } from '../json/copy-json.ts';
import type { PathSegment } from '../json/pointer.ts';
import type { ArtifactLocation, Location, Result } from '../model/model.ts';
import type { Mutable } from '../normalize/repair.ts';
import {
  FIRST_LOCATION,
  HAS_FINGERPRINT,
  LOCATION_ELSEWHERE,
  OTHER_LOCATION,
  PLACE_DOUBT,
} from '../recognise/portable/layout.ts';
import type { ResultFacts } from '../recognise/result-facts.ts';
import type { RuleNames } from '../recognise/rule-names.ts';
import type { RunContext } from '../run/run-context.ts';
import { scheme } from '../run/uri-form.ts';
import { mostSpelledUris, type Spellings } from '../run/uri-spellings.ts';
import { sensitivityOf } from './log/v018-no-sensitive-data.ts';
import { plainResult } from './plain-result.ts';
import type { Finding, Rule } from './rule.ts';
import { kindOfPath } from './uri/v420-one-kind-of-path.ts';

/** Rules that object to an artifact location for what it says itself, wherever in a result it stands. */
const placeRules: ReadonlySet<string> = new Set([
  'SF-V117',
  'SF-V401',
  'SF-V402',
  'SF-V403',
  'SF-V405',
  'SF-V406',
  'SF-V407',
  'SF-V408',
  'SF-V411',
  'SF-V412',
  'SF-V418',
  'SF-V419',
  'SF-C006',
]);

/** What rules say of an artifact location, and what becomes of it. */
export interface PlaceVerdict {
  /** Ids of the rules that object, once for each objection. */
  readonly said: readonly string[];
  /** Its JSON text once the rules have repaired it, where they do. */
  readonly fixed: string | undefined;
  /** What is written in its place, where that is another text than the repaired one. */
  readonly written: WrittenPlace | undefined;
  /** What rules that compare results have to have heard of: which kind of path it is, and whether it leads home. */
  readonly marks: readonly string[];
}

/** What a profile makes of an artifact location. */
export interface WrittenPlace {
  readonly text: string;
  /** The rule under which something is said of all locations of a result, if this one gave reason to: once for each result. */
  readonly moved: string | undefined;
  /** The rules under which anything else is said. */
  readonly did: readonly string[];
  /** What the result's `properties["sariflow/originalUri"]` becomes. */
  readonly originalUri: string | undefined;
}

/** What is done to a result of which a destination has yet to hear. */
export interface RepairedPlain {
  readonly result: Result;
  readonly moved: string | undefined;
  readonly did: readonly string[];
}

/** Asks rules about a result that is not of the log, and repairs it. */
export interface PlainResultCourt {
  ask(result: Result, take: (rule: Rule, finding: Finding, path: readonly PathSegment[]) => void): void;
  fix(result: Mutable<Result>): void;
  /** What comes after the rules' own repairs; `undefined` where that depends on more than the place. Absent where nothing is repaired. */
  readonly repair?: ((result: Result) => RepairedPlain | undefined) | undefined;
}

interface KnownVerdict extends PlaceVerdict {
  /** How the file is written, which must not have been written in another way since. */
  readonly spellings: readonly Spellings[];
  /** Whether the name of the file may be a part of a fingerprint in which nothing else is in doubt. */
  readonly isWord: boolean;
}

const mostVerdicts = 20_000;

/**
 * Verdicts on artifact locations whose bytes do not tell whether a rule objects to them, such as absolute URIs. Logs repeat few of them: the rules are
 * asked about each text once, with a result that has nothing else.
 */
export class PlaceVerdicts {
  readonly #context: RunContext;
  readonly #court: PlainResultCourt;
  #names: RuleNames | undefined;
  /** By number of the text, and by where it stands; `null` where only the result itself tells. */
  readonly #verdicts = new Map<number, KnownVerdict | null>();
  /** What the rules that compare results have heard of, and the places by which they have. */
  readonly #heard = new Set<string>();
  readonly #heardOf = new Set<number>();

  constructor(context: RunContext, court: PlainResultCourt) {
    this.#context = context;
    this.#court = court;
  }

  /** The verdicts on the places of a result, in their order; `undefined` where one of them depends on more than the place. */
  of(facts: ResultFacts): readonly PlaceVerdict[] | undefined {
    if ((facts.flags & PLACE_DOUBT) === 0) return none;
    const verdicts: PlaceVerdict[] = [];
    for (let place = 0; place < facts.placeCount; place += 1) {
      const verdict = this.#verdictOn(facts, place);
      if (verdict === undefined || (verdict.isWord && (facts.flags & HAS_FINGERPRINT) !== 0)) return undefined;
      for (const { others } of verdict.spellings) {
        if (others !== undefined) return undefined;
      }
      verdicts.push(verdict);
    }
    return verdicts;
  }

  /** Whether the rules that compare results have heard of such places. */
  areHeard(verdicts: readonly PlaceVerdict[]): boolean {
    return verdicts.every(({ marks }) => marks.every((mark) => this.#heard.has(mark)));
  }

  /** Takes note of a result that was shown to the rules that compare results. */
  hear(facts: ResultFacts): void {
    if ((facts.flags & PLACE_DOUBT) === 0) return;
    this.#use(facts.names);
    for (let place = 0; place < facts.placeCount; place += 1) {
      const key = keyOf(facts, place);
      if (this.#heardOf.has(key)) continue;
      const json = facts.names.textOf(facts.placeText(place));
      if (json === undefined) continue;
      const marks = this.#marksOf(JSON.parse(json) as ArtifactLocation, facts.placeWhere(place));
      for (const mark of marks) this.#heard.add(mark);
      if (this.#heardOf.size >= mostVerdicts) this.#heardOf.clear();
      this.#heardOf.add(key);
    }
  }

  #use(names: RuleNames): void {
    if (this.#names === names) return;
    this.#names = names;
    this.#verdicts.clear();
    this.#heardOf.clear();
  }

  #verdictOn(facts: ResultFacts, place: number): KnownVerdict | undefined {
    const { names } = facts;
    this.#use(names);
    const key = keyOf(facts, place);
    let verdict = this.#verdicts.get(key);
    if (verdict === undefined) {
      const json = names.textOf(facts.placeText(place));
      if (json === undefined) return undefined;
      verdict = this.#judge(JSON.parse(json) as ArtifactLocation, facts.placeWhere(place)) ?? null;
      if (this.#verdicts.size >= mostVerdicts) this.#verdicts.clear();
      this.#verdicts.set(key, verdict);
    }
    return verdict ?? undefined;
  }

  #judge(location: ArtifactLocation, where: number): KnownVerdict | undefined {
    const { uri = '' } = location;
    const isNamed = location.uri !== undefined;
    // A URI of the log itself leads to other places once the log is another one.
    if (scheme(uri) === 'sarif' || this.#sensitivityOf(uri) === 'credentials') return undefined;
    if (isNamed && !this.#isOnlySpelling(location)) return undefined;
    const given = plainResultWith(location, where);
    const own = pathOf(where);
    const said: string[] = [];
    let isOwn = true;
    let hasFix = false;
    this.#court.ask(given, (rule, finding, path) => {
      if (path[0] !== own[0] || path[1] !== own[1]) return;
      isOwn &&= placeRules.has(rule.id) && own.every((segment, at) => path[at] === segment);
      said.push(rule.id);
      hasFix ||= finding.fix !== undefined;
    });
    if (!isOwn) return undefined;
    const { repair } = this.#court;
    if (repair === undefined) {
      return { said, fixed: undefined, written: undefined, ...this.#comparable([location], where) };
    }

    let sound = given;
    let fixed = location;
    if (hasFix) {
      sound = copyJson(given);
      this.#court.fix(sound as Mutable<Result>);
      const changed = locationIn(sound, where);
      // Words for an absence, and files that are called otherwise then, may mean another thing to other rules.
      if (changed?.uri === undefined || nameIn(changed.uri) !== nameIn(uri)) return undefined;
      fixed = changed;
    }
    const repaired = repair(sound);
    const final = repaired === undefined ? undefined : locationIn(repaired.result, where);
    if (repaired === undefined || final === undefined || !isPlainElsewhere(repaired.result, sound)) return undefined;
    const { 'sariflow/originalUri': originalUri } = (repaired.result.properties ?? {}) as Record<string, string>;
    const text = JSON.stringify(final);
    const isWritten = text !== JSON.stringify(fixed);
    const { moved, did } = repaired;
    return {
      said,
      fixed: hasFix ? JSON.stringify(fixed) : undefined,
      written: isWritten ? { text, moved, did, originalUri } : undefined,
      ...this.#comparable([fixed, location, final], where),
    };
  }

  /** Whether the rule that compares spellings has nothing to say, and nothing to remember that it would say only once. */
  #isOnlySpelling({ uri = '', uriBaseId }: ArtifactLocation): boolean {
    const { spellings } = this.#context.seen;
    const known = spellings.of(uri, uriBaseId);
    if (known === undefined) return spellings.size < mostSpelledUris;
    return known.first === uri && known.others === undefined;
  }

  /** @param forms the location as rules that compare results see it, and then its other forms */
  #comparable(forms: readonly [ArtifactLocation, ...ArtifactLocation[]], where: number) {
    const spellings: Spellings[] = [];
    for (const { uri, uriBaseId } of forms) {
      if (uri === undefined) continue;
      const known = this.#context.seen.spellings.of(uri, uriBaseId);
      if (known !== undefined && !spellings.includes(known)) spellings.push(known);
    }
    const isWord = forms.some(({ uri = '' }) => /^[\w+=:-]*$/.test(nameIn(uri)));
    return { marks: this.#marksOf(forms[0], where), spellings, isWord };
  }

  #marksOf({ uri = '', index = -1 }: ArtifactLocation, where: number): string[] {
    const sensitivity = this.#sensitivityOf(uri);
    const named = uri === '' ? this.#context.run.artifacts?.[index]?.location?.uri : uri;
    return [
      ...(where === LOCATION_ELSEWHERE || named === undefined ? [] : [kindOfPath(named)]),
      ...(sensitivity === undefined ? [] : [sensitivity]),
    ];
  }

  #sensitivityOf(uri: string) {
    return sensitivityOf(uri, true, this.#context.run.redactionTokens ?? []);
  }
}

const none: readonly PlaceVerdict[] = [];

/** The number of its text, and where it stands. */
function keyOf(facts: ResultFacts, place: number): number {
  return facts.placeText(place) * 4 + facts.placeWhere(place);
}

function plainResultWith(artifactLocation: ArtifactLocation, where: number): Result {
  const location: Location = { physicalLocation: { artifactLocation, region: { startLine: 1, startColumn: 1 } } };
  const [first] = plainResult.locations as [Location];
  switch (where) {
    case FIRST_LOCATION:
      return { ...plainResult, locations: [location] };
    case OTHER_LOCATION:
      return { ...plainResult, locations: [first, location] };
    default:
      return { ...plainResult, relatedLocations: [location] };
  }
}

/** From a result of `plainResultWith` to its artifact location. */
function pathOf(where: number) {
  const array = where === LOCATION_ELSEWHERE ? 'relatedLocations' : 'locations';
  return [array, where === OTHER_LOCATION ? 1 : 0, 'physicalLocation', 'artifactLocation'] as const;
}

function locationIn(result: Result, where: number): ArtifactLocation | undefined {
  const [array, at] = pathOf(where);
  return result[array]?.[at]?.physicalLocation?.artifactLocation;
}

/** Whether two results have as many locations, and no other properties than what is told of a URI. */
function isPlainElsewhere(result: Result, before: Result): boolean {
  return (
    result.locations?.length === before.locations?.length &&
    result.relatedLocations?.length === before.relatedLocations?.length &&
    Object.keys(result.properties ?? {}).every((name) => name === 'sariflow/originalUri')
  );
}

function nameIn(uri: string): string {
  return uri.slice(Math.max(uri.lastIndexOf('/'), uri.lastIndexOf('\\')) + 1);
}
