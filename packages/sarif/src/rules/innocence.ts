import type { Reporter } from '../diagnostics/reporter.ts';
import type { Result } from '../model/model.ts';
import {
  DOUBT,
  FIRST_LINE,
  FIRST_URI,
  HAS_BASELINE,
  HAS_LEVEL,
  HAS_WORK_ITEMS,
  KIND_DOUBT,
  NEW_URI,
  NO_LEVEL,
  NO_SUPPRESSIONS,
  OTHER_TEXT,
  PARTIAL_DOUBT,
  PLACE_DOUBT,
  PLAIN_TEXT,
  SEVERAL_LOCATIONS,
  TRAITS,
} from '../recognise/portable/layout.ts';
import type { ResultFacts } from '../recognise/result-facts.ts';
import type { RuleNames } from '../recognise/rule-names.ts';
import { hasRuleOverrides } from '../run/configuration-overrides.ts';
import type { RunContext } from '../run/run-context.ts';
import { sharedText } from '../run/seen-results.ts';
import { valueDigest } from '../schema/value-digest.ts';
import { type PlaceVerdict, PlaceVerdicts, type PlainResultCourt } from './place-verdicts.ts';
import { plainResult } from './plain-result.ts';
import type { Profile, RuleSet } from './rule.ts';

/** Rules that speak of a result for a reason that the facts name, and repair nothing: once they are only counted, the facts are enough. */
const undeclaredBase = 'SF-V408';
const wholeFile = 'SF-V509';
const severalLocations = 'SF-V513';
const sameContent = 'SF-V701';

const countedRules: ReadonlySet<string> = new Set([undeclaredBase, wholeFile, severalLocations, sameContent]);

const suppressionsComplete = 'SF-V208';

/** What the profile for Cortex wants of every result beside what the rules of all profiles want. */
const cortexFlags = PLAIN_TEXT | FIRST_URI | FIRST_LINE;

/** Asks all rules about a result: the id of each that has something to say, once for each time, and whether one of them repairs something. */
export type Ask = (result: Result) => { readonly said: readonly string[]; readonly hasFix: boolean };

interface KnownRule {
  readonly id: number;
  readonly rule: number;
  /** The rules that have something to say of it, once for each time. */
  readonly said: readonly string[];
}

/** Which rules may have to be asked again. */
const nothingSaid: readonly string[] = [];

function hasContents({ run }: RunContext): boolean {
  return (run.artifacts ?? []).some(({ contents }) => contents !== undefined);
}

/**
 * Knows of which results no rule has anything to say, from their facts alone. What it cannot know it learns from results that the
 * rules were asked about: results that name their rule in the same way, and have no traits but those of results seen before, are
 * alike for every rule.
 */
export class Innocence {
  readonly #context: RunContext;
  /** Whether anything can be proven in this run. */
  readonly isPossible: boolean;
  readonly #wanted: number;
  readonly #ask: Ask;
  readonly #places: PlaceVerdicts;
  /** Traits that the rules have seen. */
  #traits = 0;
  #names: RuleNames | undefined;
  /** By key: digests of the id and of the rule, where no rule has anything to repair in them; absent where that is not known. */
  #rules: (KnownRule | undefined)[] = [];
  readonly #askedNames = new Set<number>();
  /** Bits of the base ids that change no path, and of those of which the rules have seen a use. */
  #transparentBases = 0;
  #seenBases = 0;
  /** Whether the first result that was shown has a baseline state; and whether some result has suppressions. */
  #firstHasBaseline: boolean | undefined;
  #someSuppressed = false;
  readonly #isRepairing: boolean;

  /**
   * @param sets the rules that are asked
   * @param profile whose repairs are wanted, too
   * @param ask asks all rules about a result that is not of the log
   * @param court the same where the places of files are in question
   */
  constructor(
    context: RunContext,
    sets: readonly RuleSet[],
    profile: Profile | undefined,
    ask: Ask,
    court: PlainResultCourt,
  ) {
    this.#context = context;
    this.#ask = ask;
    this.#places = new PlaceVerdicts(context, court);
    this.#isRepairing = court.repair !== undefined;
    const isKnown = sets.every((set) => set === 'cortex') && (profile === undefined || profile === 'cortex');
    // What contents of artifacts say against regions, and overrides against levels, only the object tells.
    this.isPossible = isKnown && !hasContents(context) && !hasRuleOverrides(context.run);
    const wanted = profile === 'cortex' || sets.includes('cortex') ? cortexFlags : 0;
    this.#wanted = sets.includes('cortex') ? wanted | HAS_LEVEL : wanted;
  }

  /**
   * Whether no rule has anything to say about a result but what is only counted any more, which is then counted. The result is
   * remembered for those rules that compare.
   */
  isProven(facts: ResultFacts, resultIndex: number, reporter: Reporter): boolean {
    return (facts.flags & PARTIAL_DOUBT) === 0 && this.isFinal(facts) && this.isInnocent(facts, resultIndex, reporter);
  }

  /** Whether the profile has nothing to repair in a result of which no rule has anything to say, apart from its level. */
  isFinal(facts: ResultFacts): boolean {
    if (!this.hasWanted(facts) || (this.#isRepairing && this.lacksSuppressions(facts))) return false;
    if ((facts.flags & PLACE_DOUBT) === 0) return true;
    return this.#places.of(facts)?.every(({ written }) => written === undefined) === true;
  }

  /** Whether the result has all that the profile wants to be there. */
  hasWanted({ flags }: ResultFacts): boolean {
    return (flags & this.#wanted) === this.#wanted;
  }

  /** What the rules say of the artifact locations in doubt; `undefined` where that depends on more than the place. */
  verdictsOn(facts: ResultFacts): readonly PlaceVerdict[] | undefined {
    return this.#places.of(facts);
  }

  /**
   * The same as `isProven` of a result that the profile may have to repair, or that is partly in doubt: what the rules say that are to be asked for that
   * is not known here.
   *
   * @param wasAsked the rules have been asked about the result as it was before their repairs: only what compares results counts
   */
  isInnocent(facts: ResultFacts, resultIndex: number, reporter: Reporter, wasAsked = false): boolean {
    if (!this.isPossible) return false;
    const { flags, key, bases } = facts;
    if ((flags & DOUBT) !== 0 || (flags & TRAITS & ~this.#seenTraits) !== 0) return false;
    // Where some results have these, each is compared with the others.
    if (((flags & HAS_BASELINE) !== 0) !== this.#firstHasBaseline || (this.#traits & HAS_WORK_ITEMS) !== 0)
      return false;
    this.#use(facts.names);
    const rule = this.#rules[key] ?? this.#learnName(facts);
    // What is said of a rule is about results that failed.
    if (rule !== undefined && rule.said.length > 0 && (flags & KIND_DOUBT) !== 0) return false;
    if (rule === undefined || (bases & ~(this.#transparentBases & this.#seenBases)) !== 0) return false;
    const places = this.#places.of(facts);
    if (places === undefined || places.some(({ fixed }) => fixed !== undefined)) return false;
    if (places.length > 0 && !this.#places.areHeard(places)) return false;
    if (!wasAsked && !this.isCounted(facts, places, reporter)) return false;
    if ((flags & NEW_URI) !== 0 && !this.#admits(facts)) return false;
    if (!this.#remember(facts, rule, resultIndex, reporter)) return false;
    if (!wasAsked) this.count(facts, places, reporter);
    return true;
  }

  /** Once a result had suppressions it says nothing new that another one lacks them. */
  get #seenTraits(): number {
    return this.#someSuppressed ? this.#traits | NO_SUPPRESSIONS : this.#traits;
  }

  /** Whether others of the run have suppressions. */
  lacksSuppressions({ flags }: ResultFacts): boolean {
    return this.#someSuppressed && (flags & NO_SUPPRESSIONS) !== 0;
  }

  /**
   * Whether all that rules have to say of a result as it is would only be counted.
   *
   * @param places the verdicts on its places
   */
  isCounted(facts: ResultFacts, places: readonly PlaceVerdict[], reporter: Reporter): boolean {
    this.#use(facts.names);
    const rule = this.#rules[facts.key] ?? this.#learnName(facts);
    if (rule === undefined) return false;
    const { flags, wholeFiles, undeclaredBases } = facts;
    return (
      (wholeFiles === 0 || reporter.isFull(wholeFile)) &&
      (undeclaredBases === 0 || reporter.isFull(undeclaredBase)) &&
      ((flags & SEVERAL_LOCATIONS) === 0 || reporter.isFull(severalLocations)) &&
      (!this.lacksSuppressions(facts) || reporter.isFull(suppressionsComplete)) &&
      rule.said.every((id) => reporter.isFull(id)) &&
      places.every(({ said }) => said.every((id) => reporter.isFull(id)))
    );
  }

  /** Counts it. */
  count(facts: ResultFacts, places: readonly PlaceVerdict[], reporter: Reporter): void {
    const { flags, wholeFiles, undeclaredBases } = facts;
    if (wholeFiles > 0) reporter.count(wholeFile, wholeFiles);
    if (undeclaredBases > 0) reporter.count(undeclaredBase, undeclaredBases);
    if ((flags & SEVERAL_LOCATIONS) !== 0) reporter.count(severalLocations, 1);
    if (this.lacksSuppressions(facts)) reporter.count(suppressionsComplete, 1);
    for (const id of this.#rules[facts.key]?.said ?? nothingSaid) reporter.count(id, 1);
    for (const { said } of places) {
      for (const id of said) reporter.count(id, 1);
    }
  }

  /** Takes note of a result that is shown to the rules that compare results, whether its bytes prove anything or not. */
  notice({ baselineState, suppressions, workItemUris }: Result): void {
    this.#firstHasBaseline ??= baselineState !== undefined;
    this.#someSuppressed ||= suppressions != null;
    if (workItemUris !== undefined) this.#traits |= HAS_WORK_ITEMS;
  }

  /**
   * Takes note of a result that the rules were asked about, and of what they said. One that is in doubt teaches nothing: what it has may be empty, and
   * rules that compare may have passed over it.
   */
  learn(facts: ResultFacts, said: ReadonlySet<string>): void {
    if (!this.isPossible || (facts.flags & DOUBT) !== 0) return;
    this.#use(facts.names);
    // Whoever wonders why there is no level looks at results that failed.
    this.#traits |= facts.flags & TRAITS & ((facts.flags & KIND_DOUBT) === 0 ? ~0 : ~NO_LEVEL);
    this.#seenBases |= facts.bases;
    this.#places.hear(facts);
    for (const id of said) {
      if (!countedRules.has(id)) return;
    }
    this.#keep(facts, nothingSaid);
  }

  /**
   * Asks the rules about another way to name a rule, with a result that has nothing else: what a result without doubt has beside the name,
   * no rule has anything to say about. Where one has something to say about the name, it is asked again with the result itself.
   */
  #learnName(facts: ResultFacts): KnownRule | undefined {
    if (this.#askedNames.has(facts.key)) return undefined;
    this.#askedNames.add(facts.key);
    const { said, hasFix } = this.#ask({
      ...plainResult,
      ...facts.names.results[facts.key],
      message: plainResult.message,
    });
    return hasFix ? undefined : this.#keep(facts, said);
  }

  #keep(facts: ResultFacts, said: readonly string[]): KnownRule | undefined {
    const { rules } = this.#context;
    const found = rules.findByFacts(facts);
    const rule = found.by === 'conflict' ? found.ruleId : (found.descriptor?.id ?? found.ruleId);
    if (rule === undefined) return undefined;
    const known = { id: valueDigest(found.ruleId ?? null), rule: valueDigest(rule), said };
    this.#rules[facts.key] = known;
    return known;
  }

  #use(names: RuleNames): void {
    if (this.#names === names) return;
    this.#names = names;
    this.#rules = [];
    this.#askedNames.clear();
    this.#seenBases = 0;
    this.#transparentBases = 0;
    for (const [at, id] of names.baseIds.entries()) {
      if (this.#context.paths.addsNothing(id)) this.#transparentBases |= 1 << at;
    }
  }

  /** False when a file was written in another way before. */
  #admits({ newUris }: ResultFacts): boolean {
    const { spellings } = this.#context.seen;
    return newUris.every(({ uri, uriBaseId }) => spellings.admit(uri, uriBaseId));
  }

  /** False when another result has the same text for another rule, or says the same: the rules have to be asked. */
  #remember(
    facts: ResultFacts,
    { id, rule }: Pick<KnownRule, 'id' | 'rule'>,
    resultIndex: number,
    reporter: Reporter,
  ): boolean {
    const { seen } = this.#context;
    const isOtherText = (facts.flags & OTHER_TEXT) !== 0;
    const text = seen.textDigestOf(facts);
    const at = isOtherText ? -1 : seen.texts.find(text);
    const owner = at === -1 ? rule : seen.texts.valueAt(at);
    if (owner !== rule && owner !== sharedText) return false;
    const content = seen.contentDigestOf(facts, id);
    const same = seen.contents.find(content);
    if (same === -1) {
      if (at === -1 && !isOtherText) seen.texts.set(text, rule, resultIndex);
      seen.contents.set(content, resultIndex, 1);
      return true;
    }
    if (!reporter.isFull(sameContent)) return false;
    reporter.count(sameContent, 1);
    seen.contents.set(content, seen.contents.valueAt(same), seen.contents.noteAt(same) + 1);
    return true;
  }
}
