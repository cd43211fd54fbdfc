import type { ResultEvent } from '../events/event.ts';
import { levelPrefixes } from '../events/levelled-result.ts';
import type { ResultBlock } from '../events/result-block.ts';
import { copyJson } from '../json/copy-json.ts';
import type { Level, Result } from '../model/model.ts';
import type { Mutable } from '../normalize/repair.ts';
import { referencesOf } from '../positions/references.ts';
import { mentionsSarifUri } from '../positions/sarif-uris.ts';
import { DOUBT, HAS_REFERENCE, SPACED } from '../recognise/portable/layout.ts';
import { isSure, type ResultFacts } from '../recognise/result-facts.ts';
import { pointAtAddedRule, pointAtRule } from '../run/point-at-rule.ts';
import type { FoundRule } from '../run/rule-lookup.ts';
import type { ByteBuffer } from './byte-buffer.ts';
import type { RunSection } from './run-section.ts';
import { spliceIndices } from './splice.ts';

const encoder = new TextEncoder();

/**
 * Appends the JSON text of a result as it stands in a part: indices point to the part's own arrays. The result's bytes are
 * used where they can be; what is written from the object is the same document.
 */
export function writeResult(event: ResultEvent, section: RunSection, position: number, out: ByteBuffer): void {
  const { text } = event;
  const bytes = text === undefined || text.spaced ? undefined : text.bytes;
  const facts = text?.facts;
  if (bytes !== undefined) {
    const proven = facts !== undefined && (facts.flags & DOUBT) === 0 ? facts : undefined;
    const isAllProven = proven !== undefined && isSure(proven);
    if (isAllProven || !mentionsSarifUri(bytes, true)) {
      const stretch = { bytes, start: 0, end: bytes.length };
      if (proven !== undefined && writeProven(event, proven, stretch, section, out)) return;
      const isFree = !isAllProven || !mentionsSarifUri(bytes, false);
      if (isFree && writeBytes(event, bytes, section, out)) return;
    }
  }
  out.appendText(fromObject(event, section, position));
}

/**
 * The same for a result of a block; false, having written nothing, when it takes an event to know what to write.
 */
export function writeOfBlock(block: ResultBlock, at: number, section: RunSection, out: ByteBuffer): boolean {
  const facts = block.factsAt(at);
  if (!isSure(facts) || (facts.flags & SPACED) !== 0) return false;
  const level = block.addedLevelAt(at);
  const stretch = { bytes: block.bytes, start: block.startOf(at), end: block.endOf(at) };
  const written = level === undefined ? asItIs : levelled[level];
  return writeProven(written, facts, stretch, section, out);
}

type Added = Pick<ResultEvent, 'prefix' | 'addedRule'>;

const asItIs: Added = {};
const levelled: Readonly<Record<Level, Added>> = {
  none: { prefix: levelPrefixes.none },
  note: { prefix: levelPrefixes.note },
  warning: { prefix: levelPrefixes.warning },
  error: { prefix: levelPrefixes.error },
};

/** Where a result stands. */
interface Stretch {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** The same from what the bytes prove; false, having written nothing, when only the object tells what to write. */
function writeProven(
  { prefix, addedRule }: Added,
  facts: ResultFacts,
  stretch: Stretch,
  section: RunSection,
  out: ByteBuffer,
): boolean {
  const { bytes, start: first } = stretch;
  const { siteCount, ruleIndexStart, ruleIndexEnd, referenceIndexStart, referenceIndexEnd } = facts;
  const hasRuleIndex = ruleIndexEnd > 0;
  const hasReferenceIndex = referenceIndexEnd > 0;
  if (addedRule !== undefined && (facts.flags & HAS_REFERENCE) !== 0) return false;
  for (let site = 0; site < siteCount; site += 1) {
    if (!section.hasArtifact(facts.siteIndex(site))) return false;
  }
  const position = addedRule === undefined ? section.useNotedRule(facts) : section.addRule(addedRule);
  // Of a rule that is not there, or not where the index counts, only the object tells what to write.
  if ((hasRuleIndex || hasReferenceIndex) && position === undefined) return false;
  let from = first;
  if (prefix !== undefined) {
    out.append(openingOf(prefix));
    from += 1;
  }
  // At most two indices to rules, which stand anywhere between those to artifacts.
  const ruleFirst = hasRuleIndex && (!hasReferenceIndex || ruleIndexStart < referenceIndexStart);
  let start = ruleFirst ? ruleIndexStart : hasReferenceIndex ? referenceIndexStart : nowhere;
  let end = ruleFirst ? ruleIndexEnd : referenceIndexEnd;
  const isBoth = hasRuleIndex && hasReferenceIndex;
  let laterStart = isBoth ? Math.max(ruleIndexStart, referenceIndexStart) : nowhere;
  const laterEnd = Math.max(ruleIndexEnd, referenceIndexEnd);
  const length = stretch.end - first;
  for (let site = 0; site <= siteCount; site += 1) {
    const siteStart = site === siteCount ? length : facts.siteStart(site);
    while (start < siteStart) {
      out.appendRange(bytes, from, first + start);
      out.appendNumber(position as number);
      from = first + end;
      start = laterStart;
      end = laterEnd;
      laterStart = nowhere;
    }
    out.appendRange(bytes, from, first + siteStart);
    if (site === siteCount) break;
    out.appendNumber(section.useArtifact(facts.siteIndex(site)));
    from = first + facts.siteEnd(site);
  }
  return true;
}

/** Beyond every place of a result. */
const nowhere = Number.MAX_SAFE_INTEGER;

/** The few prefixes that there are, with the brace in front of them. */
const openings = new Map<string, Uint8Array>();

function openingOf(prefix: string): Uint8Array {
  let bytes = openings.get(prefix);
  if (bytes === undefined) {
    bytes = encoder.encode(`{${prefix}`);
    if (openings.size < 100) openings.set(prefix, bytes);
  }
  return bytes;
}

/** Writes the result's own bytes with new indices; false, having written nothing, when only the object tells what to write. */
function writeBytes(
  { result, prefix, addedRule }: ResultEvent,
  bytes: Uint8Array,
  section: RunSection,
  out: ByteBuffer,
): boolean {
  const { ruleIndex, rule } = result;
  const { indices, taxa } = referencesOf('result', result);
  if (taxa.length > 0 || (addedRule !== undefined && rule !== undefined)) return false;
  const hasRuleIndex = ruleIndex !== undefined;
  const hasReference = rule?.index !== undefined;
  const found = section.split.rules.find(result);
  if ((hasRuleIndex || hasReference) && addedRule === undefined && !isCounted(found, result, section)) return false;
  for (const { array, holder } of indices) {
    if (array !== 'artifacts' || !section.hasElement('artifacts', holder.index ?? -1)) return false;
  }
  const start = out.length;
  const position = section.useRule(found, addedRule);
  if (prefix !== undefined) out.append(encoder.encode(`{${prefix}`));
  const rest = prefix === undefined ? bytes : bytes.subarray(1);
  if (indices.length === 0 && !hasRuleIndex && !hasReference) {
    out.append(rest);
    return true;
  }
  const newIndices = {
    ruleIndex: hasRuleIndex ? position : undefined,
    ruleReference: hasReference ? position : undefined,
    artifactAt: (index: number) => section.useElement('artifacts', index) as number,
    artifactReferences: indices.length,
  };
  if (spliceIndices(rest, newIndices, out)) return true;
  out.cutTo(start);
  return false;
}

/** Whether the descriptor stands where the indices of the result count. */
function isCounted({ descriptor, component }: FoundRule, { rule }: Result, { split }: RunSection): boolean {
  return descriptor !== undefined && component === split.rules.indexedComponent(rule);
}

function fromObject(
  { result: given, resultIndex, addedRule }: ResultEvent,
  section: RunSection,
  position: number,
): string {
  const found = section.split.rules.find(given);
  const rulePosition = section.useRule(found, addedRule);
  const { indices, taxa } = referencesOf('result', given);
  const isRewritten = indices.length > 0 || taxa.length > 0;
  const result: Mutable<Result> = isRewritten ? copyJson(given) : { ...given };
  if (isRewritten) section.rewrite(referencesOf('result', result));
  if (addedRule !== undefined) pointAtAddedRule(result, addedRule.id, rulePosition);
  else pointAtRule(result, found.ruleId, isCounted(found, given, section) ? rulePosition : undefined);
  const text = JSON.stringify(result);
  if (!text.includes('sarif:')) return text;
  const moved = JSON.parse(text) as Mutable<Result>;
  section.moveUris(moved, resultIndex, position);
  return JSON.stringify(moved);
}
