import type { Diagnostic, Report } from '../diagnostics/diagnostic.ts';
import { Reporter } from '../diagnostics/reporter.ts';
import type { LogStartEvent, PlaceOf, ResultEvent, RunStartEvent, SarifEvent } from '../events/event.ts';
import { type EventStream, type Stage, throughStage } from '../events/event-stream.ts';
import { type PathSegment, pointerOf } from '../json/pointer.ts';
import type { Result } from '../model/model.ts';
import { provesNormalForm } from '../recognise/normal-form.ts';
import { levelWritten } from '../rules/cortex/c008-level-written.ts';
import { rules } from '../rules/registry.ts';
import type { Profile, ResultRule, RuleDocument, RunRule } from '../rules/rule.ts';
import { explicitNull } from '../rules/structure/s202-explicit-null.ts';
import { createRunContext, type RunContext } from '../run/run-context.ts';
import { checkLogHeader, checkResult, checkRunHeader } from '../schema/check.ts';
import type { SchemaDefect } from '../schema/defect.ts';
import { repairRunHeader } from '../schema/repair.ts';

export interface ValidateOptions {
  /** Takes the diagnostics, in the order of the document. */
  readonly report: Report;
  /** Checks the rules of a destination, too. */
  readonly profile?: Profile | undefined;
  /** How many diagnostics of each rule are passed on before they are only counted. Default 100. */
  readonly maxPerRule?: number;
}

/**
 * Checks events against the schema of SARIF 2.1.0 and the rules of the catalogue, and hands them on as they are. A defect in
 * one place hides none in another; semantic rules look only at what the schema accepts.
 */
export function validate(events: AsyncIterable<SarifEvent>, options: ValidateOptions): EventStream {
  return throughStage(events, () => validation(options));
}

function validation({ report, profile, maxPerRule }: ValidateOptions): Stage {
  const reporter = new Reporter(report, maxPerRule);
  const applies = (rule: { profile?: Profile }) => rule.profile === undefined || rule.profile === profile;
  const runRules = rules.filter((rule): rule is RunRule => rule.visits === 'run').filter(applies);
  const resultRules = rules.filter((rule): rule is ResultRule => rule.visits === 'result').filter(applies);
  let context: RunContext | undefined;
  let checked = false;

  return (event, emit) => {
    switch (event.type) {
      case 'log-start':
        checked = event.document !== undefined;
        checkLog(event, reporter);
        break;
      case 'run-start':
        if (!checked) checkRun(event, reporter);
        context = contextOf(event);
        if (context !== undefined) {
          const sound = { ...event, run: context.run };
          for (const rule of runRules) {
            const path: PathSegment[] = ['runs', event.runIndex];
            rule.check(sound, context, (message, at) =>
              reporter.add(rule.id, rule.level, () =>
                diagnosticOf(rule, message, [...path, ...at], event.placeOf, { runIndex: event.runIndex }),
              ),
            );
          }
        }
        break;
      case 'result': {
        const defects = defectsOf(event);
        for (const defect of defects) addDefect(reporter, event, defect);
        if (context !== undefined && !defects.some(isObstacle)) {
          checkRules(withoutNulls(event, defects), context, profile, resultRules, reporter);
        }
        emit(
          event.defects === defects || event.text?.facts !== undefined ? event : { ...resultFields(event), defects },
        );
        return;
      }
      case 'log-end':
        reporter.end();
        break;
      case 'run-end':
        break;
    }
    emit(event);
  };
}

/** Where the header breaks the schema, the rules look at what can be kept of it; of one that cannot, the schema has said why. */
function contextOf(event: RunStartEvent): RunContext | undefined {
  const { run } = checkRunHeader(event.run, () => {}) ? event : repairRunHeader(event.run);
  return run === undefined ? undefined : createRunContext(event.runIndex, run);
}

const none: readonly SchemaDefect[] = [];

/** What the schema says of a result; the event remembers it, so that it is asked once in a pipeline. */
export function defectsOf(event: ResultEvent): readonly SchemaDefect[] {
  if (event.defects !== undefined) return event.defects;
  if (event.text?.facts !== undefined) return none;
  let defects: SchemaDefect[] | undefined;
  checkResult(event.result, (defect) => {
    defects ??= [];
    defects.push(defect);
  });
  return defects ?? none;
}

/** Where the bytes alone prove that no rule has anything to say but about the level, the object is not asked for. */
function checkRules(
  event: ResultEvent,
  context: RunContext,
  profile: Profile | undefined,
  resultRules: readonly ResultRule[],
  reporter: Reporter,
): void {
  const facts = event.text?.facts;
  const isNormal = facts !== undefined && provesNormalForm(facts, context, profile);
  const isDescribed =
    isNormal && (profile === undefined || context.rules.findByFacts(facts).descriptor?.id === facts.ruleId);
  for (const rule of isDescribed ? resultRules.filter((each) => each === levelWritten) : resultRules) {
    const result = isDescribed ? levelOnly(event) : event.result;
    rule.check(result, context, (message, path) =>
      reporter.add(rule.id, rule.level, () => resultDiagnostic(rule, message, event, path)),
    );
  }
}

/** Whether the rules cannot look at a result with this defect: they rely on what the schema says. */
function isObstacle({ rule, path }: SchemaDefect): boolean {
  return rule.level === 'error' || (rule.id === explicitNull.id && typeof path.at(-1) === 'number');
}

/** The rules take null for what it means, an absent member. */
function withoutNulls(event: ResultEvent, defects: readonly SchemaDefect[]): ResultEvent {
  if (!defects.some(({ rule }) => rule.id === explicitNull.id)) return event;
  const text = JSON.stringify(event.result, (_name, value: unknown) => (value === null ? undefined : value));
  return { ...resultFields(event), result: JSON.parse(text) as Result };
}

/** As much of a result as the rule about levels looks at. */
function levelOnly({ level }: ResultEvent): Result {
  return { message: {}, ...(level === undefined ? {} : { level }) };
}

/** A copy of the fields of an event whose `result` may be a getter. */
function resultFields(event: ResultEvent): ResultEvent {
  const { runIndex, resultIndex, result, text, prefix } = event;
  return { type: 'result', runIndex, resultIndex, result, text, prefix };
}

function checkLog(event: LogStartEvent, reporter: Reporter): void {
  checkLogHeader(event.document ?? { ...event.log, runs: [] }, (defect) => {
    const [first, runIndex] = defect.path;
    const inRun = first === 'runs' && typeof runIndex === 'number' ? { runIndex } : {};
    reporter.add(defect.rule.id, defect.rule.level, () =>
      diagnosticOf(defect.rule, defect.message, defect.path, event.placeOf, { ...inRun, value: defect.value }),
    );
  });
}

function checkRun(event: RunStartEvent, reporter: Reporter): void {
  checkRunHeader(event.run, (defect) => {
    const path = ['runs', event.runIndex, ...defect.path];
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

/** A diagnostic about a value inside a result. */
export function resultDiagnostic(
  rule: RuleDocument,
  message: string,
  event: ResultEvent,
  path: readonly PathSegment[],
  more: { value?: unknown; fix?: string } = {},
): Diagnostic {
  const { runIndex, resultIndex, text } = event;
  const place = text === undefined ? undefined : () => text.placeOf(path);
  return diagnosticOf(rule, message, ['runs', runIndex, 'results', resultIndex, ...path], place, {
    ...more,
    runIndex,
    resultIndex,
  });
}

/** A diagnostic about a value of the log. */
export function diagnosticOf(
  rule: RuleDocument,
  message: string,
  path: readonly PathSegment[],
  placeOf: PlaceOf | undefined,
  more: { value?: unknown; fix?: string; runIndex?: number; resultIndex?: number } = {},
): Diagnostic {
  const pointer = pointerOf(path);
  return {
    ruleId: rule.id,
    level: rule.level,
    message,
    pointer,
    ...(placeOf === undefined ? {} : { place: placeOf(pointer) }),
    ...(more.fix === undefined ? {} : { fix: { description: more.fix } }),
    ...(rule.specSection === undefined ? {} : { specSection: rule.specSection }),
    ...(more.runIndex === undefined ? {} : { runIndex: more.runIndex }),
    ...(more.resultIndex === undefined ? {} : { resultIndex: more.resultIndex }),
    ...(more.value === undefined ? {} : { value: shortened(more.value) }),
  };
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 200 ? text : `${text.slice(0, 199)}…`;
}
