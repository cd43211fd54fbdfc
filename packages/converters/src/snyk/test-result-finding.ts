import type { CodeFlow, Suppression } from '@sariflow/sarif';
import type { Doubt } from '../diagnostics/doubt.ts';
import type { SourcePaths } from '../locations/source-paths.ts';
import { Refusal } from '../shell/drafts.ts';
import type { Severity } from '../shell/severity.ts';
import { Fields, type KeptValue } from '../values/fields.ts';
import { isObject, type JsonObject, kindOf } from '../values/json-object.ts';
import { packageLabel } from './package-identity.ts';
import { readSeverity } from './severity.ts';
import { packageSteps, readEvidence, readLocations, type TestPlaces } from './test-result-places.ts';
import { readSuppression } from './test-result-suppression.ts';

/** One entry of `findings` of a unified test result. */
export interface TestFinding extends TestPlaces {
  readonly ruleId: string;
  /** `sca`, `sast`, `secrets`, `config`, `dast` or `other`. */
  readonly type: string | undefined;
  readonly key: string | undefined;
  readonly title: string | undefined;
  readonly description: string | undefined;
  /** What was found, where that is another text than what the rule says. */
  readonly text: string | undefined;
  readonly isLicense: boolean;
  /** The advisory, licence or rule. */
  readonly problem: JsonObject;
  /** Ids of the other problems: CVE, CWE, GHSA and so on, by source. */
  readonly identifiers: readonly (readonly [source: string, id: string])[];
  readonly severity: Severity;
  readonly severityText: string | undefined;
  readonly riskScore: number | undefined;
  readonly paths: readonly (readonly string[])[];
  readonly flows: readonly CodeFlow[];
  /** Empty when the finding counts. */
  readonly suppressions: readonly Suppression[];
  readonly upgradeTo: readonly string[];
  readonly pins: readonly string[];
  readonly kept: readonly KeptValue[];
}

/** What the finding's test says beside its findings. */
export interface TestSurroundings {
  readonly paths: SourcePaths;
  readonly createdAt: string | undefined;
  /** The problems of a finding that has none of its own. */
  problemsOf(findingId: string): readonly unknown[];
}

const rootMembers = new Set(['attributes', 'id', 'type', 'links', 'relationships']);
const attributeMembers = new Set([
  'cause_of_failure',
  'component',
  'description',
  'evidence',
  'finding_type',
  'fingerprint',
  'key',
  'message',
  'locations',
  'policy_modifications',
  'problems',
  'rating',
  'risk',
  'suppression',
  'title',
]);
const relationshipMembers = new Set(['fix', 'policy', 'asset']);
const riskMembers = new Set(['risk_score']);

/** Unknown in, checked out. Only an entry without anything that names a rule cannot become a result. */
export function parseTestFinding(value: unknown, around: TestSurroundings, doubt: Doubt): TestFinding | Refusal {
  if (!isObject(value)) return new Refusal(`This finding is ${kindOf(value)} instead of an object.`);
  if (!isObject(value['attributes']))
    return new Refusal('This finding has no "attributes", so nothing is known of it.');
  const root = new Fields(value, doubt);
  const attributes = root.at(value['attributes'], ['attributes']);
  const id = root.label('id');
  const local = readLocal(attributes);
  const title = attributes.text('title') || local.title;
  const key = attributes.text('key') || local.key;
  const { problem, identifiers } = readProblems(attributes, id, around);
  const ruleId = textOf(problem['id']) ?? title ?? key;
  if (ruleId === undefined) {
    return new Refusal('This finding has neither a problem nor a title nor a key, so its rule is not known.');
  }
  root.keepUnknown(rootMembers);
  attributes.keepUnknown(attributeMembers);
  if (id !== undefined && id !== key) root.keep('id');
  if (value['type'] !== 'findings') root.keep('type');
  if (isObject(value['links']) ? Object.keys(value['links']).length > 0 : true) root.keep('links');
  for (const name of ['cause_of_failure', 'component']) attributes.keep(name);
  if (!isEmptyList(attributes.object['policy_modifications'])) attributes.keep('policy_modifications');
  const relationships = root.nested('relationships');
  relationships?.keepUnknown(relationshipMembers);
  relationships?.keep('asset');
  const risk = attributes.nested('risk');
  risk?.keepUnknown(riskMembers);
  const rating = attributes.nested('rating') ?? new Fields({}, doubt, ['attributes', 'rating'], root.kept);
  for (const name of Object.keys(rating.object)) if (name !== 'severity') rating.keep(name);
  const isNested = isObject(rating.object['severity']);
  const flows: CodeFlow[] = [];
  return {
    ruleId,
    type: attributes.text('finding_type') ?? local.type,
    key,
    title,
    description: attributes.text('description') || undefined,
    text: local.text,
    isLicense: problem['source'] === 'snyk_license' || ruleId.startsWith('snyk:lic:'),
    problem,
    identifiers,
    ...readSeverity((isNested ? rating.nested('severity') : undefined) ?? rating, [isNested ? 'value' : 'severity']),
    riskScore: readRiskScore(risk?.nested('risk_score')),
    ...readLocations(attributes, around.paths),
    paths: readEvidence(attributes, around.paths, flows),
    flows,
    suppressions: readSuppression(attributes, relationships, around.createdAt),
    ...readFix(relationships),
    kept: root.kept,
  };
}

/** What findings say in the form that the command line hands from one of its parts to another: Snyk Code's, as a rule. */
function readLocal(attributes: Fields): { title?: string | undefined; text?: string; type?: string; key?: string } {
  const { message, fingerprint, component } = attributes.object;
  const { header, text } = isObject(message) ? message : {};
  const { scan_type: type } = isObject(component) ? component : {};
  const { value: key } = isObject(fingerprint) ? fingerprint : {};
  for (const name of ['message', 'fingerprint']) attributes.keep(name);
  return {
    ...(typeof header === 'string' && header !== '' && { title: header }),
    ...(typeof text === 'string' && text !== '' && { text }),
    ...(typeof type === 'string' && { type }),
    ...(typeof key === 'string' && key !== '' && { key }),
  };
}

/** The problem that is the rule, and the names that others have for it. Problems that say more than a name are kept. */
function readProblems(
  attributes: Fields,
  id: string | undefined,
  { problemsOf }: TestSurroundings,
): Pick<TestFinding, 'problem' | 'identifiers'> {
  const own = attributes.list('problems');
  const list = own ?? (id === undefined ? [] : problemsOf(id));
  const identifiers: [string, string][] = [];
  let problem: JsonObject | undefined;
  let other: JsonObject | undefined;
  for (const [index, entry] of list.entries()) {
    if (!isObject(entry)) {
      attributes.doubtValue(['problems', index], entry, 'an object');
      continue;
    }
    const { source, id: name, ...others } = entry;
    if (typeof source !== 'string' || typeof name !== 'string' || name === '') {
      attributes.doubtValue(['problems', index], entry, 'an object with "id" and "source"');
    } else if (problem === undefined && isRuleSource(source)) problem = entry;
    else if (other === undefined && !otherNames.has(source)) other = entry;
    else {
      identifiers.push([source, name]);
      if (Object.keys(others).length > 0) attributes.keep('problems', entry);
    }
  }
  // A kind of problem that is newer than this: still a better name than the title.
  if (problem === undefined) return { problem: other ?? {}, identifiers };
  if (other !== undefined) attributes.keep('problems', other);
  return { problem, identifiers };
}

const otherNames = new Set(['cve', 'cwe', 'ghsa']);

/** `snyk_vuln`, `snyk_license`, `snyk_code_rule`, `snyk_cloud_rule`, and `secret`. */
function isRuleSource(source: string): boolean {
  return source.startsWith('snyk') || source === 'secret';
}

function readRiskScore(score: Fields | undefined): number | undefined {
  if (score === undefined) return undefined;
  score.keepUnknown(riskScoreMembers);
  const value = score.integer('value');
  if (value === undefined || (value >= 0 && value <= 1000)) return value;
  score.doubt('SF-K106', 'value', `A risk score is from 0 to 1000, not ${value}; it is kept in the properties.`);
  score.keep('value');
  return undefined;
}

const riskScoreMembers = new Set(['value']);
/** The advice of `relationships.fix`: which direct dependency to upgrade, or which version to pin. */
function readFix(relationships: Fields | undefined): Pick<TestFinding, 'upgradeTo' | 'pins'> {
  const upgradeTo = new Set<string>();
  const pins = new Set<string>();
  const action = relationships?.nested('fix')?.nested('data')?.nested('attributes')?.nested('action');
  for (const entry of action?.list('upgrade_paths') ?? []) {
    const steps = isObject(entry) ? packageSteps(entry['dependency_path']) : undefined;
    const direct = steps?.[1] ?? steps?.[0];
    if (direct !== undefined) upgradeTo.add(direct);
  }
  const name = action?.text('package_name');
  const version = action?.text('pin_version');
  if (name !== undefined && version !== undefined) pins.add(packageLabel({ name, version }));
  relationships?.keep('fix');
  return { upgradeTo: [...upgradeTo], pins: [...pins] };
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
