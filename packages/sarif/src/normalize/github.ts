import type { Message, ReportingDescriptor, Result, RunHeader } from '../model/model.ts';
import { ignoredProperty } from '../rules/github/g015-ignored-property.ts';
import { tagsOf } from '../run/cwe.ts';
import { missingGithubTags } from '../run/github-tags.ts';
import { mapToolRules } from '../run/map-tool-rules.ts';
import type { RunContext } from '../run/run-context.ts';
import { TaxonLookup } from '../run/taxa.ts';
import { walkTo } from '../run/walk.ts';
import { placedMessage, placedResultMessage, writeInFull } from '../run/write-message.ts';
import type { DidRepair, ResultRepair } from './repair.ts';

/** Texts that a reader would have to look up or put together. */
const writeMessages: ResultRepair = (result, { run, rules }, did) => {
  let count = 0;
  forEachUnfinished(result, (message) => {
    const placed = message === result.message ? placedResultMessage(result, run, rules) : placedMessage(message, run);
    if (writeInFull(placed, run)) count += 1;
  });
  if (count > 0)
    did(ignoredProperty, `${count === 1 ? 'One message is' : `${count} messages are`} written in full.`, []);
};

/** An id below that of its rule becomes the rule's: GitHub compares whole ids. */
const collapseSubId: ResultRepair = (result, { rules }, did) => {
  const subId = subIdOf(result, rules);
  if (subId === undefined) return;
  const { ruleId, parent } = subId;
  result.ruleId = parent;
  if (result.rule?.id !== undefined) result.rule = { ...result.rule, id: parent };
  result.properties = { 'original/ruleId': ruleId, ...result.properties };
  did(ignoredProperty, `The ruleId '${parent}' of the descriptor is written.`, ['ruleId']);
};

/** Writes out what GitHub would not look up, beside what all destinations need. */
export const githubRepairs: readonly ResultRepair[] = [writeMessages, collapseSubId];

/** Whether `githubRepairs` have anything to do. */
export function needsGithubRepair(result: Result, { rules }: RunContext): boolean {
  let isUnfinished = false;
  forEachUnfinished(result, () => {
    isUnfinished = true;
  });
  return isUnfinished || subIdOf(result, rules) !== undefined;
}

/** Adds a tag such as `external/cwe/cwe-079` to each rule for each weakness that it names in another way. */
export function writeGithubTags(run: RunHeader, did: DidRepair): RunHeader {
  const taxa = new TaxonLookup(run);
  return mapToolRules(run, (rule, path) => withGithubTags(rule, run, taxa, (fix) => did(ignoredProperty, fix, path)));
}

/** The same for one rule; `did` is told what was added. */
export function withGithubTags(
  rule: ReportingDescriptor,
  run: RunHeader,
  taxa: TaxonLookup,
  did: (fix: string) => void,
): ReportingDescriptor {
  const missing = missingGithubTags(rule, run, taxa);
  if (missing.length === 0) return rule;
  did(`The tags ${missing.join(', ')} are added.`);
  return { ...rule, properties: { ...rule.properties, tags: [...tagsOf(rule.properties), ...missing] } };
}

const toMessages = walkTo(['message']);

/** Messages that are given by an id alone, or with arguments that are still to be put in. */
function forEachUnfinished(result: Result, visit: (message: Message) => void): void {
  toMessages('result', result, (_kind, message) => {
    const isById = message.id !== undefined && message.text === undefined;
    if (isById || message.arguments !== undefined) visit(message);
  });
}

function subIdOf(result: Result, rules: RunContext['rules']): { ruleId: string; parent: string } | undefined {
  const { descriptor, ruleId } = rules.find(result);
  const parent = descriptor?.id;
  return parent !== undefined && ruleId?.startsWith(`${parent}/`) === true ? { ruleId, parent } : undefined;
}
