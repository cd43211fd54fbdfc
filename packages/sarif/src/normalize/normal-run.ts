import { diagnosticOf } from '../diagnostics/diagnostic-of.ts';
import { Reporter } from '../diagnostics/reporter.ts';
import type { RunStartEvent } from '../events/event.ts';
import { copyJson } from '../json/copy-json.ts';
import type { RunHeader } from '../model/model.ts';
import { toolName } from '../rules/cortex/c001-tool-name.ts';
import type { Profile, RuleDocument } from '../rules/rule.ts';
import type { RuleRunner } from '../rules/rule-runner.ts';
import { distinctItems } from '../rules/structure/s208-distinct-items.ts';
import { createRunContext } from '../run/run-context.ts';
import { repairRunHeader } from '../schema/repair.ts';
import { DistinctRun } from './distinct-run.ts';
import { writeGithubTags } from './github.ts';
import { type Redaction, redactedRun } from './redact.ts';
import type { DidRepair } from './repair.ts';
import { writeCweTags } from './run-header.ts';
import { type SchemaRound, settled } from './settled.ts';
import { withRepairedText } from './text-repair.ts';
import { hasEqualElements } from './unite-equal.ts';

/** A run's header as far as it has been repaired. */
export interface RepairedRun {
  /** Absent when it had to be dropped. */
  run: RunHeader | undefined;
  /** The rule that the run breaks beyond repair. */
  dropping?: RuleDocument | undefined;
  /** Whether lists that indices point into may have equal elements. */
  mayHaveEqual: boolean;
}

/** What of the options decides about the header of a run. */
export interface HeaderOptions {
  readonly profile?: Profile | undefined;
  readonly redact?: Redaction | undefined;
  readonly checkoutRoot?: string | undefined;
}

/** Repairs what the schema says of a run's header, takes out what is sensitive, and writes what a destination wants to read in it. */
export function repairedRun(event: RunStartEvent, { profile, redact }: HeaderOptions, reporter: Reporter): RepairedRun {
  const { placeOf, runIndex } = event;
  const did = didInRun(event, reporter);
  const readable = withRepairedText(event.run, event.textDefects, did);
  const { run: sound, droppedBy, repairs, left } = repairRunHeader(readable ?? event.run);
  for (const { rule, path, message, description } of repairs) did(rule, description, path, message);
  const repaired: RepairedRun = { run: sound, dropping: droppedBy, mayHaveEqual: left.some(isEqualElement) };
  if (sound === undefined) return repaired;
  const didInElements = didChange(repaired, did);
  const run = redact === undefined ? sound : redactedRun(sound, redact, didInElements);
  if (profile === 'cortex' && run.tool.driver.name.trim() === '') {
    reporter.add(toolName.id, toolName.level, () =>
      diagnosticOf(
        toolName,
        'The tool has no name, so the run is dropped.',
        ['runs', runIndex, 'tool', 'driver'],
        placeOf,
        { runIndex },
      ),
    );
    return { run: undefined, dropping: toolName, mayHaveEqual: false };
  }
  repaired.run = taggedRun(run, profile, didInElements);
  return repaired;
}

/** The run with the tags that a destination wants to read. */
function taggedRun(run: RunHeader, profile: Profile | undefined, did: DidRepair): RunHeader {
  if (profile === undefined) return run;
  return profile === 'github' ? writeGithubTags(run, did) : writeCweTags(run, did);
}

/** Says what was done, and takes note that elements which differed in it may be equal now. */
function didChange(header: RepairedRun, did: DidRepair): DidRepair {
  return (...what) => {
    header.mayHaveEqual = true;
    did(...what);
  };
}

/** How often a header is looked at anew. */
const mostLooks = 16;

/** Does what the rules propose for a header, until neither they nor the schema have anything to do. The run that `header` has stays as it is. */
export function fixRun(
  header: RepairedRun,
  event: RunStartEvent,
  { profile, checkoutRoot }: HeaderOptions,
  runner: RuleRunner,
  reporter: Reporter,
): void {
  const did = didInRun(event, reporter);
  // Rules judge by the run as they see it: what one repair takes away, such as the files that elements may stand in, is seen by the
  // next look only.
  const fix = (copy: RunHeader) => {
    for (let look = 0; look < mostLooks; look += 1) {
      if (!runner.fixRun(createRunContext(event, copy, checkoutRoot), copy)) return;
    }
  };
  const sound = (given: RunHeader): SchemaRound<RunHeader> => {
    const { run, droppedBy, repairs, left } = repairRunHeader(given);
    for (const { rule, path, message, description } of repairs) did(rule, description, path, message);
    if (run === undefined) header.dropping = droppedBy;
    header.mayHaveEqual ||= left.some(isEqualElement);
    return { value: run, isChanged: repairs.length > 0 };
  };
  if (header.run === undefined) return;
  const settledRun = (run: RunHeader) => settled<RunHeader>(copyJson(run), fix, sound);
  header.run = settledRun(header.run);
  if (header.run === undefined) return;
  // A reference that was repaired may lead to a weakness now, and more tags may be too many.
  const tagged = taggedRun(header.run, profile, didChange(header, did));
  if (tagged !== header.run) header.run = settledRun(tagged);
}

/**
 * The run without equal elements in lists that indices point into; `undefined` when it has none, or when something of it stands in
 * files that were not read: what is there may point into what is here.
 */
export function distinctRun(
  run: RunHeader,
  event: RunStartEvent,
  options: HeaderOptions,
  runner: RuleRunner,
  reporter: Reporter,
): DistinctRun | undefined {
  if (isPartlyElsewhere(run) || !hasEqualElements(run)) return undefined;
  const silent = new Reporter(undefined);
  const distinct = new DistinctRun(run, event.runIndex, (now) => {
    const again: RepairedRun = { run: now, mayHaveEqual: true };
    fixRun(again, event, options, runner, silent);
    return again.run;
  });
  const did = didInRun(event, reporter);
  for (const { path, first } of distinct.removed) {
    const fix = `Removed the element, which equals element [${first}]. What pointed to it leads there.`;
    did(distinctItems, fix, path, distinctItems.messages.duplicate(path, first));
  }
  return distinct;
}

/** The same for a run that is still to come. Nothing is said of it. */
export function foreseenRun(event: RunStartEvent, options: HeaderOptions, runner: RuleRunner): DistinctRun | undefined {
  const silent = new Reporter(undefined);
  const repaired = repairedRun(event, options, silent);
  fixRun(repaired, event, options, runner, silent);
  const { run, mayHaveEqual } = repaired;
  return run !== undefined && mayHaveEqual ? distinctRun(run, event, options, runner, silent) : undefined;
}

function didInRun({ runIndex, placeOf }: RunStartEvent, reporter: Reporter): DidRepair {
  return (rule, fix, path, message = fix) =>
    reporter.add(rule.id, rule.level, () =>
      diagnosticOf(rule, message, ['runs', runIndex, ...path], placeOf, { fix, runIndex }),
    );
}

function isEqualElement({ rule }: { readonly rule: RuleDocument }): boolean {
  return rule === distinctItems;
}

function isPartlyElsewhere({ externalPropertyFileReferences: elsewhere = {} }: RunHeader): boolean {
  return Object.keys(elsewhere).some((name) => name !== 'properties');
}
