import type { Region } from '@sariflow/sarif';
import type { Doubt } from '../diagnostics/doubt.ts';
import { Refusal } from '../shell/drafts.ts';
import { agreeingScore, type Severity } from '../shell/severity.ts';
import { utcTime } from '../texts/utc-time.ts';
import { Fields, type KeptValue } from '../values/fields.ts';
import { isObject, type JsonObject, kindOf } from '../values/json-object.ts';
import { readSeverity } from './severity.ts';
import { readRegion } from './source-region.ts';

/** One issue of the platform's REST API, at one of its coordinates. */
export interface PlatformIssue {
  readonly ruleId: string;
  readonly id: string | undefined;
  readonly key: string | undefined;
  /** `package_vulnerability`, `license`, `code`, `config`, `cloud` or `custom`. */
  readonly type: string | undefined;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly severity: Severity;
  readonly severityText: string | undefined;
  readonly score: number | undefined;
  readonly isGone: boolean;
  readonly isIgnored: boolean | undefined;
  /** What the platform knows of the ignore: a link, as a rule. */
  readonly ignore: unknown;
  readonly firstSeen: string | undefined;
  readonly riskScore: number | undefined;
  readonly place: IssuePlace;
  /** Position among several coordinates; undefined when there is at most one. */
  readonly position: number | undefined;
  readonly projectId: string | undefined;
  /** What is about the rule. */
  readonly about: JsonObject;
  readonly kept: readonly KeptValue[];
}

/** Where an issue is. */
export interface IssuePlace {
  readonly packageName?: string | undefined;
  readonly version?: string | undefined;
  readonly file?: string | undefined;
  readonly region?: Region | undefined;
  readonly commit?: string | undefined;
  /** Address of a resource in the cloud or in a template. */
  readonly resource?: string | undefined;
  /** Versions of the package that mend it. */
  readonly fixedIn?: readonly string[];
}

const rootMembers = new Set(['id', 'type', 'attributes', 'relationships', 'links', 'meta']);
const attributeMembers = new Set([
  ...['key', 'key_asset', 'title', 'type', 'effective_severity_level', 'status', 'ignored', 'created_at', 'updated_at'],
  ...['description', 'problems', 'classes', 'severities', 'risk', 'exploit_details', 'coordinates', 'resolution'],
  ...['tool', 'slots'],
]);
const aboutMembers = [
  'title',
  'type',
  'problems',
  'classes',
  'severities',
  'exploit_details',
  'slots',
  'tool',
] as const;
const coordinateMembers = new Set([
  ...[
    'representations',
    'is_fixable_manually',
    'is_fixable_snyk',
    'is_fixable_upstream',
    'is_patchable',
    'is_pinnable',
  ],
  ...['is_upgradeable', 'reachability', 'remedies', 'state', 'created_at', 'updated_at', 'last_introduced_at'],
  ...['last_resolved_at', 'last_resolved_details'],
]);

/** How many results an issue becomes: one for each coordinate, at least one. */
export function coordinateCount(value: unknown): number {
  const attributes = isObject(value) ? value['attributes'] : undefined;
  const coordinates = isObject(attributes) ? attributes['coordinates'] : undefined;
  return Array.isArray(coordinates) ? Math.max(1, coordinates.length) : 1;
}

/** Unknown in, checked out. Only an entry without anything that names a rule cannot become a result. */
export function parsePlatformIssue(value: unknown, position: number, doubt: Doubt): PlatformIssue | Refusal {
  if (!isObject(value)) return new Refusal(`This issue is ${kindOf(value)} instead of an object.`);
  if (!isObject(value['attributes'])) return new Refusal('This issue has no "attributes", so nothing is known of it.');
  const root = new Fields(value, doubt);
  const attributes = root.at(value['attributes'], ['attributes']);
  const type = attributes.text('type');
  const title = attributes.text('title') || undefined;
  const key = attributes.text('key') || undefined;
  const ruleId = ruleOf(attributes.object, type, title, key);
  if (ruleId === undefined) {
    return new Refusal('This issue has neither a title nor a key nor a problem, so its rule is not known.');
  }
  root.keepUnknown(rootMembers);
  attributes.keepUnknown(attributeMembers);
  if (value['type'] !== 'issue') root.keep('type');
  for (const name of ['links', 'meta']) root.keep(name);
  for (const name of ['key_asset', 'updated_at', 'resolution']) attributes.keep(name);
  const { severity, severityText } = readSeverity(attributes, ['effective_severity_level']);
  const status = attributes.text('status');
  if (status !== undefined && status !== 'open' && status !== 'resolved') {
    attributes.doubt('SF-K105', 'status', `The status ${JSON.stringify(status)} is none of open, resolved.`);
    attributes.keep('status');
  }
  const relationships = readRelationships(root);
  const count = coordinateCount(value);
  return {
    ruleId,
    id: root.label('id'),
    key,
    type,
    title,
    description: attributes.text('description') || undefined,
    severity,
    severityText,
    score:
      type === 'license' ? undefined : agreeingScore(severity, scoreOf(attributes.object['severities'], severityText)),
    isGone: status === 'resolved',
    isIgnored: attributes.flag('ignored'),
    firstSeen: timeOf(attributes),
    riskScore: readRisk(attributes),
    place: readCoordinate(attributes, position),
    position: count > 1 ? position : undefined,
    ...relationships,
    about: aboutOf(attributes.object),
    kept: root.kept,
  };
}

/** Packages and templates have Snyk's id; what is found in code is named by its kind, as its key is another for each place. */
function ruleOf(
  { problems }: JsonObject,
  type: string | undefined,
  title: string | undefined,
  key: string | undefined,
): string | undefined {
  if (type === 'code') return title ?? key;
  const list = Array.isArray(problems) ? (problems as unknown[]) : [];
  const own = list.find(
    (problem) => isObject(problem) && problem['source'] === 'SNYK' && typeof problem['id'] === 'string',
  );
  const id = isObject(own) ? (own['id'] as string) : undefined;
  // The key is the advisory, as a rule; some answers have that of the finding there.
  const isAdvisory = key !== undefined && /^(?:SNYK-|npm:|snyk:lic:)/i.test(key);
  if (type === 'package_vulnerability' || type === 'license') return (isAdvisory ? key : id) ?? key ?? title;
  // Ids of templates' rules look like SNYK-CC-123; other keys are of one finding.
  const stable = [id, key].find((text) => text?.startsWith('SNYK-'));
  return stable ?? title ?? id ?? key;
}

/** The number of Snyk's own rating, else the first that agrees with the severity. */
function scoreOf(severities: unknown, word: string | undefined): number | undefined {
  const list = (Array.isArray(severities) ? (severities as unknown[]) : []).filter(isObject);
  const own = list.find(({ source }) => source === 'Snyk') ?? list.find(({ level }) => level === word);
  return typeof own?.['score'] === 'number' ? own['score'] : undefined;
}

function aboutOf(attributes: JsonObject): JsonObject {
  const about: Record<string, unknown> = {};
  for (const name of aboutMembers) {
    const member = attributes[name];
    if (member === undefined || member === null || (Array.isArray(member) && member.length === 0)) continue;
    about[name] = member;
  }
  return about;
}

function timeOf(attributes: Fields): string | undefined {
  const text = attributes.text('created_at');
  const time = text === undefined ? undefined : utcTime(text);
  if (text !== undefined && time === undefined) {
    attributes.doubt('SF-K106', 'created_at', 'This is no time with a time zone; it is kept in the properties.');
    attributes.keep('created_at');
  }
  return time;
}

function readRisk(attributes: Fields): number | undefined {
  const risk = attributes.nested('risk');
  risk?.keepUnknown(riskMembers);
  if (!isEmptyList(risk?.object['factors'])) risk?.keep('factors');
  const score = risk?.nested('score');
  score?.keepUnknown(scoreMembers);
  score?.keep('model');
  const value = score?.integer('value');
  if (value === undefined || (value >= 0 && value <= 1000)) return value;
  score?.doubt('SF-K106', 'value', `A risk score is from 0 to 1000, not ${value}; it is kept in the properties.`);
  score?.keep('value');
  return undefined;
}

const riskMembers = new Set(['factors', 'score']);
const scoreMembers = new Set(['model', 'value', 'updated_at']);
const relationshipMembers = new Set(['organization', 'scan_item', 'ignore', 'test_executions']);

function readRelationships(root: Fields): Pick<PlatformIssue, 'ignore' | 'projectId'> {
  const relationships = root.nested('relationships');
  relationships?.keepUnknown(relationshipMembers);
  for (const name of ['organization', 'scan_item', 'test_executions', 'ignore']) relationships?.keep(name);
  const project = relationships?.nested('scan_item')?.nested('data')?.label('id');
  return { ignore: relationships?.object['ignore'], projectId: project };
}

/** One of the coordinates. What it says beside the place is kept. */
function readCoordinate(attributes: Fields, position: number): IssuePlace {
  const coordinate = (attributes.list('coordinates') ?? [])[position];
  if (coordinate === undefined) return {};
  if (!isObject(coordinate)) {
    attributes.doubtValue(['coordinates', position], coordinate, 'an object');
    return {};
  }
  const fields = attributes.at(coordinate, ['coordinates', position]);
  fields.keepUnknown(coordinateMembers);
  for (const name of coordinateMembers) {
    if (name !== 'representations' && !isEmptyList(coordinate[name])) fields.keep(name);
  }
  let place: IssuePlace = {};
  for (const [index, entry] of (fields.list('representations') ?? []).entries()) {
    if (!isObject(entry)) {
      fields.doubtValue(['representations', index], entry, 'an object');
      continue;
    }
    const read = readRepresentation(fields.at(entry, ['representations', index]));
    if (read === undefined || Object.keys(read).some((name) => Object.hasOwn(place, name))) {
      fields.keep('representations', entry);
    } else place = { ...place, ...read };
  }
  const fixedIn = upgradesOf(coordinate['remedies']);
  return fixedIn.length === 0 ? place : { ...place, fixedIn };
}

/** The versions that remedies advise; all that they say is kept. */
function upgradesOf(remedies: unknown): string[] {
  const versions = new Set<string>();
  for (const remedy of Array.isArray(remedies) ? (remedies as unknown[]) : []) {
    const details = isObject(remedy) ? remedy['details'] : undefined;
    const version = isObject(details) ? details['upgrade_package'] : undefined;
    if (typeof version === 'string' && version.trim() !== '') versions.add(version.trim());
  }
  return [...versions];
}

/** Undefined when it says something that has no place, or says it in another way than expected. */
function readRepresentation(entry: Fields): IssuePlace | undefined {
  const [name, ...others] = Object.keys(entry.object);
  if (others.length > 0) return undefined;
  if (name === 'dependency') return readDependency(entry.nested('dependency'));
  if (name === 'sourceLocation' || name === 'source_location') return readSource(entry.nested(name));
  if (name === 'resourcePath' || name === 'resource_path') {
    const resource = entry.text(name);
    return resource === undefined ? undefined : { resource };
  }
  if (name === 'cloud_resource' || name === 'cloudResource') return readCloudResource(entry.nested(name));
  return undefined;
}

/** The resource by the name that its cloud has for it. All that is said of it and its environment is kept. */
function readCloudResource(cloud: Fields | undefined): IssuePlace | undefined {
  const resource = cloud?.nested('resource');
  const names = ['native_id', 'name', 'id'].map((name) => resource?.text(name));
  const name = names.find((text) => text !== undefined && text !== '');
  if (cloud === undefined || name === undefined) return undefined;
  for (const member of Object.keys(cloud.object)) cloud.keep(member);
  return { resource: name };
}

function readDependency(dependency: Fields | undefined): IssuePlace | undefined {
  const packageName = dependency?.text('package_name');
  if (dependency === undefined || packageName === undefined) return undefined;
  for (const name of Object.keys(dependency.object)) {
    if (name !== 'package_name' && name !== 'package_version') dependency.keep(name);
  }
  return { packageName, version: dependency.text('package_version') };
}

const noMembers: JsonObject = Object.freeze({});

function readSource(source: Fields | undefined): IssuePlace | undefined {
  const file = source?.text('file');
  if (source === undefined || file === undefined || file === '') return undefined;
  source.keepUnknown(sourceMembers);
  const region = source.nested('region');
  region?.keepUnknown(regionMembers);
  const start = region?.nested('start');
  const end = region?.nested('end') ?? region?.at(noMembers, ['end']);
  for (const part of [start, end]) part?.keepUnknown(pointMembers);
  const read = start === undefined || end === undefined ? undefined : readRegion(start, end, namesOfRegion);
  return { file, region: read, commit: source.text('commit_id') };
}

const sourceMembers = new Set(['file', 'region', 'commit_id']);
const regionMembers = new Set(['start', 'end']);
const pointMembers = new Set(['line', 'column']);
/** Start and end are objects of their own, so the same name stands in both. */
const namesOfRegion = { startLine: 'line', startColumn: 'column', endLine: 'line', endColumn: 'column' };

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
