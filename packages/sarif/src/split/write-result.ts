import type { ResultEvent, ResultText } from '../events/event.ts';
import type { ReportingDescriptor, Result } from '../model/model.ts';
import type { Mutable } from '../normalize/repair.ts';
import { HAS_REFERENCE, OTHER_INDEX, OTHER_RULE } from '../recognise/primitives.ts';
import type { ResultFacts } from '../recognise/result-facts.ts';
import type { FoundRule } from '../run/rule-lookup.ts';
import type { ByteBuffer } from './byte-buffer.ts';
import { type References, referencesOf } from './references.ts';
import type { RunSection } from './run-section.ts';
import { spliceIndices } from './splice.ts';

const encoder = new TextEncoder();

/**
 * Appends the JSON text of a result as it stands in a part: indices point to the part's own arrays. The result's bytes are
 * used where they can be; what is written from the object is the same document.
 */
export function writeResult(event: ResultEvent, section: RunSection, out: ByteBuffer): void {
  const { text, addedRule } = event;
  if (text?.facts !== undefined && !text.spaced && writeProven(event, text, text.facts, section, out)) return;
  const { result } = event;
  const found = section.split.rules.find(result);
  const position = section.useRule(found, addedRule);
  const references = referencesOf(result);
  if (text !== undefined && !text.spaced && writeBytes(event, text.bytes, position, references, section, out)) return;
  out.append(encoder.encode(fromObject(result, position, found, addedRule, references, section)));
}

/** The same from what the bytes prove; false, having written nothing, when only the object tells what to write. */
function writeProven(
  { prefix, addedRule }: ResultEvent,
  { bytes }: ResultText,
  facts: ResultFacts,
  section: RunSection,
  out: ByteBuffer,
): boolean {
  const { flags, artifacts, ruleIndexStart, ruleIndexEnd, referenceIndexStart, referenceIndexEnd } = facts;
  const hasRuleIndex = ruleIndexEnd > 0;
  const hasReferenceIndex = referenceIndexEnd > 0;
  if ((flags & (OTHER_INDEX | OTHER_RULE)) !== 0) return false;
  if (addedRule !== undefined && (flags & HAS_REFERENCE) !== 0) return false;
  const position = section.useRule(section.split.rules.findByFacts(facts), addedRule);
  if (position < 0 && (hasRuleIndex || hasReferenceIndex)) return false;
  for (let at = 2; at < artifacts.length; at += 3) {
    if (section.useElement('artifacts', artifacts[at]!) === undefined) return false;
  }
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
  { result: { ruleIndex, rule }, prefix }: ResultEvent,
  bytes: Uint8Array,
  position: number,
  { indices, taxa, traversals }: References,
  section: RunSection,
  out: ByteBuffer,
): boolean {
  if (taxa.length > 0 || traversals.length > 0) return false;
  const hasRuleIndex = ruleIndex !== undefined;
  const hasReference = rule?.index !== undefined;
  if ((hasRuleIndex || hasReference) && position < 0) return false;
  for (const { array, holder } of indices) {
    const { index } = holder;
    if (array !== 'artifacts' || index === undefined || index < 0) return false;
    if (section.useElement('artifacts', index) === undefined) return false;
  }
  const start = out.length;
  if (prefix !== undefined) out.append(encoder.encode(`{${prefix}`));
  const rest = prefix === undefined ? bytes : bytes.subarray(1);
  if (indices.length === 0 && !hasRuleIndex && !hasReference) {
    out.append(rest);
    return true;
  }
  const newIndices = {
    ruleIndex: hasRuleIndex ? position : undefined,
    ruleReference: hasReference ? position : undefined,
    artifactAt: (index: number) => section.useElement('artifacts', index),
    artifactReferences: indices.length,
  };
  if (spliceIndices(rest, newIndices, out)) return true;
  out.cutTo(start);
  return false;
}

function fromObject(
  result: Mutable<Result>,
  position: number,
  found: FoundRule,
  addedRule: ReportingDescriptor | undefined,
  references: References,
  section: RunSection,
): string {
  const undo = section.rewrite(references);
  const { ruleIndex, rule, ...rest } = result;
  // A descriptor that was added stands in the driver, whatever component the reference named.
  const isIndexed = position >= 0 && (addedRule !== undefined || found.component === 'driver');
  const copy = {
    ...rest,
    ...(ruleIndex === undefined ? {} : isIndexed || rule?.toolComponent !== undefined ? { ruleIndex: position } : {}),
    ...(rule === undefined ? {} : { rule: moved(rule, position, addedRule) }),
  };
  const json = JSON.stringify(copy);
  undo();
  return json;
}

function moved(rule: NonNullable<Result['rule']>, position: number, addedRule: ReportingDescriptor | undefined): Result['rule'] {
  const { index, toolComponent, ...rest } = rule;
  const kept = addedRule === undefined && toolComponent !== undefined ? { toolComponent } : {};
  if (addedRule !== undefined) return { id: addedRule.id, ...(index === undefined ? {} : { index: position }) };
  return { ...rest, ...(index === undefined || position < 0 ? {} : { index: position }), ...kept };
}
