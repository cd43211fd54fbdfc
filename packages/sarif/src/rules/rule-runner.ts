import type { Reporter } from '../diagnostics/reporter.ts';
import type { LogStartEvent, ResultEvent } from '../events/event.ts';
import type { PathSegment } from '../json/pointer.ts';
import type { ArtifactLocation, Result } from '../model/model.ts';
import { DOUBT, PARTIAL_DOUBT } from '../recognise/portable/layout.ts';
import type { ResultFacts } from '../recognise/result-facts.ts';
import type { RunContext } from '../run/run-context.ts';
import { type ObjectKind, walkWithPaths } from '../run/walk.ts';
import { type Ask, Innocence } from './innocence.ts';
import { rulesInDoubt } from './partial-doubt.ts';
import type { PlaceVerdict, RepairedPlain } from './place-verdicts.ts';
import { rules as allRules } from './registry.ts';
import type {
  AnyObjectRule,
  Finding,
  FindingReport,
  LogRule,
  LogWatch,
  PlaceInResult,
  Profile,
  Rule,
  RuleSet,
  RunWatch,
  Visit,
  WatchRule,
} from './rule.ts';

/**
 * Takes what a rule found. `path` starts at the result, at the run or at the log, as the method that was called says. `target` is
 * what a fix changes.
 */
export type TakeFinding = (rule: Rule, finding: Finding, path: readonly PathSegment[], target: object) => void;

/** What comes after the rules' own repairs of a result; `undefined` where that depends on more than the place of a file. */
export type RepairPlain = (result: Result, context: RunContext) => RepairedPlain | undefined;

/** Repairs that call for repairs end soon: a result that is not content by then keeps its last form. */
const maxPasses = 8;

/**
 * Asks rules about a log, piece by piece: one walk over each piece serves all of them. A rule that throws is reported as a defect
 * of its own and takes no other rule with it.
 */
export class RuleRunner {
  readonly #asked: AskedRules;
  /** Those of them that repair: the others need not be asked again about what was repaired. */
  readonly #repairing: AskedRules;
  /** Those that compare what they are shown. */
  readonly #remembering: AskedRules;
  /** What the rules are asked about at the moment. */
  readonly #now = new CurrentVisit();
  readonly #objectRules: readonly AnyObjectRule[];
  /** By the parts of a result that are in doubt. */
  readonly #askedInPart = new Map<number, AskedInPart>();
  readonly #watchRules: WatchRule[] = [];
  readonly #logWatches: AskedLogWatch[] = [];
  #context: RunContext | undefined;
  #runWatches: readonly AskedWatch[] = [];

  readonly #sets: readonly RuleSet[];
  readonly #profile: Profile | undefined;
  readonly #repairPlain: RepairPlain | undefined;
  #innocence: Innocence | undefined;

  /**
   * @param sets which rules are asked beside those that are always asked
   * @param profile the destination whose repairs results are given
   * @param repairPlain what is done to a result after the rules' own repairs; absent where results are not repaired at all
   */
  constructor(
    sets: readonly RuleSet[],
    profile?: Profile,
    rules: readonly Rule[] = allRules,
    repairPlain?: RepairPlain,
  ) {
    this.#sets = sets;
    this.#repairPlain = repairPlain;
    this.#profile = profile;
    const objectRules: AnyObjectRule[] = [];
    for (const rule of rules) {
      if (rule.set !== undefined && !sets.includes(rule.set)) continue;
      if (rule.unless !== undefined && sets.includes(rule.unless)) continue;
      if ('visits' in rule) objectRules.push(rule);
      else if (rule.watches === 'results') this.#watchRules.push(rule);
      else this.#logWatches.push({ rule, watch: rule.watch() });
    }
    this.#objectRules = objectRules;
    this.#asked = askedRules(objectRules, this.#now);
    this.#remembering = askedRules(
      objectRules.filter(({ remembers }) => remembers === true),
      this.#now,
    );
    this.#repairing = askedRules(
      objectRules.filter(({ explanation }) => !explanation.repair.startsWith('None')),
      this.#now,
    );
  }

  /** The log itself. Paths start at the log. */
  startLog({ document, log }: LogStartEvent, take: TakeFinding): void {
    const value = (document ?? log) as Readonly<Record<string, unknown>>;
    for (const { rule, watch } of this.#logWatches)
      guarded(rule, take, [], value, (report) => watch.log?.(value, report));
  }

  /**
   * A run begins; its header is looked at. Paths start at the run, those of `takeLog` at the log.
   *
   * @param standIns objects that are no part of the header as it was read
   */
  startRun(context: RunContext, take: TakeFinding, takeLog: TakeFinding, standIns?: WeakSet<object>): void {
    this.#begin(context);
    const { runIndex, run } = context;
    for (const { rule, watch } of this.#logWatches) {
      guarded(rule, takeLog, [], run, (report) => watch.run?.(run, runIndex, context, report));
    }
    this.#visit(this.#asked, 'run', run, undefined, -1, take, standIns);
  }

  /** The header of the run was repaired: its results are seen in this one. Called before the first of them. */
  goOnWith(context: RunContext): void {
    this.#begin(context);
    // What was to be said of the header was said: rules that compare URIs get to know those that it has now.
    this.#visit(this.#remembering, 'run', context.run, undefined, -1, () => {});
  }

  #begin(context: RunContext): void {
    this.#context = context;
    const repairPlain = this.#repairPlain;
    const court = {
      ask: (result: Result, take: TakeFinding) => this.checkResult(result, -1, take),
      fix: (result: Result) => this.fixResult(result, -1),
      repair: repairPlain === undefined ? undefined : (result: Result) => repairPlain(result, context),
    };
    const ask: Ask = (result) => {
      const said: string[] = [];
      let hasFix = false;
      this.checkResult(result, -1, ({ id }, { fix }) => {
        said.push(id);
        hasFix ||= fix !== undefined;
      });
      for (const { rule, watch } of this.#runWatches) {
        try {
          watch.named?.(result);
        } catch {
          // Results that name their rule so are shown to it, and it fails there, where that is said.
          said.push(rule.id);
          hasFix = true;
        }
      }
      return { said, hasFix };
    };
    this.#innocence = new Innocence(context, this.#sets, this.#profile, ask, court);
    this.#runWatches = this.#watchRules.map((rule) => new AskedWatch(rule, rule.watch(context)));
  }

  /**
   * Whether the bytes of a result prove that no rule has anything to say about it, and no repair anything to do. The result is then
   * known to the rules that compare results, and must not be shown to them again.
   */
  proves(facts: ResultFacts, resultIndex: number, reporter: Reporter): boolean {
    return this.#innocence?.isProven(facts, resultIndex, reporter) === true;
  }

  /**
   * The same for a result of which a part is in doubt: the few rules are asked that may have something to say about that part, and what they say is
   * handed to `take`. False, nothing having been said, where one of them has something to repair.
   */
  provesRest(event: ResultEvent, facts: ResultFacts, reporter: Reporter, take: TakeFinding): boolean {
    const { flags } = facts;
    if ((flags & PARTIAL_DOUBT) === 0 || (flags & DOUBT) !== 0 || !this.hasProofs || !this.isFinal(facts)) return false;
    const verdicts = this.verdictsOn(facts);
    const asItIs = { facts, result: () => event.result };
    return verdicts !== undefined && this.provesRepaired(event, facts, verdicts, asItIs, reporter, take);
  }

  /** Whether a result has all that the profile wants to be there. */
  hasWanted(facts: ResultFacts): boolean {
    return this.#innocence?.hasWanted(facts) === true;
  }

  /** Whether a result has to be given the suppressions that others of the run have. */
  lacksSuppressions(facts: ResultFacts): boolean {
    return this.#innocence?.lacksSuppressions(facts) === true;
  }

  /**
   * The same, whatever is in doubt, for a result whose artifact locations are repaired as `verdicts` say, which then is counted, and that the profile may
   * still have to repair.
   *
   * @param verdicts those of `verdictsOn`
   * @param fixed the facts of the result after the rules' own repairs, and that result
   */
  provesRepaired(
    event: ResultEvent,
    facts: ResultFacts,
    verdicts: readonly PlaceVerdict[],
    fixed: { readonly facts: ResultFacts; readonly result: () => Result },
    reporter: Reporter,
    take: TakeFinding,
  ): boolean {
    const innocence = this.#innocence;
    if (innocence?.isCounted(facts, verdicts, reporter) !== true) return false;
    const doubt = facts.flags & PARTIAL_DOUBT;
    const found = doubt === 0 ? [] : this.#foundInPart(doubt, event);
    if (found === undefined || !innocence.isInnocent(fixed.facts, event.resultIndex, reporter, true)) return false;
    innocence.count(facts, verdicts, reporter);
    if (doubt !== 0) this.#sayInPart(doubt, event, fixed.result(), found, take);
    return true;
  }

  /** What the rules say of the artifact locations of a result that are in doubt; `undefined` where that depends on more than the place. */
  verdictsOn(facts: ResultFacts): readonly PlaceVerdict[] | undefined {
    return this.#innocence?.isPossible === true ? this.#innocence.verdictsOn(facts) : undefined;
  }

  /** What the rules say that speak of a part; `undefined` where they repair something. */
  #foundInPart(doubt: number, { result, resultIndex }: ResultEvent): Parameters<TakeFinding>[] | undefined {
    const found: Parameters<TakeFinding>[] = [];
    let isRepaired = false;
    this.#visit(this.#inPart(doubt).rules, 'result', result, result, resultIndex, (...finding) => {
      isRepaired ||= finding[1].fix !== undefined;
      found.push(finding);
    });
    return isRepaired ? undefined : found;
  }

  /** Says what was found, and shows the result to those that speak of the part and compare results. */
  #sayInPart(
    doubt: number,
    { resultIndex, text }: ResultEvent,
    result: Result,
    found: readonly Parameters<TakeFinding>[],
    take: TakeFinding,
  ): void {
    for (const finding of found) take(...finding);
    const placeOf: PlaceInResult = (path) => text?.placeOf?.(path);
    const { watches, logWatches } = this.#inPart(doubt);
    for (const watch of this.#runWatches) {
      if (watches.has(watch.rule)) watch.result(result, resultIndex, placeOf, take);
    }
    this.#showTo(logWatches, result, resultIndex, take);
  }

  /** Shows a result to rules that compare the results of all runs. */
  #showTo(watches: readonly AskedLogWatch[], result: Result, resultIndex: number, take: TakeFinding): void {
    const context = this.#context;
    if (context === undefined) return;
    for (const { rule, watch } of watches) {
      if (watch.result === undefined) continue;
      guarded(rule, take, [], result, (report) => watch.result?.(result, resultIndex, context, report));
    }
  }

  #inPart(doubt: number): AskedInPart {
    let asked = this.#askedInPart.get(doubt);
    if (asked === undefined) {
      const ids = rulesInDoubt(doubt);
      asked = {
        rules: askedRules(
          this.#objectRules.filter(({ id }) => ids.has(id)),
          this.#now,
        ),
        watches: new Set(this.#watchRules.filter(({ id }) => ids.has(id))),
        logWatches: this.#logWatches.filter(({ rule }) => ids.has(rule.id)),
      };
      this.#askedInPart.set(doubt, asked);
    }
    return asked;
  }

  /** Whether bytes can prove anything in this run. */
  get hasProofs(): boolean {
    return this.#innocence?.isPossible === true;
  }

  /**
   * The same as `proves` for a result that was repaired, and that the profile may still have to repair.
   *
   * @param wasAsked the rules have been asked about it before their own repairs
   */
  acquits(facts: ResultFacts, resultIndex: number, reporter: Reporter, wasAsked: boolean): boolean {
    if ((facts.flags & PARTIAL_DOUBT) !== 0 || this.lacksSuppressions(facts)) return false;
    return this.#innocence?.isInnocent(facts, resultIndex, reporter, wasAsked) === true;
  }

  /** Whether the profile has nothing to repair in a result that `acquits` said yes to, apart from its level. */
  isFinal(facts: ResultFacts): boolean {
    return this.#innocence?.isFinal(facts) === true;
  }

  /** Takes note of what the rules said of a result whose bytes prove it to be as the schema wants it. */
  learn(facts: ResultFacts | undefined, said: ReadonlySet<string>): void {
    if (facts !== undefined) this.#innocence?.learn(facts, said);
  }

  /**
   * A result of the run that was started last. Paths start at the result.
   *
   * @param standIns objects that are no part of the result as it was read
   */
  checkResult(result: Result, resultIndex: number, take: TakeFinding, standIns?: WeakSet<object>): void {
    this.#visit(this.#asked, 'result', result, result, resultIndex, take, standIns);
  }

  /** Repairs a copy of the run's header, looking at each part of it once. Says whether it changed anything. */
  fixRun(context: RunContext, run: object): boolean {
    return this.#in(context, () => this.#fixOnce('run', run, undefined, -1));
  }

  /** The same for a copy of a result, in a run that is not the one that was started last. */
  fixResultIn(context: RunContext, result: Result, resultIndex: number): boolean {
    return this.#in(context, () => this.#fix(result, resultIndex));
  }

  #in<T>(context: RunContext, ask: () => T): T {
    const before = this.#context;
    this.#context = context;
    const answer = ask();
    this.#context = before;
    return answer;
  }

  /**
   * Repairs a copy of a result of the run that was started last as far as rules can.
   *
   * @param isContent tells, each time that something was repaired, whether the rules need not be asked again
   */
  fixResult(result: Result, resultIndex: number, isContent?: () => boolean): void {
    this.#fix(result, resultIndex, isContent);
  }

  /** Remembers how a result of the run that was started last names a file; false when the file was named in another way before. */
  admits({ uri, uriBaseId }: ArtifactLocation): boolean {
    return uri === undefined || this.#context?.seen.spellings.admit(uri, uriBaseId) !== false;
  }

  /** A repair may bring a defect to light that it hid: the rules are asked again until they are content. */
  #fix(result: Result, resultIndex: number, isContent?: () => boolean): boolean {
    for (let pass = 0; ; pass += 1) {
      if (!this.#fixOnce('result', result, result, resultIndex)) return pass > 0;
      if (isContent?.() === true || pass === maxPasses) return true;
    }
  }

  #fixOnce(kind: 'run' | 'result', value: object, result: Result | undefined, resultIndex: number): boolean {
    let fixed = false;
    this.#visit(this.#repairing, kind, value, result, resultIndex, (_rule, { fix }, _path, target) => {
      fix?.apply(target);
      fixed ||= fix !== undefined;
    });
    return fixed;
  }

  /** Shows a result to the rules that compare results. Paths start at the result. */
  watchResult(
    result: Result,
    { resultIndex, text }: Pick<ResultEvent, 'resultIndex' | 'text'>,
    take: TakeFinding,
  ): void {
    this.#innocence?.notice(result);
    const placeOf: PlaceInResult = (path) => text?.placeOf?.(path);
    for (const watch of this.#runWatches) watch.result(result, resultIndex, placeOf, take);
    this.#showTo(this.#logWatches, result, resultIndex, take);
  }

  /** The run ends. Paths start at the run. */
  endRun(take: TakeFinding, results: number): void {
    for (const { rule, watch } of this.#runWatches)
      guarded(rule, take, [], {}, (report) => watch.end?.(report, results));
    this.#runWatches = [];
    this.#context = undefined;
  }

  /** The log ends. Paths start at the log. */
  endLog(take: TakeFinding): void {
    for (const { rule, watch } of this.#logWatches) guarded(rule, take, [], {}, (report) => watch.end?.(report));
  }

  #visit(
    { byKind, walk }: AskedRules,
    kind: 'run' | 'result',
    value: object,
    result: Result | undefined,
    resultIndex: number,
    take: TakeFinding,
    standIns?: WeakSet<object>,
  ): void {
    if (this.#context === undefined) throw new Error('No run has been started.');
    const now = this.#now;
    now.begin(this.#context, result, resultIndex, take);
    walk(
      kind,
      value,
      (found, object, position) => {
        now.stand(object, position);
        const rules = byKind.get(found) as readonly AskedRule[];
        for (let at = 0; at < rules.length; at += 1) {
          const { check, report } = rules[at] as AskedRule;
          try {
            check(object, now, report);
          } catch (error) {
            report(failure((rules[at] as AskedRule).rule, error));
          }
        }
      },
      standIns,
    );
  }
}

/** Rules that are asked where a part of a result is in doubt. */
interface AskedInPart {
  readonly rules: AskedRules;
  readonly watches: ReadonlySet<WatchRule>;
  readonly logWatches: readonly AskedLogWatch[];
}

interface AskedLogWatch {
  readonly rule: LogRule;
  readonly watch: LogWatch;
}

/** A rule with what it reports to, made once: results come by the thousand. */
interface AskedRule {
  readonly rule: AnyObjectRule;
  readonly check: (object: object, visit: Visit, report: FindingReport) => void;
  readonly report: FindingReport;
}

/** Rules by what they visit, and the walk that leads to all of it. */
interface AskedRules {
  readonly byKind: ReadonlyMap<ObjectKind, readonly AskedRule[]>;
  readonly walk: ReturnType<typeof walkWithPaths>;
}

function askedRules(rules: readonly AnyObjectRule[], now: CurrentVisit): AskedRules {
  const byKind = new Map<ObjectKind, AskedRule[]>();
  for (const rule of rules) {
    for (const kind of typeof rule.visits === 'string' ? [rule.visits] : rule.visits) {
      const known = byKind.get(kind);
      const asked = askedRule(rule, now);
      if (known === undefined) byKind.set(kind, [asked]);
      else known.push(asked);
    }
  }
  return { byKind, walk: walkWithPaths([...byKind.keys()]) };
}

function askedRule(rule: AnyObjectRule, now: CurrentVisit): AskedRule {
  return { rule, check: rule.check as AskedRule['check'], report: (finding) => now.take(rule, finding) };
}

/** A rule that compares results, with what it reports to: made once for each run. */
class AskedWatch {
  readonly rule: WatchRule;
  readonly watch: RunWatch;
  readonly #report: FindingReport;
  #take: TakeFinding = () => {};
  #target: object = {};

  constructor(rule: WatchRule, watch: RunWatch) {
    this.rule = rule;
    this.watch = watch;
    this.#report = (finding) =>
      this.#take(rule, finding, finding.at === undefined ? [] : [...finding.at], this.#target);
  }

  result(result: Result, resultIndex: number, placeOf: PlaceInResult, take: TakeFinding): void {
    if (this.watch.result === undefined) return;
    this.#take = take;
    this.#target = result;
    try {
      this.watch.result(result, resultIndex, this.#report, placeOf);
    } catch (error) {
      take(this.rule, failure(this.rule, error), [], result);
    }
  }
}

class CurrentVisit implements Visit {
  result: Result | undefined;
  resultIndex = -1;
  #context: RunContext | undefined;
  #position: Pick<Visit, 'path' | 'owner' | 'ownerKind'> = { path: [], owner: undefined, ownerKind: '' };
  #target: object = {};
  #take: TakeFinding = () => {};

  begin(context: RunContext, result: Result | undefined, resultIndex: number, take: TakeFinding): void {
    this.#context = context;
    this.result = result;
    this.resultIndex = resultIndex;
    this.#take = take;
  }

  stand(target: object, position: Pick<Visit, 'path' | 'owner' | 'ownerKind'>): void {
    this.#target = target;
    this.#position = position;
  }

  take(rule: Rule, finding: Finding): void {
    const { path } = this.#position;
    this.#take(rule, finding, finding.at === undefined ? [...path] : [...path, ...finding.at], this.#target);
  }

  get context(): RunContext {
    return this.#context as RunContext;
  }

  get path() {
    return this.#position.path;
  }

  get owner() {
    return this.#position.owner;
  }

  get ownerKind() {
    return this.#position.ownerKind;
  }
}

function failure(rule: Rule, error: unknown): Finding {
  const said = error instanceof Error ? error.message : String(error);
  const message = `The rule ${rule.id} could not be checked here, which is a defect of Sariflow. Please report it: ${said}`;
  return { message, level: 'error' };
}

/** What a rule throws is a defect of the rule: it is said at the place, and the other rules go on. */
function guarded(
  rule: Rule,
  take: TakeFinding,
  path: readonly PathSegment[],
  target: object,
  ask: (report: FindingReport) => void,
): void {
  try {
    ask((finding) => take(rule, finding, finding.at === undefined ? [...path] : [...path, ...finding.at], target));
  } catch (error) {
    take(rule, failure(rule, error), [...path], target);
  }
}
