import type { Doubt } from '../diagnostics/doubt.ts';
import { type Refusal, Refusal as Refused } from '../shell/drafts.ts';
import type { Severity } from '../shell/severity.ts';
import { cweOf } from '../taxonomies/cwe.ts';
import { owaspOf } from '../taxonomies/owasp.ts';
import { Fields, type KeptValue } from '../values/fields.ts';
import { isObject, type JsonObject, kindOf } from '../values/json-object.ts';
import { type FlowStep, readDataFlow } from './data-flow.ts';
import { type Dependency, readDependency } from './dependency.ts';
import { unlessWithheld, usableIdentity } from './placeholder.ts';
import { severityOf } from './severity.ts';
import { readSpan, type Span } from './span.ts';

/** One entry of `results` in the JSON of `semgrep scan` and `semgrep ci`, checked. */
export interface CliFinding {
  readonly checkId: string;
  readonly path: string | undefined;
  readonly span: Span | undefined;
  readonly message: string | undefined;
  readonly severity: Severity;
  /** The severity as written. */
  readonly severityText: string | undefined;
  readonly isSecurity: boolean;
  readonly metadata: JsonObject;
  /** The matched lines, whole. */
  readonly lines: string | undefined;
  /** What to put in place of the match; empty to delete it. */
  readonly fix: string | undefined;
  readonly fingerprint: string | undefined;
  /** Undefined when Semgrep does not say. */
  readonly isIgnored: boolean | undefined;
  readonly validationState: string | undefined;
  readonly dependency: Dependency | undefined;
  readonly flow: readonly FlowStep[];
  /** Values that carry source text and are left out unless asked for. */
  readonly source: readonly KeptValue[];
  readonly kept: readonly KeptValue[];
}

const rootMembers = new Set(['check_id', 'path', 'start', 'end', 'extra']);
const extraMembers = new Set([
  'message',
  'metadata',
  'severity',
  'metavars',
  'lines',
  'fix',
  'fix_regex',
  'fixed_lines',
  'is_ignored',
  'fingerprint',
  'engine_kind',
  'validation_state',
  'historical_info',
  'dataflow_trace',
  'sca_info',
  'extra_extra',
]);
const validationStates = new Set(['CONFIRMED_VALID', 'CONFIRMED_INVALID', 'VALIDATION_ERROR', 'NO_VALIDATOR']);
const noMetadata: JsonObject = Object.freeze({});

/** Unknown in, checked out. Only an entry without a rule id cannot become a result. */
export function parseCliFinding(value: unknown, doubt: Doubt): CliFinding | Refusal {
  if (!isObject(value)) return new Refused(`This finding is ${kindOf(value)} instead of an object.`);
  const checkId = value['check_id'];
  if (typeof checkId !== 'string' || checkId === '') {
    const where = typeof value['path'] === 'string' ? ` in ${value['path']}` : '';
    return new Refused(`This finding${where} has no "check_id", so the rule that found it is not known.`);
  }
  const root = new Fields(value, doubt);
  root.keepUnknown(rootMembers);
  const path = pathOf(root);
  const span = readSpan(root);
  if (span === undefined && value['start'] === undefined) {
    root.doubt('SF-K103', undefined, 'The finding has no "start", so its line is not known.');
  }
  const extra = root.nested('extra') ?? new Fields(noMetadata, doubt, ['extra'], root.kept);
  extra.keepUnknown(extraMembers);
  const metadata = extra.nested('metadata')?.object ?? noMetadata;
  const dependency = readDependency(extra);
  const validationState = readValidationState(extra);
  const isSecurity = isSecurityFinding(metadata, dependency, validationState);
  const severity = readSeverity(extra, metadata, dependency, isSecurity);
  const flow = readDataFlow(extra, { path, span });
  for (const name of ['engine_kind', 'historical_info', 'fix_regex', 'extra_extra']) extra.keep(name);
  return {
    checkId,
    path,
    span,
    message: readMessage(extra),
    ...severity,
    isSecurity,
    metadata,
    lines: unlessWithheld(extra.text('lines')) || undefined,
    fix: unlessWithheld(extra.text('fix')),
    fingerprint: usableIdentity(extra.text('fingerprint')),
    isIgnored: extra.flag('is_ignored'),
    validationState,
    dependency,
    flow,
    source: sourceValues(extra.object),
    kept: root.kept,
  };
}

function pathOf(root: Fields): string | undefined {
  const path = root.text('path');
  if (path !== undefined && path !== '') return path;
  if (root.object['path'] === undefined || path === '') {
    root.doubt('SF-K103', undefined, 'The finding has no "path", so its file is not known.');
  }
  return undefined;
}

function readMessage(extra: Fields): string | undefined {
  const message = extra.text('message');
  if (message !== undefined && message.trim() !== '') return message;
  if (message !== undefined || extra.object['message'] === undefined) {
    extra.doubt('SF-K103', undefined, 'The finding has no "extra.message"; the rule is named instead.');
  }
  return undefined;
}

function readValidationState(extra: Fields): string | undefined {
  const state = extra.text('validation_state');
  if (state === undefined) return undefined;
  extra.keep('validation_state');
  if (!validationStates.has(state)) {
    const known = [...validationStates].join(', ');
    extra.doubt('SF-K105', 'validation_state', `The validation state ${JSON.stringify(state)} is none of ${known}.`);
  }
  return state;
}

/** Secrets have a validator; `NO_VALIDATOR` is printed for everything else. */
function isSecurityFinding(
  metadata: JsonObject,
  dependency: Dependency | undefined,
  validation: string | undefined,
): boolean {
  if (dependency !== undefined) return true;
  if (validation !== undefined && validation !== 'NO_VALIDATOR') return true;
  if (metadata['category'] !== undefined) return metadata['category'] === 'security';
  return (
    hasTaxon(metadata['cwe'], cweOf) ||
    hasTaxon(metadata['owasp'], owaspOf) ||
    metadata['security-severity'] !== undefined
  );
}

function hasTaxon(value: unknown, parse: (text: string) => unknown): boolean {
  const texts = Array.isArray(value) ? (value as unknown[]) : [value];
  return texts.some((text) => typeof text === 'string' && parse(text) !== undefined);
}

function readSeverity(
  extra: Fields,
  metadata: JsonObject,
  dependency: Dependency | undefined,
  isSecurity: boolean,
): Pick<CliFinding, 'severity' | 'severityText'> {
  const severityText = extra.text('severity');
  // The rule's severity says how urgent a match is; for a dependency the advisory's own is finer.
  const advisory = dependency === undefined ? undefined : metadata['sca-severity'];
  if (typeof advisory === 'string') {
    const severity = severityOf(advisory, isSecurity);
    if (severity !== undefined) return { severity, severityText };
  }
  const severity = severityText === undefined ? undefined : severityOf(severityText, isSecurity);
  if (severity !== undefined) return { severity, severityText };
  if (severityText !== undefined) {
    extra.doubt('SF-K104', 'severity', `The severity ${JSON.stringify(severityText)} is none of Semgrep's.`);
  } else if (extra.object['severity'] === undefined || extra.object['severity'] === null) {
    extra.doubt('SF-K104', undefined, 'The finding has no "extra.severity".');
  }
  return { severity: 'unknown', severityText };
}

function sourceValues(extra: JsonObject): KeptValue[] {
  const values: KeptValue[] = [];
  const { metavars, fixed_lines: fixedLines } = extra;
  if (isObject(metavars) ? Object.keys(metavars).length > 0 : metavars !== undefined && metavars !== null) {
    values.push({ field: 'extra.metavars', value: metavars });
  }
  if (fixedLines !== undefined && fixedLines !== null) values.push({ field: 'extra.fixed_lines', value: fixedLines });
  return values;
}
