import type { Reporter } from '../diagnostics/reporter.ts';
import type { ResultEvent, TextEdit } from '../events/event.ts';
import { RewrittenResult } from '../events/rewritten-result.ts';
import type { Level, Result } from '../model/model.ts';
import { DOUBT, FIX_DOUBT, PLACE_DOUBT } from '../recognise/portable/layout.ts';
import type { ResultFacts } from '../recognise/result-facts.ts';
import type { PlaceVerdict } from '../rules/place-verdicts.ts';
import type { RuleRunner } from '../rules/rule-runner.ts';
import { sayFinding } from '../validate/say-finding.ts';

const originalUri = 'sariflow/originalUri';

/**
 * A result that is written in its own bytes, but for how its files are named and for suppressions that it lacks: where nothing else is to be repaired,
 * and all that is to be said of it is only counted any more. `undefined` where only the object tells what to do.
 *
 * @param level the one to write, where the result states none
 */
export function editedResult(
  event: ResultEvent,
  facts: ResultFacts,
  level: Level | undefined,
  runner: RuleRunner,
  reporter: Reporter,
): ResultEvent | undefined {
  const hasPlaces = (facts.flags & PLACE_DOUBT) !== 0;
  const isLacking = runner.lacksSuppressions(facts);
  if ((facts.flags & DOUBT) !== 0 || !(hasPlaces || isLacking) || !runner.hasWanted(facts)) return undefined;
  // Whether a fix can be applied is a matter of the file that it changes.
  if (hasPlaces && (facts.flags & FIX_DOUBT) !== 0) return undefined;
  const verdicts = runner.verdictsOn(facts);
  if (verdicts === undefined || !isCounted(verdicts, reporter)) return undefined;
  const fixed = fixedByRules(event, facts, verdicts);
  if (fixed === undefined) return undefined;
  const added = `${isLacking ? ',"suppressions":[]' : ''}${level === undefined ? '' : `,"level":"${level}"`}`;
  const edits = editsOf(event, facts, verdicts, added);
  const proven = edits === undefined ? undefined : event.text?.proofOfEdited?.(edits);
  if (proven === undefined || !isSettled(proven.facts, runner)) return undefined;
  const isProven = runner.provesRepaired(event, facts, verdicts, fixed, reporter, (rule, finding, path) =>
    sayFinding(reporter, event, rule, finding, path),
  );
  if (!isProven) return undefined;
  countRepairs(verdicts, reporter);
  return new RewrittenResult(event, undefined, proven);
}

function isCounted(verdicts: readonly PlaceVerdict[], reporter: Reporter): boolean {
  return verdicts.every(
    ({ written }) =>
      written === undefined ||
      ((written.moved === undefined || reporter.isFull(written.moved)) &&
        written.did.every((id) => reporter.isFull(id))),
  );
}

function countRepairs(verdicts: readonly PlaceVerdict[], reporter: Reporter): void {
  const moved = new Set(verdicts.flatMap(({ written }) => written?.moved ?? []));
  for (const id of moved) reporter.count(id, 1);
  for (const { written } of verdicts) {
    for (const id of written?.did ?? []) reporter.count(id, 1);
  }
}

/** A result after the rules' own repairs. */
export interface FixedResult {
  readonly facts: ResultFacts;
  readonly result: () => Result;
}

/** The result after the rules' own repairs, which are those of its artifact locations; `undefined` where only the object tells. */
export function fixedByRules(
  event: ResultEvent,
  facts: ResultFacts,
  verdicts: readonly PlaceVerdict[],
): FixedResult | undefined {
  const edits = placeEdits(facts, verdicts, ({ fixed }) => fixed);
  if (edits.length === 0) return { facts, result: () => event.result };
  if ((facts.flags & FIX_DOUBT) !== 0) return undefined;
  const proven = event.text?.proofOfEdited?.(edits);
  if (proven === undefined || (proven.facts.flags & DOUBT) !== 0) return undefined;
  return { facts: proven.facts, result: () => new RewrittenResult(event, undefined, proven).result };
}

/** Other texts for the places of a result, in their order, where there are any. */
function placeEdits(
  facts: ResultFacts,
  verdicts: readonly PlaceVerdict[],
  textOf: (verdict: PlaceVerdict) => string | undefined,
): TextEdit[] {
  return verdicts.flatMap((verdict, place) => {
    const text = textOf(verdict);
    return text === undefined ? [] : [{ start: facts.placeStart(place), end: facts.placeEnd(place), text }];
  });
}

/**
 * What to write, in the order of the places; `undefined` where more is kept of a name than can be added to the bytes.
 *
 * @param added members behind all others
 */
function editsOf(
  { text }: ResultEvent,
  facts: ResultFacts,
  verdicts: readonly PlaceVerdict[],
  added: string,
): TextEdit[] | undefined {
  if (text === undefined) return undefined;
  const { bytes } = text;
  const edits = placeEdits(facts, verdicts, ({ fixed, written }) => written?.text ?? fixed);
  let behind = added;
  const kept = verdicts.find(({ written }) => written?.originalUri !== undefined)?.written?.originalUri;
  if (kept !== undefined) {
    const member = `${JSON.stringify(originalUri)}:${JSON.stringify(kept)}`;
    const { propertiesStart, propertiesEnd } = facts;
    if (propertiesEnd === 0) behind += `,"properties":{${member}}`;
    else {
      if (mentionsOriginalUri(bytes.subarray(propertiesStart, propertiesEnd))) return undefined;
      const end = propertiesEnd - 1;
      const isFirst = isEmptyBag(bytes, end);
      edits.push({ start: end, end, text: isFirst ? member : `,${member}` });
      edits.sort((one, other) => one.start - other.start);
    }
  }
  const last = bytes.length - 1;
  if (behind !== '') edits.push({ start: last, end: last, text: behind });
  return edits;
}

/** Whether nothing but white space stands between the brace at `end` and the one in front of it. */
function isEmptyBag(bytes: Uint8Array, end: number): boolean {
  let at = end - 1;
  while ((bytes[at] as number) <= 0x20) at -= 1;
  return bytes[at] === 0x7b;
}

const decoder = new TextDecoder();

function mentionsOriginalUri(bag: Uint8Array): boolean {
  return decoder.decode(bag).includes('originalUri');
}

/** Whether nothing of what is written is to be repaired once more. */
function isSettled(facts: ResultFacts, runner: RuleRunner): boolean {
  if ((facts.flags & DOUBT) !== 0 || !runner.isFinal(facts)) return false;
  return runner.verdictsOn(facts)?.every(({ fixed }) => fixed === undefined) === true;
}
