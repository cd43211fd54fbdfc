import type { Report } from '../diagnostics/diagnostic.ts';
import { diagnosticOf, resultDiagnostic } from '../diagnostics/diagnostic-of.ts';
import { Reporter } from '../diagnostics/reporter.ts';
import type { LogStartEvent, PlaceOf, ResultEvent, RunStartEvent, SarifEvent } from '../events/event.ts';
import { type BlockStep, type EventStep, type EventStream, throughStage } from '../events/event-stream.ts';
import { pointerOf } from '../json/pointer.ts';
import type { Result, RunHeader } from '../model/model.ts';
import type { Profile, RuleSet } from '../rules/rule.ts';
import { RuleRunner, type TakeFinding } from '../rules/rule-runner.ts';
import { createRunContext, type RunContext } from '../run/run-context.ts';
import { checkLogHeader, checkRunHeader } from '../schema/check.ts';
import { withCurrentVersion } from '../schema/current-version.ts';
import type { SchemaDefect } from '../schema/defect.ts';
import { soundView } from '../schema/sound-view.ts';
import { defectsOf } from './defects-of.ts';
import { existingPath } from './existing-path.ts';
import { sayFinding } from './say-finding.ts';

export interface ValidateOptions {
  /** Takes the diagnostics, in the order of the document. */
  readonly report: Report;
  /** Checks the rules of a destination, too. */
  readonly profile?: Profile | undefined;
  /** Checks the advice to authors of tools, too. Default false. */
  readonly authoring?: boolean | undefined;
  /** How many diagnostics of each rule are passed on before they are only counted. Default 100. */
  readonly maxPerRule?: number;
  /** When the log is looked at. Without it, what expires with time is not judged. */
  readonly now?: Date | undefined;
}

/**
 * Checks events against the schema of SARIF 2.1.0 and the rules of the catalogue, and hands them on as they are. A defect in
 * one place hides none in another: rules see all of a log that the schema accepts.
 */
export function validate(events: AsyncIterable<SarifEvent>, options: ValidateOptions): EventStream {
  return throughStage(events, () => validation(options));
}

function validation({ report, profile, authoring, maxPerRule, now }: ValidateOptions): BlockStep {
  const reporter = new Reporter(report, maxPerRule);
  const runner = new RuleRunner(ruleSets(profile, authoring));
  let checked = false;
  let inLog: TakeFinding = () => {};
  let inRun: TakeFinding = () => {};
  let context: RunContext | undefined;

  const onEvent: EventStep = (event, emit) => {
    switch (event.type) {
      case 'log-start':
        checked = isWithRuns(event.document);
        inLog = findingsIn(reporter, [], event.placeOf);
        checkLog(event, reporter);
        runner.startLog(event, inLog);
        break;
      case 'run-start': {
        if (!checked || event.hasFiles === true) checkRun(event, reporter, checked);
        const { value, standIns } = soundView<RunHeader>('run', event.run);
        const found = findingsIn(reporter, ['runs', event.runIndex], event.placeOf, event.runIndex);
        inRun = aboutWhatIsThere(event.run, value, found);
        context = createRunContext(event, value, undefined, now);
        runner.startRun(context, inRun, inLog, standIns);
        break;
      }
      case 'result': {
        if (event.addedRule !== undefined) context?.rules.add(event.addedRule);
        const facts = event.text?.facts;
        if (facts !== undefined) {
          if (runner.proves(facts, event.resultIndex, reporter)) break;
          const say: TakeFinding = (rule, finding, path) => sayFinding(reporter, event, rule, finding, path);
          if (runner.provesRest(event, facts, reporter, say)) break;
        }
        const defects = defectsOf(event);
        for (const defect of defects) addDefect(reporter, event, defect);
        // What is no object says nothing that a rule could judge, or compare with other results.
        if (!isObject(event.result)) break;
        const said = new Set<string>();
        const { value, standIns } =
          defects.length === 0
            ? { value: event.result, standIns: undefined }
            : soundView<Result>('result', event.result);
        const take = aboutWhatIsThere(event.result, value, (rule, finding, path) => {
          said.add(rule.id);
          sayFinding(reporter, event, rule, finding, path);
        });
        runner.checkResult(value, event.resultIndex, take, standIns);
        runner.watchResult(value, event, take);
        runner.learn(facts, said);
        emit(
          event.defects === defects || event.text?.facts !== undefined ? event : { ...resultFields(event), defects },
        );
        return;
      }
      case 'run-end':
        runner.endRun(inRun, event.results);
        break;
      case 'log-end':
        runner.endLog(inLog);
        reporter.end();
        break;
    }
    emit(event);
  };

  const onBlock: BlockStep['block'] = (block, emit) => {
    const stays = (at: number) => runner.proves(block.factsAt(at), block.firstIndex + at, reporter);
    block.divide(stays, emit, (at) => onEvent(block.eventAt(at), emit));
  };
  return { event: onEvent, block: onBlock };
}

export function ruleSets(profile: Profile | undefined, authoring: boolean | undefined): RuleSet[] {
  return [...(profile === undefined ? [] : [profile]), ...(authoring ? (['authoring'] as const) : [])];
}

/**
 * Findings about a member that is missing are about the object that lacks it. Where a stand-in took its place, the schema has said
 * so, and what the stand-in says is nobody's word: only destinations, which want the member for themselves, are heard.
 *
 * @param given the header or the result as it was read
 * @param sound what the rules were shown of it
 */
function aboutWhatIsThere(given: unknown, sound: unknown, take: TakeFinding): TakeFinding {
  return (rule, finding, path, target) => {
    // Results are no part of a header: a rule that watches them knows where they stand.
    if (path[0] === 'results') return take(rule, finding, path, target);
    const existing = existingPath(given, path);
    if (existing.length === path.length) return take(rule, finding, path, target);
    const isOfStandIn = existingPath(sound, path).length > existing.length;
    if (!isOfStandIn || rule.set !== undefined) take(rule, finding, existing, target);
  };
}

/** Makes diagnostics of what rules say of a header. Where a result stands, a header cannot tell. */
export function findingsIn(
  reporter: Reporter,
  root: readonly (string | number)[],
  placeOf: PlaceOf | undefined,
  runIndex?: number,
): TakeFinding {
  return (rule, finding, path) =>
    reporter.add(rule.id, finding.level ?? rule.level, () => {
      const full = [...root, ...path];
      const { place } = finding;
      const inResult = full[0] === 'runs' && full[2] === 'results' && full.length > 3;
      const isKnown = place !== undefined || !inResult;
      return diagnosticOf(
        rule,
        finding.message,
        full,
        place === undefined ? (isKnown ? placeOf : undefined) : () => place,
        {
          level: finding.level,
          value: finding.value,
          fix: finding.fix?.description,
          ...(runIndex === undefined ? {} : { runIndex }),
        },
      );
    });
}

/** A copy of the fields of an event whose `result` may be a getter. */
function resultFields(event: ResultEvent): ResultEvent {
  const { runIndex, resultIndex, result, text, prefix, textDefects, addedRule } = event;
  return { type: 'result', runIndex, resultIndex, result, text, prefix, textDefects, addedRule };
}

function checkLog(event: LogStartEvent, reporter: Reporter): void {
  checkLogHeader(withCurrentVersion(event.document ?? { ...event.log, runs: [] }), (defect) => {
    const [first, runIndex] = defect.path;
    const inRun = first === 'runs' && typeof runIndex === 'number' ? { runIndex } : {};
    reporter.add(defect.rule.id, defect.rule.level, () =>
      diagnosticOf(defect.rule, defect.message, defect.path, event.placeOf, { ...inRun, value: defect.value }),
    );
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether all runs can be looked at with the log: one that stands outside an array is no part of what the schema knows. */
function isWithRuns(document: unknown): boolean {
  return document !== undefined && Array.isArray((document as { readonly runs?: unknown }).runs);
}

/** @param onlyFiles what stands in the log itself has been looked at */
function checkRun(event: RunStartEvent, reporter: Reporter, onlyFiles: boolean): void {
  checkRunHeader(event.run, (defect) => {
    const path = ['runs', event.runIndex, ...defect.path];
    if (onlyFiles && event.placeOf?.(pointerOf(path)).moved?.file === undefined) return;
    reporter.add(defect.rule.id, defect.rule.level, () =>
      diagnosticOf(defect.rule, defect.message, path, event.placeOf, { runIndex: event.runIndex, value: defect.value }),
    );
  });
}

function addDefect(reporter: Reporter, event: ResultEvent, defect: SchemaDefect): void {
  reporter.add(defect.rule.id, defect.rule.level, () =>
    resultDiagnostic(defect.rule, defect.message, event, defect.path, { value: defect.value }),
  );
}
