import type { Report } from '../diagnostics/diagnostic.ts';
import { Reporter } from '../diagnostics/reporter.ts';
import type { LogStartEvent, ResultEvent, ResultText, RunStartEvent, SarifEvent } from '../events/event.ts';
import { type EventStream, type Stage, throughStage } from '../events/event-stream.ts';
import type { Level, ReportingDescriptor, Result, RunHeader } from '../model/model.ts';
import type { Drop } from '../read/read-sarif.ts';
import { provesNormalForm } from '../recognise/normal-form.ts';
import type { ResultFacts } from '../recognise/result-facts.ts';
import { toolName } from '../rules/cortex/c001-tool-name.ts';
import { rulesPresent } from '../rules/cortex/c002-rules-present.ts';
import { ruleDescribed } from '../rules/cortex/c003-rule-described.ts';
import { levelWritten } from '../rules/cortex/c008-level-written.ts';
import type { Profile, RuleDocument } from '../rules/rule.ts';
import { describesRules } from '../run/describes-rules.ts';
import type { RunContext } from '../run/run-context.ts';
import { createRunContext } from '../run/run-context.ts';
import type { SchemaDefect } from '../schema/defect.ts';
import { repairLogHeader, repairResult, repairRunHeader } from '../schema/repair.ts';
import { defectsOf, diagnosticOf, resultDiagnostic } from '../validate/validate.ts';
import { AddedRules, DescribedResult } from './added-rules.ts';
import { cortexPlace, lacksCortexPlace } from './cortex-place.ts';
import { noteInsteadOfNone, unstatedLevel } from './level.ts';
import { writeMessageText } from './message-text.ts';
import { hasForeignPaths, relativePaths } from './relative-paths.ts';
import type { DidRepair, Mutable, ResultRepair } from './repair.ts';
import { pointAtAddedRule, writeRuleId } from './rule-id.ts';
import { withTags, writeCweTags } from './run-header.ts';

export interface NormalizeOptions {
  /** Takes a diagnostic with `fix` for each repair, and one without for each result that is dropped. */
  readonly report?: Report | undefined;
  /** Applies the repairs of a destination, too. */
  readonly profile?: Profile | undefined;
  /** Told about each result that cannot be repaired. */
  readonly onDrop?: ((drop: Drop) => void) | undefined;
  /** Where the sources were checked out, an absolute path or `file:` URI: paths below it become relative. */
  readonly checkoutRoot?: string | undefined;
  /** How many diagnostics of each rule are passed on before they are only counted. Default 100. */
  readonly maxPerRule?: number;
}

/**
 * Repairs what breaks the schema, and writes out what a reader would have to resolve: the effective level, the rule's id and
 * descriptor, paths from the root of the repository. A result that needs nothing keeps its bytes. A result that cannot be
 * repaired is dropped, which is reported and told to `onDrop`; nothing else is ever left out.
 */
export function normalize(events: AsyncIterable<SarifEvent>, options: NormalizeOptions = {}): EventStream {
  return throughStage(events, () => normalization(options));
}

function normalization(options: NormalizeOptions): Stage {
  const reporter = new Reporter(options.report, options.maxPerRule);
  const repairs = resultRepairs(options.profile);
  /** Of the current run; absent while a run is left out that cannot be repaired. */
  let context: RunContext | undefined;
  let droppedBy: RuleDocument | undefined;
  let added = new AddedRules(0);

  return (event, emit) => {
    switch (event.type) {
      case 'log-start':
        emit(withLog(event, repairedLog(event, reporter)));
        break;
      case 'run-start': {
        const { run, dropping } = repairedRun(event, options, reporter);
        added = new AddedRules(run?.tool.driver.rules?.length ?? 0);
        context = run === undefined ? undefined : createRunContext(event.runIndex, run, options.checkoutRoot);
        droppedBy = dropping;
        if (run !== undefined) emit({ ...event, run });
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
        const normal = normalized(event, context, repairs, options, reporter);
        if (normal === undefined) break;
        emit(withDescriptor(normal, context, options.profile, added, reporter));
        break;
      }
      case 'run-end':
        if (context === undefined) break;
        if (options.profile === 'cortex' && added.isEmpty && !describesRules(context.run)) {
          added.add(noResults);
          reporter.add(rulesPresent.id, rulesPresent.level, () =>
            diagnosticOf(rulesPresent, rulesPresent.summary, ['runs', event.runIndex, 'tool', 'driver'], undefined, {
              runIndex: event.runIndex,
              fix: `The rule '${noResults.id}' is added.`,
            }),
          );
        }
        emit(added.isEmpty ? event : { ...event, addedRules: added.rules });
        break;
      case 'log-end':
        reporter.end();
        emit(event);
        break;
    }
  };
}

/** Without the document as it was read, which is not what the events say any more. */
function withLog({ document: _, ...event }: LogStartEvent, log: LogStartEvent['log']): LogStartEvent {
  return { ...event, log };
}

/** In this order: later repairs read what earlier ones wrote. */
function resultRepairs(profile: Profile | undefined): readonly ResultRepair[] {
  if (profile === undefined) return [writeRuleId, relativePaths];
  return [writeRuleId, noteInsteadOfNone, writeMessageText, relativePaths, cortexPlace];
}

function normalized(
  event: ResultEvent,
  context: RunContext,
  repairs: readonly ResultRepair[],
  { profile, onDrop }: NormalizeOptions,
  reporter: Reporter,
): ResultEvent | undefined {
  const facts = event.text?.facts;
  if (facts !== undefined && provesNormalForm(facts, context, profile)) {
    if (facts.level !== 0) return event;
    const level = defaultLevel(facts, context);
    const isFinal = level !== undefined && (profile === undefined || level !== 'none');
    if (isFinal) return withLevel(event, level, reporter);
  }
  const defects = defectsOf(event);
  let result: Result | undefined = event.result;
  if (defects.length > 0) {
    result = repaired(event, defects, reporter);
    if (result === undefined) {
      const worst = defects.find(({ rule }) => rule.level === 'error') ?? (defects[0] as SchemaDefect);
      onDrop?.({ runIndex: event.runIndex, resultIndex: event.resultIndex, ruleId: worst.rule.id });
      return undefined;
    }
  }
  const level = result.level === undefined ? unstatedLevel(result, context) : undefined;
  const isOwn = defects.length > 0;
  if (!isOwn && !needsRepair(result, level, profile, context)) {
    return level === undefined ? event : withLevel(event, level, reporter);
  }

  const copy: Mutable<Result> = isOwn ? result : structuredClone(result);
  const did: DidRepair = (rule, fix, path) =>
    reporter.add(rule.id, rule.level, () => resultDiagnostic(rule, rule.summary, event, path, { fix }));
  if (level !== undefined) copy.level = level;
  for (const repair of repairs) repair(copy, context, did);
  const { runIndex, resultIndex } = event;
  return { type: 'result', runIndex, resultIndex, result: copy, defects: [] };
}

/** The level of a proven result that states none; `undefined` when only the object tells. */
function defaultLevel(facts: ResultFacts, { run, rules }: RunContext): Level | undefined {
  const overrides = (run.invocations ?? []).some(
    ({ ruleConfigurationOverrides }) => ruleConfigurationOverrides !== undefined,
  );
  if (overrides) return undefined;
  return rules.findByFacts(facts).descriptor?.defaultConfiguration?.level ?? 'warning';
}

/** Whether the result differs from its normal form in more than a level that it does not state. */
function needsRepair(
  result: Result,
  level: string | undefined,
  profile: Profile | undefined,
  context: RunContext,
): boolean {
  const found = context.rules.find(result);
  if (result.ruleId === undefined || found.by === 'conflict') return true;
  if (hasForeignPaths(result, context.paths)) return true;
  if (profile === undefined) return false;
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
  reporter.add(levelWritten.id, 'note', () => ({
    ...resultDiagnostic(levelWritten, 'The result does not state its level.', event, [], {
      fix: `The level '${level}' is written.`,
    }),
    level: 'note',
  }));
  return new LevelledResult(event, level);
}

/** A result with a level in front of its own bytes. */
class LevelledResult implements ResultEvent {
  readonly type = 'result';
  readonly defects: readonly SchemaDefect[] = [];
  readonly level: Level;
  readonly prefix: string;
  readonly #event: ResultEvent;
  #result: Result | undefined;

  constructor(event: ResultEvent, level: Level) {
    this.#event = event;
    this.level = level;
    this.prefix = `"level":"${level}",`;
  }

  get runIndex(): number {
    return this.#event.runIndex;
  }

  get resultIndex(): number {
    return this.#event.resultIndex;
  }

  get text(): ResultText | undefined {
    return this.#event.text;
  }

  get result(): Result {
    this.#result ??= { level: this.level, ...this.#event.result };
    return this.#result;
  }
}

function repaired(event: ResultEvent, defects: readonly SchemaDefect[], reporter: Reporter): Result | undefined {
  const { result, repairs } = repairResult(event.result, defects);
  for (const { rule, path, description } of repairs) {
    reporter.add(rule.id, rule.level, () => resultDiagnostic(rule, rule.summary, event, path, { fix: description }));
  }
  return result;
}

function repairedLog({ log, placeOf }: LogStartEvent, reporter: Reporter): LogStartEvent['log'] {
  const { header, repairs } = repairLogHeader({ ...log, runs: [] });
  for (const { rule, path, description } of repairs) {
    reporter.add(rule.id, rule.level, () => diagnosticOf(rule, rule.summary, path, placeOf, { fix: description }));
  }
  const { runs: _, ...kept } = header ?? { version: '2.1.0', runs: [] };
  return kept;
}

/** The run's header as it should be; without one, the rule that it breaks beyond repair. */
function repairedRun(
  event: RunStartEvent,
  options: NormalizeOptions,
  reporter: Reporter,
): { run: RunHeader | undefined; dropping?: RuleDocument | undefined } {
  const { runIndex, placeOf } = event;
  const { run, droppedBy, repairs } = repairRunHeader(event.run);
  const did: DidRepair = (rule, fix, path) =>
    reporter.add(rule.id, rule.level, () =>
      diagnosticOf(rule, rule.summary, ['runs', runIndex, ...path], placeOf, { fix, runIndex }),
    );
  for (const { rule, path, description } of repairs) did(rule, description, path);
  if (run === undefined) {
    return { run, dropping: droppedBy };
  }
  if (options.profile === undefined) return { run };
  if (run.tool.driver.name.trim() === '') {
    reporter.add(toolName.id, toolName.level, () =>
      diagnosticOf(
        toolName,
        'The tool has no name, so the run is dropped.',
        ['runs', runIndex, 'tool', 'driver'],
        placeOf,
        { runIndex },
      ),
    );
    return { run: undefined, dropping: toolName };
  }
  return { run: writeCweTags(run, did) };
}

/** Every rule that a result names has a descriptor, if only with its id: the event brings along one that the run lacks. */
function withDescriptor(
  event: ResultEvent,
  { run, rules }: RunContext,
  profile: Profile | undefined,
  added: AddedRules,
  reporter: Reporter,
): ResultEvent {
  const facts = event.text?.facts;
  const isRecognised = facts !== undefined && facts.ruleId !== '' && rules.isRecognised(facts);
  const found = isRecognised ? rules.findByFacts(facts) : rules.find(event.result);
  const { descriptor, ruleId } = found;
  if (ruleId === undefined || descriptor?.id === ruleId || rules.describes(ruleId)) return event;
  if (descriptor !== undefined && found.by !== 'conflict' && profile !== 'cortex') return event;
  let rule = added.get(ruleId);
  if (rule === undefined) {
    rule = descriptor === undefined ? { id: ruleId } : subRule(descriptor, ruleId);
    if (profile === 'cortex') rule = withTags(rule, run, () => {});
    added.add(rule);
    reporter.add(ruleDescribed.id, ruleDescribed.level, () =>
      resultDiagnostic(ruleDescribed, ruleDescribed.summary, event, ['ruleId'], {
        fix: `A descriptor with the id '${ruleId}' is added.`,
      }),
    );
  }
  if (found.by !== 'conflict') return new DescribedResult(event, rule);
  // The index led to a rule with another id. Now that there is one with this id, that is where it leads.
  const result = { ...event.result };
  pointAtAddedRule(result, ruleId, added.positionOf(ruleId));
  const { runIndex, resultIndex } = event;
  return { type: 'result', runIndex, resultIndex, result, defects: [], addedRule: rule };
}

/** A descriptor of its own for an id with more levels than the rule's: the Collector compares whole ids. */
function subRule({ guid: _, ...descriptor }: ReportingDescriptor, id: string): ReportingDescriptor {
  return { ...descriptor, id };
}

/** Stands in a run that found nothing and describes nothing: the Collector wants at least one rule in every log. */
const noResults: ReportingDescriptor = {
  id: 'sariflow/no-results',
  shortDescription: { text: 'Describes no finding. It is here because a log needs at least one rule.' },
};
