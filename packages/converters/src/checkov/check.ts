import type { Suppression } from '@sariflow/sarif';
import type { Doubt } from '../diagnostics/doubt.ts';
import { Refusal } from '../shell/drafts.ts';
import { agreeingScore, type Severity } from '../shell/severity.ts';
import { cweOf, cweTexts } from '../taxonomies/cwe.ts';
import { owaspOf } from '../taxonomies/owasp.ts';
import type { Taxon } from '../taxonomies/taxon.ts';
import { Fields, type KeptValue } from '../values/fields.ts';
import { isObject, type JsonObject, kindOf } from '../values/json-object.ts';
import { readVulnerability, type Vulnerability } from './vulnerability.ts';

/** A place in a file. */
export interface Place {
  readonly file: string;
  readonly startLine: number | undefined;
  readonly endLine: number | undefined;
}

/** A check that failed, or that was skipped, checked. */
export interface Check {
  readonly ruleId: string;
  readonly name: string | undefined;
  readonly severity: Severity;
  /** Without an account at the vendor, Checkov says no severity. */
  readonly severityText: string | undefined;
  readonly score: number | undefined;
  readonly place: Place | undefined;
  readonly caller: Place | undefined;
  readonly snippet: string | undefined;
  readonly resource: string | undefined;
  readonly suppressions: readonly Suppression[];
  readonly description: string | undefined;
  readonly guideline: string | undefined;
  readonly taxa: readonly Taxon[];
  readonly vulnerability: Vulnerability | undefined;
  /** The members that describe the rule, as written. */
  readonly about: JsonObject;
  readonly kept: readonly KeptValue[];
}

/** A check as the reader found it, and whether it was skipped. */
export class FoundCheck {
  readonly value: unknown;
  readonly isSkipped: boolean;

  constructor(value: unknown, isSkipped: boolean) {
    this.value = value;
    this.isSkipped = isSkipped;
  }
}

const members = new Set([
  'check_id',
  'bc_check_id',
  'check_name',
  'check_result',
  'code_block',
  'file_path',
  'file_abs_path',
  'repo_file_path',
  'file_line_range',
  'resource',
  'evaluations',
  'check_class',
  'fixed_definition',
  'entity_tags',
  'caller_file_path',
  'caller_file_line_range',
  'resource_address',
  'severity',
  'bc_category',
  'benchmarks',
  'description',
  'short_description',
  'vulnerability_details',
  'connected_node',
  'details',
  'check_len',
  'definition_context_file_path',
  'breadcrumbs',
  'guideline',
  'cwe',
  'owasp',
  'validation_status',
]);
const resultMembers = new Set(['result', 'evaluated_keys', 'suppress_comment', 'entity']);
const quietlyKept = [
  'bc_check_id',
  'file_abs_path',
  'evaluations',
  'check_class',
  'fixed_definition',
  'entity_tags',
  'resource_address',
  'bc_category',
  'benchmarks',
  'connected_node',
  'details',
  'check_len',
  'definition_context_file_path',
  'breadcrumbs',
  'validation_status',
];
const ruleMembers = ['check_name', 'description', 'short_description', 'guideline', 'cwe', 'owasp'];
const severities: ReadonlyMap<string, Severity> = new Map([
  ['CRITICAL', 'critical'],
  ['HIGH', 'high'],
  ['MEDIUM', 'medium'],
  ['MODERATE', 'medium'],
  ['LOW', 'low'],
  ['INFO', 'info'],
  ['NONE', 'info'],
]);

/** Unknown in, checked out. A check without an id cannot become a result. */
export function parseCheck({ value, isSkipped }: FoundCheck, doubt: Doubt): Check | Refusal {
  if (!isObject(value)) return new Refusal(`This check is ${kindOf(value)} instead of an object.`);
  const fields = new Fields(value, doubt);
  const vulnerability = readVulnerability(fields);
  const ruleId = vulnerability?.id ?? (fields.text('check_id') || fields.text('bc_check_id'))?.trim();
  if (ruleId === undefined || ruleId === '')
    return new Refusal('This check has no "check_id", so what failed is not known.');
  fields.keepUnknown(members);
  for (const name of quietlyKept) fields.keep(name);
  // Of advisories it is the same for all.
  if (vulnerability?.id !== undefined) for (const name of ['check_id', 'check_name']) fields.keep(name);
  const result = fields.nested('check_result');
  result?.keepUnknown(resultMembers);
  for (const name of ['evaluated_keys', 'entity']) result?.keep(name);
  const place = readPlace(fields, readPath(fields), 'file_line_range');
  if (place === undefined)
    fields.doubt('SF-K103', undefined, 'The check has no "file_path", so its place is not known.');
  const severity = readSeverity(fields, vulnerability);
  return {
    ruleId,
    name: vulnerability?.id === undefined ? fields.text('check_name') || undefined : undefined,
    ...severity,
    score: agreeingScore(severity.severity, vulnerability?.cvss),
    place,
    caller: readPlace(fields, fields.text('caller_file_path') ?? undefined, 'caller_file_line_range'),
    snippet: readCode(fields),
    resource: fields.text('resource') || undefined,
    suppressions: isSkipped ? [skipped(result)] : [],
    description:
      vulnerability?.description ?? (fields.text('description') || fields.text('short_description') || undefined),
    guideline: vulnerability?.link ?? (fields.text('guideline') || undefined),
    taxa: readTaxa(fields),
    vulnerability,
    about: Object.fromEntries(
      ruleMembers.filter((name) => Object.hasOwn(value, name)).map((name) => [name, value[name]]),
    ),
    kept: fields.kept,
  };
}

function skipped(result: Fields | undefined): Suppression {
  const comment = result?.text('suppress_comment')?.trim();
  return {
    kind: 'inSource',
    status: 'accepted',
    ...(comment !== undefined && comment !== '' && { justification: comment }),
  };
}

function readSeverity(
  fields: Fields,
  vulnerability: Vulnerability | undefined,
): Pick<Check, 'severity' | 'severityText'> {
  const severityText = vulnerability?.severity ?? fields.text('severity');
  // The middle is where SARIF puts a result whose level nobody says.
  if (severityText === undefined || severityText === '') return { severity: 'medium', severityText: undefined };
  const severity = severities.get(severityText.toUpperCase());
  if (severity !== undefined) return { severity, severityText };
  fields.doubt('SF-K104', 'severity', `The severity ${JSON.stringify(severityText)} is none of Checkov's.`);
  return { severity: 'unknown', severityText };
}

/** In the repository; where Checkov was started outside of it, in the directory that was scanned. */
function readPath(fields: Fields): string | undefined {
  const scanned = fields.text('file_path') || undefined;
  const inRepository = fields.text('repo_file_path') || undefined;
  if (scanned === undefined) return inRepository;
  const isOutside = inRepository === undefined || /^[\\/]{0,9}\.\.(?:[\\/]|$)/.test(inRepository);
  if (inRepository !== undefined && inRepository !== scanned) fields.keep(isOutside ? 'repo_file_path' : 'file_path');
  return isOutside ? scanned : inRepository;
}

/** Paths start with a slash, and mean the directory that was scanned. */
function readPlace(fields: Fields, path: string | undefined, rangeName: string): Place | undefined {
  const file = path?.replace(/^[\\/]{1,9}/, '');
  const range = fields.list(rangeName);
  if (file === undefined || file === '') return undefined;
  const [start, end] = range ?? [];
  const isStart = typeof start === 'number' && Number.isSafeInteger(start) && start >= 1;
  const isEnd = isStart && typeof end === 'number' && Number.isSafeInteger(end) && end >= start;
  // [0, 0] and the like are how checks of whole files are written.
  if (range !== undefined && !isStart && !(start === 0 || start === -1)) {
    fields.doubtValue([rangeName], range, 'an array of two line numbers');
  } else if (isStart && !isEnd && end !== undefined) {
    fields.doubt('SF-K106', rangeName, `The range ends before it starts, in line ${start}. Its end is left out.`);
    fields.keep(rangeName);
  }
  return { file, startLine: isStart ? start : undefined, endLine: isEnd ? end : undefined };
}

/** Pairs of line number and text, as one text. */
function readCode(fields: Fields): string | undefined {
  const lines: string[] = [];
  for (const [index, line] of (fields.list('code_block') ?? []).entries()) {
    const text: unknown = Array.isArray(line) ? line[1] : undefined;
    if (typeof text !== 'string') {
      fields.doubtValue(['code_block', index], line, 'a line number and a text');
      return undefined;
    }
    lines.push(text);
  }
  return lines.length === 0 ? undefined : lines.join('').replace(/\r?\n$/, '');
}

function readTaxa(fields: Fields): Taxon[] {
  const taxa = new Map<string, Taxon>();
  for (const [name, parse] of [['cwe', cweOf] as const, ['owasp', owaspOf] as const]) {
    for (const text of fields.texts(name).flatMap(cweTexts)) {
      const taxon = parse(text);
      if (taxon !== undefined) taxa.set(`${taxon.taxonomy} ${taxon.id}`, taxon);
      else if (text !== '') {
        fields.doubt('SF-K108', name, `${JSON.stringify(text)} names no class of ${name.toUpperCase()} by number.`);
        fields.keep(name, text);
      }
    }
  }
  return [...taxa.values()];
}
