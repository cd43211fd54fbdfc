import type { Doubt } from '../diagnostics/doubt.ts';
import { Refusal } from '../shell/drafts.ts';
import type { Severity } from '../shell/severity.ts';
import { cweOf, cweTexts } from '../taxonomies/cwe.ts';
import type { Taxon } from '../taxonomies/taxon.ts';
import { Fields, type KeptValue } from '../values/fields.ts';
import { isObject, type JsonObject, kindOf } from '../values/json-object.ts';
import { type Evidence, readEvidence } from './evidence.ts';
import { severityOf } from './severity.ts';
import { readSpan, type SourceSpan } from './source-span.ts';
import type { Family } from './tool.ts';
import { contextMembers, readContext, type ViolationContext } from './violation-context.ts';

/** A secret, a weak configuration, weak or malicious code that the command line tool found in a file, checked. */
export interface SourceFinding extends ViolationContext {
  readonly raw: JsonObject;
  readonly ruleId: string;
  readonly severity: Severity;
  readonly severityText: string | undefined;
  readonly file: string | undefined;
  readonly span: SourceSpan | undefined;
  /** Of secrets JFrog masks it. */
  readonly snippet: string | undefined;
  readonly finding: string | undefined;
  readonly shortDescription: string | undefined;
  readonly description: string | undefined;
  readonly fingerprint: string | undefined;
  /** The id of the violation, where the row is one. */
  readonly issueId: string | undefined;
  /** What contextual analysis, or trying out a token, says. */
  readonly status: string | undefined;
  readonly evidence: readonly Evidence[];
  readonly taxa: readonly Taxon[];
  readonly flows: readonly (readonly Evidence[])[];
  readonly kept: readonly KeptValue[];
}

const members = new Set([
  ...contextMembers,
  'severity',
  'ruleId',
  'issueId',
  'cwe',
  'scannerShortDescription',
  'scannerDescription',
  'file',
  'startLine',
  'startColumn',
  'endLine',
  'endColumn',
  'lineColumn',
  'snippet',
  'text',
  'type',
  'finding',
  'fingerprint',
  'applicability',
  'codeFlow',
  'origin',
]);
const statusMembers = new Set(['status', 'scannerDescription', 'undeterminedReason', 'evidence']);

/** Unknown in, checked out. A row without rule, finding and description cannot become a result. */
export function parseSourceRow(
  value: unknown,
  doubt: Doubt,
  family: Family,
  isViolation: boolean,
): SourceFinding | Refusal {
  if (!isObject(value)) return new Refusal(`This finding is ${kindOf(value)} instead of an object.`);
  const row = new Fields(value, doubt);
  const finding = row.text('finding') || row.text('type') || undefined;
  const description = row.text('scannerDescription') || undefined;
  const ruleId = row.text('ruleId')?.trim() || withoutRule(family, finding ?? description);
  if (ruleId === undefined) {
    return new Refusal('This finding has no "ruleId", "finding" or "scannerDescription": what was found is not known.');
  }
  row.keepUnknown(members);
  row.keep('origin');
  const file = row.text('file') || undefined;
  if (file === undefined) row.doubt('SF-K103', undefined, 'The finding has no "file", so its place is not known.');
  const status = row.nested('applicability');
  status?.keepUnknown(statusMembers);
  for (const name of ['scannerDescription', 'undeterminedReason']) status?.keep(name, status.text(name) || undefined);
  return {
    ...readContext(row, isViolation, false),
    raw: value,
    ruleId,
    ...readSeverity(row),
    file,
    span: readSpan(row),
    snippet: row.text('snippet') || row.text('text') || undefined,
    finding,
    shortDescription: row.text('scannerShortDescription') || undefined,
    description,
    fingerprint: usable(row.text('fingerprint')),
    issueId: row.label('issueId')?.trim() || undefined,
    status: status?.text('status') || undefined,
    evidence: status === undefined ? [] : readEvidence(status, 'evidence'),
    taxa: readTaxa(row),
    flows: readFlows(row),
    kept: row.kept,
  };
}

/** Older versions write no rule: what they say about the finding is the same for all findings of one. */
function withoutRule(family: Family, text: string | undefined): string | undefined {
  const words = text
    ?.toLowerCase()
    .slice(0, 200)
    .match(/[\p{L}\p{N}]+/gu);
  return words == null ? undefined : `${family}/${words.join('-').slice(0, 80).replace(/-$/, '')}`;
}

function usable(fingerprint: string | undefined): string | undefined {
  const text = fingerprint?.trim();
  return text === undefined || text === '' || /^0+$/.test(text) ? undefined : text;
}

function readSeverity(row: Fields): Pick<SourceFinding, 'severity' | 'severityText'> {
  const severityText = row.text('severity');
  const severity = severityText === undefined ? undefined : severityOf(severityText);
  if (severity !== undefined) return { severity, severityText };
  if (severityText !== undefined) {
    row.doubt('SF-K104', 'severity', `The severity ${JSON.stringify(severityText)} is none of JFrog's.`);
  } else if (row.object['severity'] === undefined || row.object['severity'] === null) {
    row.doubt('SF-K104', undefined, 'The finding has no "severity".');
  }
  return { severity: 'unknown', severityText };
}

function readTaxa(row: Fields): Taxon[] {
  const taxa = new Map<string, Taxon>();
  for (const text of row.texts('cwe').flatMap(cweTexts)) {
    const taxon = cweOf(text);
    if (taxon !== undefined) {
      taxa.set(taxon.id, taxon);
      continue;
    }
    if (text.trim() === '') continue;
    row.doubt('SF-K108', 'cwe', `${JSON.stringify(text)} names no CWE by number.`);
    row.keep('cwe', text);
  }
  return [...taxa.values()];
}

/** Each inner list is one way that data can take. */
function readFlows(row: Fields): Evidence[][] {
  const flows: Evidence[][] = [];
  for (const [index, flow] of (row.list('codeFlow') ?? []).entries()) {
    if (!Array.isArray(flow)) {
      row.doubtValue(['codeFlow', index], flow, 'an array of places');
      continue;
    }
    const steps = readEvidence(row.at({ flow }, ['codeFlow', index]), 'flow');
    if (steps.length > 0) flows.push(steps);
  }
  return flows;
}
