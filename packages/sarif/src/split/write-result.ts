import type { ResultEvent } from '../events/event.ts';
import type { Result } from '../model/model.ts';
import type { Mutable } from '../normalize/repair.ts';
import { pointAtAddedRule, pointAtRule } from '../normalize/rule-id.ts';
import { FOREIGN_URI, HAS_REFERENCE, OTHER_INDEX } from '../recognise/primitives.ts';
import type { ResultFacts } from '../recognise/result-facts.ts';
import type { FoundRule } from '../run/rule-lookup.ts';
import type { ByteBuffer } from './byte-buffer.ts';
import { referencesOf } from './references.ts';
import type { RunSection } from './run-section.ts';
import { mentionsSarifUri } from './sarif-uris.ts';
import { spliceIndices } from './splice.ts';

const encoder = new TextEncoder();

/**
 * Appends the JSON text of a result as it stands in a part: indices point to the part's own arrays. The result's bytes are
 * used where they can be; what is written from the object is the same document.
 */
export function writeResult(event: ResultEvent, section: RunSection, position: number, out: ByteBuffer): void {
  const { text } = event;
  const bytes = text === undefined || text.spaced ? undefined : text.bytes;
  const isAbsolute = text?.facts === undefined || (text.facts.flags & FOREIGN_URI) !== 0;
  const hasUris = bytes === undefined ? undefined : mentionsSarifUri(bytes, isAbsolute);
  if (bytes !== undefined && hasUris === false) {
    if (text?.facts !== undefined && writeProven(event, bytes, text.facts, section, out)) return;
    if (writeBytes(event, bytes, section, out)) return;
  }
  out.append(encoder.encode(fromObject(event, section, position)));
}

/** The same from what the bytes prove; false, having written nothing, when only the object tells what to write. */
function writeProven(
  { prefix, addedRule }: ResultEvent,
  bytes: Uint8Array,
  facts: ResultFacts,
  section: RunSection,
  out: ByteBuffer,
): boolean {
  const { flags, artifacts, ruleIndexStart, ruleIndexEnd, referenceIndexStart, referenceIndexEnd } = facts;
  const hasRuleIndex = ruleIndexEnd > 0;
  const hasReferenceIndex = referenceIndexEnd > 0;
  if ((flags & OTHER_INDEX) !== 0 || !section.split.rules.isRecognised(facts)) return false;
  if (addedRule !== undefined && (flags & HAS_REFERENCE) !== 0) return false;
  const found = section.split.rules.findByFacts(facts);
  if ((hasRuleIndex || hasReferenceIndex) && addedRule === undefined) {
    const counted = (flags & HAS_REFERENCE) === 0 || facts.component < 0 ? 'driver' : facts.component;
    if (found.descriptor === undefined || found.component !== counted) return false;
  }
  for (let at = 2; at < artifacts.length; at += 3) {
    if (!section.hasElement('artifacts', artifacts[at]!)) return false;
  }
  const position = section.useRule(found, addedRule);
  let from = 0;
  if (prefix !== undefined) {
    out.append(encoder.encode(`{${prefix}`));
    from = 1;
  }
  let ruleIndexDone = !hasRuleIndex;
  let referenceDone = !hasReferenceIndex;
  /** Writes the indices to rules that stand before a place. */
  const writeRules = (before: number) => {
    const ruleFirst = !ruleIndexDone && (referenceDone || ruleIndexStart < referenceIndexStart);
    for (const isRule of ruleFirst ? [true, false] : [false, true]) {
      const start = isRule ? ruleIndexStart : referenceIndexStart;
      if ((isRule ? ruleIndexDone : referenceDone) || start > before) continue;
      out.appendRange(bytes, from, start);
      out.appendNumber(position);
      from = isRule ? ruleIndexEnd : referenceIndexEnd;
      if (isRule) ruleIndexDone = true;
      else referenceDone = true;
    }
  };
  for (let at = 0; at < artifacts.length; at += 3) {
    const start = artifacts[at]!;
    if (!ruleIndexDone || !referenceDone) writeRules(start);
    out.appendRange(bytes, from, start);
    out.appendNumber(section.useElement('artifacts', artifacts[at + 2]!) as number);
    from = artifacts[at + 1]!;
  }
  if (!ruleIndexDone || !referenceDone) writeRules(bytes.length);
  out.appendRange(bytes, from, bytes.length);
  return true;
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
  const text = JSON.stringify(given);
  const hasUris = text.includes('sarif:');
  const { indices, taxa } = referencesOf('result', given);
  const isMoved = hasUris || indices.length > 0 || taxa.length > 0;
  const result: Mutable<Result> = isMoved ? (JSON.parse(text) as Result) : { ...given };
  section.rewrite(referencesOf('result', result));
  if (hasUris) section.moveUris(result, resultIndex, position);
  if (addedRule !== undefined) pointAtAddedRule(result, addedRule.id, rulePosition);
  else pointAtRule(result, found.ruleId, isCounted(found, given, section) ? rulePosition : undefined);
  return JSON.stringify(result);
}
