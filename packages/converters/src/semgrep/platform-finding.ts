import type { Doubt } from '../diagnostics/doubt.ts';
import { purlType } from '../locations/package-url.ts';
import { Refusal } from '../shell/drafts.ts';
import type { Severity } from '../shell/severity.ts';
import { cweOf, cweTexts } from '../taxonomies/cwe.ts';
import { owaspOf } from '../taxonomies/owasp.ts';
import type { Taxon } from '../taxonomies/taxon.ts';
import { webUri } from '../texts/absolute-uri.ts';
import { utcTime } from '../texts/utc-time.ts';
import { Fields, type KeptValue } from '../values/fields.ts';
import { isObject, type JsonObject, kindOf } from '../values/json-object.ts';
import { type AdvisoryIds, advisoryIdsOf } from './advisory-ids.ts';
import type { Dependency } from './dependency.ts';
import { usableIdentity } from './placeholder.ts';
import { suppressionsOf, type Triage } from './platform-triage.ts';
import { severityOf } from './severity.ts';
import type { Span } from './span.ts';

/** One entry of `findings` of the platform's findings API, checked. */
export interface PlatformFinding {
  readonly ruleName: string;
  readonly rule: JsonObject;
  readonly confidence: string | undefined;
  readonly message: string | undefined;
  readonly path: string | undefined;
  readonly span: Span | undefined;
  readonly severity: Severity;
  readonly severityText: string | undefined;
  readonly isSecurity: boolean;
  readonly taxa: readonly Taxon[];
  readonly triage: Triage;
  readonly fingerprints: Readonly<Record<string, string>>;
  readonly viewer: string | undefined;
  readonly ticket: string | undefined;
  readonly firstSeen: string | undefined;
  readonly repository: string | undefined;
  readonly repositoryName: string | undefined;
  readonly branch: string | undefined;
  /** The package that a supply-chain finding is about. */
  readonly dependency: Pick<Dependency, 'ecosystem' | 'name' | 'version'> | undefined;
  /** The public numbers of its vulnerability. */
  readonly advisory: AdvisoryIds;
  /** Versions without the weakness. */
  readonly fixedIn: readonly string[];
  readonly kept: readonly KeptValue[];
}

/** Members that go to `properties`. */
const properties = [
  'state',
  'status',
  'triage_state',
  'categories',
  'first_seen_scan_id',
  'relevant_since',
  'state_updated_at',
  'triaged_at',
  'assistant',
  'sourcing_policy',
  'review_comments',
  // Only of supply-chain findings.
  'vulnerability_identifier',
  'reachability',
  'reachable_condition',
  'transitivity',
  'usage',
  'is_malicious',
  'epss_score',
  'lockfile_url',
  'dependency_paths',
];
const members = new Set([
  ...properties,
  'id',
  'match_based_id',
  'syntactic_id',
  'rule_name',
  'rule_message',
  'rule',
  'location',
  'severity',
  'confidence',
  'triage_reason',
  'triage_comment',
  'line_of_code_url',
  'repository',
  'ref',
  'created_at',
  'external_ticket',
  'found_dependency',
  'fix_recommendations',
]);
const dependencyMembers = new Set(['package', 'version', 'ecosystem']);
const locationMembers = new Set(['file_path', 'line', 'column', 'end_line', 'end_column']);
const repositoryMembers = new Set(['name', 'url']);
const noRule: JsonObject = Object.freeze({});

/** Unknown in, checked out. Only an entry without a rule name cannot become a result. */
export function parsePlatformFinding(value: unknown, doubt: Doubt): PlatformFinding | Refusal {
  if (!isObject(value)) return new Refusal(`This finding is ${kindOf(value)} instead of an object.`);
  const fields = new Fields(value, doubt);
  const rule = isObject(value['rule']) ? value['rule'] : noRule;
  const ruleName = [value['rule_name'], rule['name']].find((name) => typeof name === 'string' && name !== '');
  if (typeof ruleName !== 'string') {
    return new Refusal('This finding has neither "rule_name" nor "rule.name", so the rule that found it is not known.');
  }
  fields.keepUnknown(members);
  fields.nested('rule');
  fields.text('rule_name');
  fields.at(rule, ['rule']).text('name');
  if (typeof rule['name'] === 'string' && rule['name'] !== ruleName) fields.at(rule, ['rule']).keep('name');
  if (typeof rule['confidence'] === 'string') fields.keep('confidence');
  for (const name of properties) fields.keep(name);
  const ruleFields = fields.at(rule, ['rule']);
  const taxa = [...taxaOf(ruleFields, 'cwe_names', cweOf), ...taxaOf(ruleFields, 'owasp_names', owaspOf)];
  const dependency = readDependency(fields);
  const advisory = advisoryIdsOf({ cve: value['vulnerability_identifier'] });
  const isSecurity =
    fields.texts('categories').includes('security') ||
    rule['category'] === 'security' ||
    taxa.length > 0 ||
    dependency !== undefined;
  const repository = fields.nested('repository');
  repository?.keepUnknown(repositoryMembers);
  const url = addressOf(repository, 'url');
  const repositoryName = repository?.text('name');
  if (url === undefined) {
    if (repositoryName !== undefined) repository?.keep('name');
    fields.keep('ref', fields.text('ref') || undefined);
  }
  const ticket = fields.nested('external_ticket');
  for (const name of Object.keys(ticket?.object ?? {})) if (name !== 'url') ticket?.keep(name);
  return {
    ruleName,
    rule,
    confidence: fields.text('confidence'),
    message: fields.text('rule_message') || undefined,
    ...readPlace(fields),
    ...readSeverity(fields, isSecurity),
    isSecurity,
    taxa,
    triage: readTriage(fields),
    fingerprints: readFingerprints(fields),
    viewer: addressOf(fields, 'line_of_code_url'),
    ticket: addressOf(ticket, 'url'),
    firstSeen: readTime(fields, 'created_at'),
    repository: url,
    repositoryName,
    branch: fields.text('ref')?.replace(/^refs\/heads\//, '') || undefined,
    dependency,
    advisory,
    fixedIn: readFixes(fields, dependency?.name),
    kept: fields.kept,
  };
}

function readDependency(fields: Fields): PlatformFinding['dependency'] {
  const found = fields.nested('found_dependency');
  if (found === undefined) return undefined;
  for (const name of Object.keys(found.object)) if (!dependencyMembers.has(name)) found.keep(name);
  const ecosystem = found.text('ecosystem');
  if (ecosystem !== undefined && purlType(ecosystem) === undefined) found.keep('ecosystem');
  return { ecosystem, name: found.text('package'), version: found.text('version') };
}

/** `[{ package, version }, …]`: versions of the package to upgrade to. What else is recommended is kept. */
function readFixes(fields: Fields, name: string | undefined): string[] {
  const versions: string[] = [];
  for (const entry of fields.list('fix_recommendations') ?? []) {
    const version = isObject(entry) && entry['package'] === name ? entry['version'] : undefined;
    if (typeof version === 'string' && version !== '') versions.push(version);
    else fields.keep('fix_recommendations', entry);
  }
  return versions;
}

function readTriage(fields: Fields): Triage {
  const triage = {
    states: [fields.text('triage_state'), fields.text('status'), fields.text('state')],
    reason: fields.text('triage_reason'),
    comment: fields.text('triage_comment'),
  };
  if (suppressionsOf(triage)?.[0] !== undefined) return triage;
  // Reasons have a place in a suppression only.
  for (const name of ['triage_reason', 'triage_comment'])
    if (fields.text(name) !== '') fields.keep(name, fields.text(name));
  return triage;
}

function readFingerprints(fields: Fields): Record<string, string> {
  const id = usableIdentity(fields.label('id'));
  const matchBasedId = usableIdentity(fields.text('match_based_id'));
  const syntacticId = usableIdentity(fields.text('syntactic_id'));
  return {
    ...(matchBasedId !== undefined && { 'semgrep/matchBasedId/v1': matchBasedId }),
    ...(syntacticId !== undefined && { 'semgrep/syntacticId/v1': syntacticId }),
    ...(id !== undefined && { 'semgrep/findingId/v1': id }),
  };
}

function readPlace(fields: Fields): Pick<PlatformFinding, 'path' | 'span'> {
  const location = fields.nested('location');
  const path = location?.text('file_path') || undefined;
  if (location === undefined || path === undefined) {
    fields.doubt('SF-K103', undefined, 'The finding has no "location.file_path", so its file is not known.');
    if (location !== undefined) fields.keep('location');
    return { path: undefined, span: undefined };
  }
  location.keepUnknown(locationMembers);
  const line = location.integer('line');
  if (line === undefined || line < 1) {
    if (line !== undefined)
      location.doubt('SF-K106', 'line', `Line ${line} is not a line: lines start at 1. The region is left out.`);
    for (const name of locationMembers)
      if (name !== 'file_path' && typeof location.object[name] === 'number') location.keep(name);
    return { path, span: undefined };
  }
  const [column, endColumn] = [columnOf(location, 'column'), columnOf(location, 'end_column')];
  const endLine = location.integer('end_line');
  const start = { line, column, offset: undefined };
  const isEnd = endLine !== undefined && (endLine > line || (endLine === line && (endColumn ?? 1) >= (column ?? 1)));
  if (endLine !== undefined && !isEnd) {
    location.doubt('SF-K106', 'end_line', 'The end is before the start; it is left out.');
    location.keep('end_line');
  }
  if (!isEnd && endColumn !== undefined) location.keep('end_column');
  return { path, span: { start, end: isEnd ? { line: endLine, column: endColumn, offset: undefined } : undefined } };
}

function columnOf(location: Fields, name: string): number | undefined {
  const column = location.integer(name);
  if (column === undefined || column >= 1) return column;
  location.keep(name);
  return undefined;
}

function readSeverity(fields: Fields, isSecurity: boolean): Pick<PlatformFinding, 'severity' | 'severityText'> {
  const severityText = fields.text('severity');
  const severity = severityText === undefined ? undefined : severityOf(severityText, isSecurity);
  if (severity !== undefined) return { severity, severityText };
  const words =
    severityText === undefined
      ? 'The finding has no "severity".'
      : `The severity ${JSON.stringify(severityText)} is none of Semgrep's.`;
  fields.doubt('SF-K104', severityText === undefined ? undefined : 'severity', words);
  return { severity: 'unknown', severityText };
}

function taxaOf(rule: Fields, name: string, parse: (text: string) => Taxon | undefined): Taxon[] {
  const taxa = new Map<string, Taxon>();
  for (const text of rule.texts(name).flatMap(cweTexts)) {
    const taxon = parse(text);
    if (taxon !== undefined) taxa.set(`${taxon.taxonomy} ${taxon.id}`, taxon);
    else {
      rule.doubt('SF-K108', name, `${JSON.stringify(text)} names no weakness class by number.`);
      rule.keep(name, text);
    }
  }
  return [...taxa.values()];
}

/** An absolute web address; anything else is kept as it is. */
export function addressOf(fields: Fields | undefined, name: string): string | undefined {
  const text = fields?.text(name);
  if (fields === undefined || text === undefined || text === '') return undefined;
  const uri = webUri(text);
  if (uri !== undefined) return uri;
  fields.doubt('SF-K106', name, `${JSON.stringify(text)} is no web address. It is kept in the properties.`);
  fields.keep(name);
  return undefined;
}

/** A time in UTC; anything else is kept as it is. */
export function readTime(fields: Fields, name: string): string | undefined {
  const text = fields.text(name);
  if (text === undefined || text === '') return undefined;
  const time = utcTime(text);
  if (time !== undefined) return time;
  fields.doubt('SF-K106', name, `${JSON.stringify(text)} is no time with a time zone. It is kept in the properties.`);
  fields.keep(name);
  return undefined;
}
