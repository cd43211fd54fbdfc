import type { Report } from '../diagnostics/diagnostic.ts';
import { diagnosticOf, resultDiagnostic } from '../diagnostics/diagnostic-of.ts';
import { Reporter } from '../diagnostics/reporter.ts';
import type { LogStartEvent, ProvenText, ResultEvent, RunStartEvent, SarifEvent } from '../events/event.ts';
import { type BlockStep, type EventStep, type EventStream, throughStage } from '../events/event-stream.ts';
import { LevelledResult } from '../events/levelled-result.ts';
import { levelNames, type ResultBlock } from '../events/result-block.ts';
import { RewrittenResult } from '../events/rewritten-result.ts';
import { copyJson } from '../json/copy-json.ts';
import type { Level, ReportingDescriptor, Result, Run, RunHeader } from '../model/model.ts';
import type { Drop } from '../read/read-sarif.ts';
import { DOUBT, KIND_DOUBT, PLACE_DOUBT, SUPPRESSION_DOUBT } from '../recognise/portable/layout.ts';
import { isSure, type ResultFacts } from '../recognise/result-facts.ts';
import { rulesPresent } from '../rules/cortex/c002-rules-present.ts';
import { ruleDescribed } from '../rules/cortex/c003-rule-described.ts';
import { messageText } from '../rules/cortex/c004-message-text.ts';
import { fileLocation } from '../rules/cortex/c005-file-location.ts';
import { relativeUri } from '../rules/cortex/c006-relative-uri.ts';
import { levelWritten } from '../rules/cortex/c008-level-written.ts';
import { ignoredProperty } from '../rules/github/g015-ignored-property.ts';
import type { RepairedPlain } from '../rules/place-verdicts.ts';
import { descriptorMatches } from '../rules/reference/v105-descriptor-matches.ts';
import { ruleKnown } from '../rules/reference/v108-rule-known.ts';
import { rules as allRules } from '../rules/registry.ts';
import type { Fix, Profile, RuleDocument } from '../rules/rule.ts';
import { RuleRunner, type TakeFinding } from '../rules/rule-runner.ts';
import { portablePath } from '../rules/uri/v419-portable-path.ts';
import { hasRuleOverrides } from '../run/configuration-overrides.ts';
import { describesRules } from '../run/describes-rules.ts';
import { messageString, resultOwner } from '../run/message-strings.ts';
import { resultText } from '../run/message-text.ts';
import { pointAtAddedRule } from '../run/point-at-rule.ts';
import type { FoundRule } from '../run/rule-lookup.ts';
import type { RunContext } from '../run/run-context.ts';
import { createRunContext } from '../run/run-context.ts';
import { denotesCurrentSchema, schemaLocation } from '../run/schema-location.ts';
import { TaxonLookup } from '../run/taxa.ts';
import { hasRulesElsewhere, isUnknownRule } from '../run/unknown-rule.ts';
import { placedResultMessage, repairInFull } from '../run/write-message.ts';
import { withCurrentVersion } from '../schema/current-version.ts';
import { deepEqual } from '../schema/deep-equal.ts';
import type { SchemaDefect } from '../schema/defect.ts';
import { repairLogHeader, repairResult } from '../schema/repair.ts';
import { soundView } from '../schema/sound-view.ts';
import { defectsOf } from '../validate/defects-of.ts';
import { sayFinding } from '../validate/say-finding.ts';
import { findingsIn, ruleSets } from '../validate/validate.ts';
import { AddedRules, DescribedResult } from './added-rules.ts';
import { cortexPlace, lacksCortexPlace } from './cortex-place.ts';
import { editedResult, fixedByRules } from './edited-result.ts';
import { githubRepairs, needsGithubRepair, withGithubTags } from './github.ts';
import { type LeftOut, leftOutAs, leftOutWords } from './left-out.ts';
import { noteInsteadOfNone, unstatedLevel } from './level.ts';
import { writeMessageText } from './message-text.ts';
import { type MovedElements, MovedPlaces } from './moved-places.ts';
import { MovedResults } from './moved-results.ts';
import { distinctRun, fixRun, foreseenRun, repairedRun } from './normal-run.ts';
import { type Redaction, redactedResult } from './redact.ts';
import { hasForeignPaths, relativePaths } from './relative-paths.ts';
import type { DidRepair, Mutable, ResultRepair } from './repair.ts';
import { lacksRuleId, writeRuleId } from './rule-id.ts';
import { withTags } from './run-header.ts';
import { settled } from './settled.ts';
import { subRule } from './sub-rule.ts';
import { withRepairedText } from './text-repair.ts';
import { sayWrongLists } from './wrong-lists.ts';

export interface NormalizeOptions {
  /** Takes a diagnostic with `fix` for each repair, and one without for each result that is dropped. */
  readonly report?: Report | undefined;
  /** Applies the repairs of a destination, too. */
  readonly profile?: Profile | undefined;
  /** Told about each result that cannot be repaired. */
  readonly onDrop?: ((drop: Drop) => void) | undefined;
  /** Results that are left out, each with a diagnostic and told to `onDrop`. None by default. */
  readonly leaveOut?: readonly LeftOut[] | undefined;
  /** Where the sources were checked out, an absolute path or `file:` URI: paths below it become relative. */
  readonly checkoutRoot?: string | undefined;
  /** What sensitive data is taken out. None by default. */
  readonly redact?: Redaction | undefined;
  /** How many diagnostics of each rule are passed on before they are only counted. Default 100. */
  readonly maxPerRule?: number;
}

/**
 * Repairs what breaks the schema, and writes out what a reader would have to resolve: the effective level, the rule's id and
 * descriptor, paths from the root of the repository. A result that needs nothing keeps its bytes. A result that cannot be
 * repaired is dropped, which is reported and told to `onDrop`; nothing else is left out unless `leaveOut` says so.
 */
export function normalize(events: AsyncIterable<SarifEvent>, options: NormalizeOptions = {}): EventStream {
  return throughStage(events, () => normalization(options));
}

function normalization(options: NormalizeOptions): BlockStep {
  const reporter = new Reporter(options.report, options.maxPerRule);
  const repairs = resultRepairs(options.profile);
  const runner: RuleRunner = new RuleRunner(
    ruleSets(options.profile, false).filter((set) => set !== 'cortex'),
    options.profile,
    // The repairs of this rule are steps of their own, and say what they do.
    allRules.filter((rule) => rule !== ignoredProperty),
    (result, context) => repairedPlain(result, context, repairs, runner, options),
  );
  let inLog: TakeFinding = () => {};
  let inRun: TakeFinding = () => {};
  /** Of the current run; absent while a run is left out that cannot be repaired. */
  let context: RunContext | undefined;
  let droppedBy: RuleDocument | undefined;
  let added = new AddedRules(0);
  /** Elements of the runs so far that stand elsewhere since equal ones were removed. */
  let places = new MovedPlaces(0);
  let moves: MovedResults | undefined;
  /** The current run as it is written. */
  let contextNow: RunContext | undefined;

  const onEvent: EventStep = (event, emit) => {
    switch (event.type) {
      case 'log-start':
        inLog = findingsIn(reporter, [], event.placeOf);
        runner.startLog(event, inLog);
        places = movedPlaces(event, options, runner);
        sayWrongLists(event, reporter);
        emit(withLog(event, repairedLog(event, reporter)));
        break;
      case 'run-start': {
        const header = repairedRun(event, options, reporter);
        inRun = findingsIn(reporter, ['runs', event.runIndex], event.placeOf, event.runIndex);
        let hasFixes = false;
        if (header.run !== undefined) {
          const found = createRunContext(event, header.run, options.checkoutRoot);
          const take: TakeFinding = (rule, finding, path, target) => {
            hasFixes ||= finding.fix !== undefined;
            inRun(rule, finding, path, target);
          };
          runner.startRun(found, take, inLog);
          if (hasFixes) fixRun(header, event, options, runner, reporter);
        }
        const { run, dropping, mayHaveEqual } = header;
        added = new AddedRules(run?.tool.driver.rules?.length ?? 0);
        droppedBy = dropping;
        [context, moves] = [undefined, undefined];
        places.begin(event.runIndex);
        if (run === undefined) break;
        const placed = placesMoved(run, places);
        const distinct =
          mayHaveEqual || placed !== run ? distinctRun(placed, event, options, runner, reporter) : undefined;
        // Results are looked at as they came, in the run as it was.
        context = createRunContext(event, distinct?.run ?? placed, options.checkoutRoot);
        if (hasFixes) runner.goOnWith(context);
        places.begin(event.runIndex, distinct);
        const written = distinct?.distinct ?? placed;
        contextNow = distinct === undefined ? context : createRunContext(event, written, options.checkoutRoot);
        if (!places.isEmpty)
          moves = new MovedResults(distinct ?? unmoved(placed, event), written, context.rules, places);
        emit({ ...event, run: written, textDefects: undefined });
        break;
      }
      case 'result': {
        if (context === undefined) {
          options.onDrop?.({
            runIndex: event.runIndex,
            resultIndex: event.resultIndex,
            ruleId: droppedBy?.id ?? 'SF-S203',
          });
          break;
        }
        const normal = normalized(event, context, repairs, runner, options, reporter);
        if (normal === undefined) break;
        const described = withDescriptor(normal, context, options.profile, added, moves, reporter);
        const moved = moves?.moved(described);
        emit(moved === undefined ? described : movedEvent(described, moved, contextNow ?? context, runner));
        break;
      }
      case 'run-end':
        if (context === undefined) break;
        runner.endRun(inRun, event.results);
        if (options.profile === 'cortex' && added.isEmpty && !describesRules(context.run)) {
          added.add(noResults);
          const fix = `The run describes no rule: '${noResults.id}' is added.`;
          reporter.add(rulesPresent.id, rulesPresent.level, () =>
            diagnosticOf(rulesPresent, fix, ['runs', event.runIndex, 'tool', 'driver'], undefined, {
              runIndex: event.runIndex,
              fix,
            }),
          );
        }
        emit(added.isEmpty ? event : { ...event, addedRules: added.rules });
        break;
      case 'log-end':
        runner.endLog(inLog);
        reporter.end();
        emit(event);
        break;
    }
  };

  const onBlock: BlockStep['block'] = (block, emit) => {
    const stays = (at: number) =>
      context !== undefined &&
      (moves === undefined || moves.isStill(block.factsAt(at))) &&
      staysInBlock(block, at, context, runner, options.profile, reporter);
    block.divide(stays, emit, (at) => onEvent(block.eventAt(at), emit));
  };
  return { event: onEvent, block: onBlock };
}

/** Whether a result of a block is in its normal form, but for a level that is then added, and nothing is to be said of it that is not only counted. */
function staysInBlock(
  block: ResultBlock,
  at: number,
  context: RunContext,
  runner: RuleRunner,
  profile: Profile | undefined,
  reporter: Reporter,
): boolean {
  const facts = block.factsAt(at);
  if (!context.rules.isRecognised(facts) || lacksDescriptor(context.rules.findByFacts(facts), context, profile))
    return false;
  const level = facts.level === 0 ? defaultLevel(facts, context) : undefined;
  if (level === 'none' && profile !== undefined) return false;
  if (level !== undefined && !reporter.isFull(levelWritten.id)) return false;
  if (!runner.proves(facts, block.firstIndex + at, reporter)) return false;
  if ((facts.flags & PLACE_DOUBT) !== 0) facts.acceptPlaces();
  if (level === undefined) return true;
  block.addLevel(at, level);
  reporter.count(levelWritten.id, 1);
  return true;
}

/** Without the document as it was read, which is not what the events say any more. */
function withLog({ document: _, textDefects: __, ...event }: LogStartEvent, log: LogStartEvent['log']): LogStartEvent {
  return { ...event, log };
}

/** In this order: later repairs read what earlier ones wrote. */
function resultRepairs(profile: Profile | undefined): readonly ResultRepair[] {
  if (profile === undefined) return [writeRuleId, relativePaths(portablePath)];
  if (profile === 'github') return [writeRuleId, relativePaths(portablePath), ...githubRepairs];
  return [writeRuleId, noteInsteadOfNone, writeMessageText, relativePaths(relativeUri), cortexPlace];
}

function normalized(
  event: ResultEvent,
  context: RunContext,
  repairs: readonly ResultRepair[],
  runner: RuleRunner,
  { profile, onDrop, leaveOut, redact }: NormalizeOptions,
  reporter: Reporter,
): ResultEvent | undefined {
  const facts = event.text?.facts;
  if (facts !== undefined && !mayBeLeftOut(facts, leaveOut)) {
    const level = facts.level === 0 ? defaultLevel(facts, context) : undefined;
    const isFinal = profile === undefined || !(level === 'none' || facts.level === levelNames.indexOf('none'));
    const say: TakeFinding = (rule, finding, path) => sayFinding(reporter, event, rule, finding, path);
    const isProven =
      isFinal && (runner.proves(facts, event.resultIndex, reporter) || runner.provesRest(event, facts, reporter, say));
    if (isProven) return level === undefined ? event : withLevel(event, level, reporter);
    const edited = isFinal ? editedResult(event, facts, level, runner, reporter) : undefined;
    if (edited !== undefined) return edited;
    // A destination may want more than the rules do.
    const isWanting = profile === 'cortex' && !(isFinal && runner.isFinal(facts));
    const given = isWanting ? acquitted(event, facts, runner, reporter, say) : undefined;
    if (given !== undefined) {
      const repaired = repairedEvent(event, given.result, given.isOwn, level, context, repairs, runner, reporter);
      const proven = event.text?.proofOf?.(JSON.stringify(repaired.result));
      return proven !== undefined && isSure(proven.facts)
        ? new RewrittenResult(event, repaired.result, proven)
        : repaired;
    }
  }
  const did: DidRepair = (rule, fix, path, message = fix) =>
    reporter.add(rule.id, rule.level, () => resultDiagnostic(rule, message, event, path, { fix }));
  const readable = withRepairedText(event.result, event.textDefects, did);
  let isOwn = readable !== undefined;
  let result: Result | undefined = readable ?? event.result;
  const defects = defectsOf(isOwn ? ownResult(event, result) : event);
  if (defects.length > 0) {
    result = repaired(event, result, defects, context, reporter);
    if (result === undefined) {
      onDrop?.(dropOf(event, defects));
      return undefined;
    }
    isOwn = true;
  }
  const leftOut = leaveOut === undefined ? undefined : leftOutAs(result, leaveOut);
  if (leftOut !== undefined) {
    reporter.add(ignoredProperty.id, ignoredProperty.level, () =>
      resultDiagnostic(ignoredProperty, `The result is ${leftOutWords[leftOut]} and is left out.`, event, []),
    );
    const { runIndex, resultIndex } = event;
    onDrop?.({ runIndex, resultIndex, ruleId: ignoredProperty.id, leftOut });
    return undefined;
  }
  // What its bytes prove has no URI that could be sensitive.
  const redacted =
    redact === undefined ? undefined : redactedResult(result, redact, context.run.redactionTokens ?? [], did);
  if (redacted !== undefined) {
    result = redacted;
    isOwn = true;
  }
  const {
    result: sound,
    isOwn: isCopy,
    proven,
    defects: last,
  } = fixed(result, isOwn, event, context, runner, reporter);
  if (sound === undefined) {
    onDrop?.(dropOf(event, last));
    return undefined;
  }
  isOwn = isCopy;
  const level = sound.level === undefined ? unstatedLevel(sound, context) : undefined;
  const isLevelFinal = profile === undefined || (level ?? sound.level) !== 'none';
  if (proven !== undefined && isLevelFinal && runner.isFinal(proven.facts)) {
    const rewritten = new RewrittenResult(event, sound, proven);
    return level === undefined ? rewritten : new LevelledResult(rewritten, level);
  }
  if (!isOwn && !needsRepair(sound, level, profile, context)) {
    return level === undefined ? event : withLevel(event, level, reporter);
  }

  return repairedEvent(event, sound, isOwn, level, context, repairs, runner, reporter);
}

/**
 * A result after all that rules repair, where they need not be asked for that, and whether nobody else holds the objects in it. What they have to say of
 * it has been said then.
 */
function acquitted(
  event: ResultEvent,
  facts: ResultFacts,
  runner: RuleRunner,
  reporter: Reporter,
  say: TakeFinding,
): { readonly result: Result; readonly isOwn: boolean } | undefined {
  if ((facts.flags & DOUBT) !== 0) return undefined;
  const verdicts = runner.verdictsOn(facts);
  const fixed = verdicts === undefined ? undefined : fixedByRules(event, facts, verdicts);
  if (verdicts === undefined || fixed === undefined) return undefined;
  if (!runner.provesRepaired(event, facts, verdicts, fixed, reporter, say)) return undefined;
  const result = fixed.result();
  const isOwn = fixed.facts !== facts;
  return { result: runner.lacksSuppressions(facts) ? { ...result, suppressions: [] } : result, isOwn };
}

/**
 * A result with what is written for the sake of readers and of the destination.
 *
 * @param isOwn whether nobody else holds the objects in it
 */
function repairedEvent(
  event: ResultEvent,
  given: Result,
  isOwn: boolean,
  level: Level | undefined,
  context: RunContext,
  repairs: readonly ResultRepair[],
  runner: RuleRunner,
  reporter: Reporter,
): ResultEvent {
  const moves = hasForeignPaths(given, context.paths);
  // Other repairs write new objects in place of those that they change.
  const result: Mutable<Result> = isOwn ? given : moves ? copyJson(given) : { ...given };
  if (level !== undefined) result.level = level;
  const written = new Set<RuleDocument>();
  for (const repair of repairs) {
    repair(result, context, (rule, fix, path, message = fix) => {
      written.add(rule);
      reporter.add(rule.id, rule.level, () => resultDiagnostic(rule, message, event, path, { fix }));
    });
  }
  // Rules that compare URIs, or look for links, have to know what is written, or the next time they would find something new.
  if (moves || isOtherName(result, written, runner) || hasNewLinks(result, written)) {
    runner.fixResult(result, event.resultIndex);
  }
  return { ...ownResult(event, result), defects: [] };
}

/** Whether the file that was written for a result without one was named in another way before. */
function isOtherName({ locations }: Result, written: ReadonlySet<RuleDocument>, runner: RuleRunner): boolean {
  const location = locations?.[0]?.physicalLocation?.artifactLocation;
  return written.has(fileLocation) && location !== undefined && !runner.admits(location);
}

/** Whether a message that was written in full may have links by what was put into it. */
function hasNewLinks(result: Result, written: ReadonlySet<RuleDocument>): boolean {
  const mayHave = (value: object) => JSON.stringify(value).includes('](');
  return (written.has(messageText) && mayHave(result.message)) || (written.has(ignoredProperty) && mayHave(result));
}

/** What is done, after the rules' own repairs, to a result that is there for the place of a file. */
function repairedPlain(
  given: Result,
  context: RunContext,
  repairs: readonly ResultRepair[],
  runner: RuleRunner,
  { profile, redact }: NormalizeOptions,
): RepairedPlain | undefined {
  const tokens = context.run.redactionTokens ?? [];
  if (redact !== undefined && redactedResult(given, redact, tokens, () => {}) !== undefined) return undefined;
  const did: string[] = [];
  let moved: string | undefined;
  if (!needsRepair(given, undefined, profile, context)) return { result: given, moved, did };
  const result: Mutable<Result> = copyJson(given);
  const moves = hasForeignPaths(result, context.paths);
  for (const repair of repairs) {
    repair(result, context, ({ id }, _fix, path) => {
      // What all paths of a result have in common is said once.
      if (path.length === 1) moved = id;
      else did.push(id);
    });
  }
  if (moves) runner.fixResult(result, -1);
  return { result, moved, did };
}

/** Whether only the object tells if the result is left out. */
function mayBeLeftOut({ flags }: ResultFacts, leaveOut: readonly LeftOut[] | undefined): boolean {
  if (leaveOut === undefined) return false;
  return (
    ((flags & SUPPRESSION_DOUBT) !== 0 && leaveOut.includes('suppressed')) ||
    ((flags & KIND_DOUBT) !== 0 && leaveOut.includes('not-failed'))
  );
}

/** The event for a result that is not what its bytes say any more. */
function ownResult({ type, runIndex, resultIndex }: ResultEvent, result: Result): ResultEvent {
  return { type, runIndex, resultIndex, result };
}

function dropOf({ runIndex, resultIndex }: ResultEvent, defects: readonly SchemaDefect[]): Drop {
  const worst = defects.find(({ rule }) => rule.level === 'error') ?? (defects[0] as SchemaDefect);
  return { runIndex, resultIndex, ruleId: worst.rule.id };
}

interface FixedResult {
  /** Absent when it had to be dropped. */
  readonly result: Result | undefined;
  readonly isOwn: boolean;
  /** What the result is written to, where that proves that no rule has anything more to say. */
  readonly proven?: ProvenText | undefined;
  /** What the schema found last. */
  readonly defects: readonly SchemaDefect[];
}

/** Asks the rules about a result and does what they propose, on a copy unless the result is ours already. */
function fixed(
  given: Result,
  isOwn: boolean,
  event: ResultEvent,
  context: RunContext,
  runner: RuleRunner,
  reporter: Reporter,
): FixedResult {
  const { resultIndex } = event;
  /** Of what those that compare results are shown in the end. */
  let facts = event.text?.facts;
  let proven: ProvenText | undefined;
  /** Whether what a copy is written to proves that the rules need not be asked, or not again. */
  const isAcquitted = (copy: Result, wasAsked: boolean): boolean => {
    const found = runner.hasProofs ? event.text?.proofOf?.(JSON.stringify(copy)) : undefined;
    facts = found?.facts;
    if (found === undefined || !runner.acquits(found.facts, resultIndex, reporter, wasAsked)) return false;
    proven = found;
    return true;
  };
  let defects: readonly SchemaDefect[] = [];
  if (isOwn && isAcquitted(given, false)) return { result: given, isOwn, proven, defects };

  let hasFixes = false;
  const said = new Set<string>();
  const take: TakeFinding = (rule, finding, path, target) => {
    hasFixes ||= finding.fix !== undefined;
    if (isOwn) finding.fix?.apply(target);
    said.add(rule.id);
    sayFinding(reporter, event, rule, finding, path);
  };
  const settle = (copy: Result, isNew: boolean) =>
    settled<Result>(
      copy,
      (value) => runner.fixResult(value, resultIndex, isNew ? () => isAcquitted(value, true) : undefined),
      (value) => {
        if (proven !== undefined) return { value, isChanged: false };
        defects = defectsOf(ownResult(event, value));
        const isChanged = defects.length > 0;
        if (isChanged) facts = undefined;
        return { value: isChanged ? repaired(event, value, defects, context, reporter) : value, isChanged };
      },
    );

  runner.checkResult(given, resultIndex, take);
  let result: Result | undefined = given;
  if (hasFixes) {
    result = isOwn && isAcquitted(given, true) ? given : settle(isOwn ? given : copyJson(given), true);
    isOwn = true;
  }
  if (result === undefined || proven !== undefined) return { result, isOwn, proven, defects };
  const late: Fix[] = [];
  const wasOwn = isOwn;
  runner.watchResult(result, event, (rule, finding, path, target) => {
    take(rule, finding, path, target);
    if (finding.fix !== undefined) late.push(finding.fix);
  });
  if (late.length === 0) runner.learn(facts, said);
  if (late.length > 0) {
    if (!wasOwn) {
      result = copyJson(result);
      for (const fix of late) fix.apply(result);
    }
    // Those that compare results know it already, and would find it again.
    result = settle(result, false);
    isOwn = true;
  }
  return { result, isOwn, defects };
}

/** The level of a proven result that states none; `undefined` when only the object tells. */
function defaultLevel(facts: ResultFacts, { run, rules }: RunContext): Level | undefined {
  if (hasRuleOverrides(run)) return undefined;
  // It would have a level of its own if that were the reason for the doubt.
  if ((facts.flags & KIND_DOUBT) !== 0) return 'none';
  return rules.findByFacts(facts).descriptor?.defaultConfiguration?.level ?? 'warning';
}

/** Whether the result differs from its normal form in more than a level that it does not state. */
function needsRepair(
  result: Result,
  level: string | undefined,
  profile: Profile | undefined,
  context: RunContext,
): boolean {
  if (lacksRuleId(result)) return true;
  if (hasForeignPaths(result, context.paths)) return true;
  if (profile === undefined) return false;
  if (profile === 'github') return needsGithubRepair(result, context);
  const { text, arguments: args } = result.message;
  return (
    (level ?? result.level) === 'none' ||
    text === undefined ||
    args !== undefined ||
    text.trim() === '' ||
    lacksCortexPlace(result, context.paths)
  );
}

/** The same bytes with a level in front: the most frequent repair of all needs no new text. */
function withLevel(event: ResultEvent, level: Level, reporter: Reporter): ResultEvent {
  if (reporter.isFull(levelWritten.id)) reporter.count(levelWritten.id, 1);
  else
    reporter.add(levelWritten.id, 'note', () => ({
      ...resultDiagnostic(levelWritten, 'The result does not state its level.', event, [], {
        fix: `The level '${level}' is written.`,
      }),
      level: 'note',
    }));
  return new LevelledResult(event, level);
}

function repaired(
  event: ResultEvent,
  given: Result,
  defects: readonly SchemaDefect[],
  { run, rules }: RunContext,
  reporter: Reporter,
): Result | undefined {
  const fallbackText = (silent: unknown) => {
    // What tells the rule and what is said of it: the rest of a result has no part in its text.
    const { ruleId, ruleIndex, rule, message } = silent as Readonly<Record<string, unknown>>;
    const { value } = soundView<Result>('result', { ruleId, ruleIndex, rule, message });
    return resultText(value, rules.find(value), run);
  };
  const { result, repairs } = repairResult(given, defects, { fallbackText });
  for (const { rule, path, message, description } of repairs) {
    reporter.add(rule.id, rule.level, () => resultDiagnostic(rule, message, event, path, { fix: description }));
  }
  return result;
}

function repairedLog({ log, placeOf, textDefects }: LogStartEvent, reporter: Reporter): LogStartEvent['log'] {
  const readable = withRepairedText(log, textDefects, (rule, fix, path, message = fix) =>
    reporter.add(rule.id, rule.level, () => diagnosticOf(rule, message, path, placeOf, { fix })),
  );
  const { header, repairs } = repairLogHeader(withCurrentVersion({ ...(readable ?? log), runs: [] }));
  for (const { rule, path, message, description } of repairs) {
    reporter.add(rule.id, rule.level, () => diagnosticOf(rule, message, path, placeOf, { fix: description }));
  }
  const { runs: _, $schema, ...kept } = header ?? { runs: [] };
  const isCurrent = $schema !== undefined && denotesCurrentSchema($schema);
  return { $schema: isCurrent ? $schema : schemaLocation, ...kept, version: '2.1.0' };
}

/** Knows of the runs of a log where their elements stand now, also of those that are still to come. */
function movedPlaces({ document }: LogStartEvent, options: NormalizeOptions, runner: RuleRunner): MovedPlaces {
  const { runs } = (document ?? {}) as { readonly runs?: unknown };
  const later: readonly unknown[] = Array.isArray(runs) ? runs : [];
  return new MovedPlaces(later.length, (runIndex) => {
    const run = later[runIndex];
    if (typeof run !== 'object' || run === null) return undefined;
    const { results: _, ...header } = run as Run;
    return foreseenRun({ type: 'run-start', runIndex, run: header, results: 'array' }, options, runner);
  });
}

/** A run that names no places that have moved, as far as `places` knows. */
function placesMoved(run: RunHeader, places: MovedPlaces): RunHeader {
  if (places.isEmpty || !JSON.stringify(run).includes('sarif:')) return run;
  const copy = copyJson(run);
  return places.moveIn('run', copy) ? copy : run;
}

function unmoved(run: RunHeader, { runIndex }: RunStartEvent): MovedElements {
  return { run, runIndex, positions: new Map() };
}

/**
 * A result that leads to where the elements of its run stand now. Two of its references may be equal by that, or its objects no
 * longer what they were taken for: it is repaired once more.
 */
function movedEvent(event: ResultEvent, moved: Result, context: RunContext, runner: RuleRunner): ResultEvent {
  const silent = new Reporter(undefined);
  const facts = event.text?.facts;
  // Of files and rules, which is all that such a result points to, no rule compares the positions.
  const isByBytes = facts !== undefined && isSure(facts);
  const result = settled<Result>(
    moved,
    (value) => {
      if (!isByBytes) runner.fixResultIn(context, value, event.resultIndex);
    },
    (value) => {
      const defects = defectsOf(ownResult(event, value));
      const isChanged = defects.length > 0;
      return { value: isChanged ? repaired(event, value, defects, context, silent) : value, isChanged };
    },
  );
  const { addedRule } = event;
  return { ...ownResult(event, result ?? moved), defects: [], ...(addedRule === undefined ? {} : { addedRule }) };
}

function isWrongRule({ descriptor, by }: FoundRule, run: RunHeader): boolean {
  return descriptor !== undefined && by === 'conflict' && !hasRulesElsewhere(run);
}

/** Whether the run has to have a descriptor that it lacks. */
function lacksDescriptor(
  found: FoundRule,
  { run, rules }: Pick<RunContext, 'run' | 'rules'>,
  profile: Profile | undefined,
): boolean {
  const { descriptor, ruleId } = found;
  if (ruleId === undefined || descriptor?.id === ruleId || rules.describes(ruleId)) return false;
  return profile === 'cortex' || isUnknownRule(ruleId, run, rules) || isWrongRule(found, run);
}

/**
 * Where a run describes its rules, or has to, every rule that a result names has a descriptor, if only with its id: the event brings
 * along one that the run lacks.
 */
function withDescriptor(
  event: ResultEvent,
  { run, rules }: RunContext,
  profile: Profile | undefined,
  added: AddedRules,
  moves: MovedResults | undefined,
  reporter: Reporter,
): ResultEvent {
  const facts = event.text?.facts;
  const isRecognised = facts !== undefined && rules.isRecognised(facts);
  const found = isRecognised ? rules.findByFacts(facts) : rules.find(event.result);
  const { descriptor, ruleId } = found;
  if (ruleId === undefined || !lacksDescriptor(found, { run, rules }, profile)) return event;
  const isUnknown = isUnknownRule(ruleId, run, rules);
  const isWrong = isWrongRule(found, run);
  let rule = added.get(ruleId);
  if (rule === undefined) {
    rule = descriptor === undefined ? { id: ruleId } : subRule(descriptor, ruleId, found.component, run);
    if (profile === 'cortex') rule = withTags(rule, run, () => {});
    if (profile === 'github') rule = withGithubTags(rule, run, new TaxonLookup(run), () => {});
    if (moves !== undefined) rule = moves.descriptor(rule);
    added.add(rule);
    const broken = isUnknown ? ruleKnown : isWrong ? descriptorMatches : ruleDescribed;
    const fix = `No rule of the run is described as '${ruleId}': a descriptor with this id is added.`;
    reporter.add(broken.id, broken.level, () => resultDiagnostic(broken, fix, event, ['ruleId'], { fix }));
  }
  if (found.by !== 'conflict') return new DescribedResult(event, rule);
  // The index led to a rule with another id. Now that there is one with this id, that is where it leads.
  const result = withOwnMessage(event.result, found, rule, run, rules);
  pointAtAddedRule(result, ruleId, added.positionOf(ruleId));
  const { runIndex, resultIndex } = event;
  return { type: 'result', runIndex, resultIndex, result, defects: [], addedRule: rule };
}

/** A copy of a result whose message still says the same when another rule than the one that was found describes it. */
function withOwnMessage(
  given: Result,
  found: FoundRule,
  descriptor: ReportingDescriptor,
  run: RunHeader,
  rules: RunContext['rules'],
): Result {
  const { id } = given.message;
  const result = { ...given, message: { ...given.message } };
  if (id === undefined) return result;
  const before = messageString(id, resultOwner(found, run), run);
  const after = messageString(id, { descriptor, component: run.tool.driver }, run);
  if (!deepEqual(before?.string, after?.string)) repairInFull(placedResultMessage(result, run, rules), run);
  return result;
}

/** Stands in a run that found nothing and describes nothing: the Collector wants at least one rule in every log. */
const noResults: ReportingDescriptor = {
  id: 'sariflow/no-results',
  shortDescription: { text: 'Describes no finding. It is here because a log needs at least one rule.' },
};
