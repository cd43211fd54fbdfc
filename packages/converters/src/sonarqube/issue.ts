import type { Region } from '@sariflow/sarif';
import type { Doubt } from '../diagnostics/doubt.ts';
import { Refusal } from '../shell/drafts.ts';
import type { Severity } from '../shell/severity.ts';
import { utcTime } from '../texts/utc-time.ts';
import { Fields, type KeptValue } from '../values/fields.ts';
import { isObject, type JsonObject, kindOf } from '../values/json-object.ts';
import { type Place, placeOfObject } from './components.ts';
import { effortMinutes } from './effort.ts';
import { type Flow, readFlows } from './flows.ts';
import { type Formatting, readFormattings } from './formatted-message.ts';
import { peopleMembers, withoutPeople } from './people.ts';
import { type Decision, readDecision } from './resolution.ts';
import { type Impact, severityOf, severityOfImpacts } from './severity.ts';
import { offsetNames, readRange } from './text-range.ts';

/** An issue or a security hotspot of any version of the API, a preview report or sonar-report, checked. */
export interface Issue {
  readonly isHotspot: boolean;
  readonly ruleId: string;
  /** The rule itself, where the finding carries it. */
  readonly rule: JsonObject | undefined;
  readonly key: string | undefined;
  readonly lineHash: string | undefined;
  readonly message: string | undefined;
  readonly formattings: readonly Formatting[];
  readonly severity: Severity;
  /** As written: of the issue, or the probability of a hotspot. */
  readonly severityText: string | undefined;
  readonly impacts: readonly Impact[];
  /** `BUG`, `VULNERABILITY`, `CODE_SMELL`, `SECURITY_HOTSPOT`. */
  readonly type: string | undefined;
  readonly category: string | undefined;
  /** Key of the component. */
  readonly component: string | undefined;
  /** Where the component is, where the finding carries the component itself. */
  readonly place: Place | undefined;
  /** Keys of the module and the project, the nearest first. */
  readonly owners: readonly (string | undefined)[];
  readonly region: Region | undefined;
  readonly flows: readonly Flow[];
  readonly decision: Decision;
  readonly isNew: boolean | undefined;
  readonly tags: readonly string[];
  readonly firstSeen: string | undefined;
  readonly effort: number | undefined;
  /** What is the same in most findings of a run, and then is said of the run. */
  readonly common: Readonly<Record<CommonMember, string | undefined>>;
  /** Values that are left out unless asked for. */
  readonly people: readonly KeptValue[];
  /** What the one who asked the server may do: fields that are left out. */
  readonly permissions: readonly string[];
  readonly kept: readonly KeptValue[];
}

/** What a finding's document says about all of its findings. */
export interface IssueReading {
  /** Keys of the issues that are hotspots, in the documents of sonar-report. */
  readonly hotspotKeys: ReadonlySet<unknown>;
  /** Whether the severities are those of the standard experience even where there are impacts. */
  readonly prefersStandard: boolean;
}

/** Members that belong to a project rather than to a finding. */
export const commonMembers = ['project', 'projectName', 'organization', 'branch', 'pullRequest'] as const;
export type CommonMember = (typeof commonMembers)[number];

/**
 * What is done with a member: it is read; read as a text and kept as well; kept as it is unless it is empty; kept where an
 * option asks for it; or left out.
 */
type Role = 'read' | 'text' | 'kept' | 'person' | 'permission';

const roles: ReadonlyMap<string, Role> = new Map([
  ...rolesOf('read', [
    'key',
    'rule',
    'ruleKey',
    'message',
    'messageFormattings',
    'severity',
    'impacts',
    'vulnerabilityProbability',
    'component',
    'project',
    'projectName',
    'organization',
    'branch',
    'pullRequest',
    'line',
    'textRange',
    'startLine',
    'startOffset',
    'endLine',
    'endOffset',
    'flows',
    'isNew',
    'tags',
    'effort',
    'debt',
    'creationDate',
    'hash',
    'comments',
    'comment',
    'changelog',
  ]),
  // What says more than its place does.
  ...rolesOf('text', ['type', 'status', 'resolution', 'issueStatus', 'subProject', 'securityCategory']),
  // What SARIF has no place for.
  ...rolesOf('kept', [
    'updateDate',
    'closeDate',
    'cleanCodeAttribute',
    'cleanCodeAttributeCategory',
    'externalRuleEngine',
    'scope',
    'fromHotspot',
    'quickFixAvailable',
    'codeVariants',
    'prioritizedRule',
    'fromSonarQubeUpdate',
    'internalTags',
    'linkedTicketStatus',
    'ruleDescriptionContextKey',
    'attr',
    'attributes',
    'ruleName',
    'ruleStatus',
    'description',
    'subProjectName',
  ]),
  ...rolesOf('person', peopleMembers),
  ...rolesOf('permission', ['actions', 'transitions', 'canChangeStatus']),
]);

function rolesOf(role: Role, names: readonly string[]): [string, Role][] {
  return names.map((name) => [name, role]);
}

const noOwners: readonly undefined[] = [];
const noImpacts: readonly Impact[] = [];
const types = new Set(['BUG', 'VULNERABILITY', 'CODE_SMELL', 'SECURITY_HOTSPOT']);

/** Unknown in, checked out. Only an entry that names no rule and no category cannot become a result. */
export function parseIssue(value: unknown, doubt: Doubt, reading: IssueReading): Issue | Refusal {
  if (!isObject(value)) return new Refusal(`This finding is ${kindOf(value)} instead of an object.`);
  const ruleId = ruleIdOf(value);
  if (ruleId === undefined) {
    const where = typeof value['component'] === 'string' ? ` in ${value['component']}` : '';
    return new Refusal(
      `This finding${where} has neither "rule" nor "ruleKey", so the rule that found it is not known.`,
    );
  }
  const fields = new Fields(value, doubt);
  const sorted = sortMembers(fields);
  const rule = isObject(value['rule']) ? value['rule'] : undefined;
  if (rule === undefined) fields.text('rule');
  fields.text('ruleKey');
  const key = fields.label('key') || undefined;
  const isHotspot = isHotspotEntry(value, rule) || (key !== undefined && reading.hotspotKeys.has(key));
  const message = readMessage(fields);
  const decision = readDecision(fields);
  keepConversation(fields, decision);
  const project = keyOf(fields, 'project');
  const subProject = fields.text('subProject') || undefined;
  const category = fields.text('securityCategory') || textOf(rule?.['securityCategory']);
  return {
    isHotspot,
    ruleId,
    rule,
    key: key === '0' ? undefined : key,
    lineHash: fields.text('hash') || undefined,
    message,
    formattings: readFormattings(fields, 'messageFormattings', message),
    ...readSeverities(fields, rule, isHotspot, reading),
    type: readType(fields),
    category,
    component: keyOf(fields, 'component') || undefined,
    place: placeOfObject(value['component']),
    owners: project === undefined && subProject === undefined ? noOwners : [subProject, project],
    region: readRegion(fields),
    flows: readFlows(fields),
    decision,
    isNew: fields.flag('isNew'),
    tags: fields.texts('tags'),
    firstSeen: readTime(fields, 'creationDate'),
    effort: readEffort(fields),
    common: {
      project,
      projectName: fields.text('projectName') || nameOf(value['project']),
      organization: fields.text('organization') || undefined,
      branch: fields.text('branch') || undefined,
      pullRequest: fields.label('pullRequest') || undefined,
    },
    ...sorted,
    kept: fields.kept,
  };
}

/** The rule; of old hotspots, which have none, their category. */
function ruleIdOf({ rule, ruleKey, securityCategory }: JsonObject): string | undefined {
  const written = [rule, ruleKey, isObject(rule) ? rule['key'] : undefined];
  const id = written.find((text) => typeof text === 'string' && text !== '');
  if (typeof id === 'string') return id;
  const isUnnamed = [rule, ruleKey].every((text) => text === undefined || text === null || text === '');
  if (!isUnnamed || typeof securityCategory !== 'string' || securityCategory === '') return undefined;
  return `hotspot:${securityCategory}`;
}

function isHotspotEntry(value: JsonObject, rule: JsonObject | undefined): boolean {
  return (
    value['vulnerabilityProbability'] !== undefined ||
    value['securityCategory'] !== undefined ||
    value['type'] === 'SECURITY_HOTSPOT' ||
    rule?.['vulnerabilityProbability'] !== undefined
  );
}

function readMessage(fields: Fields): string | undefined {
  const message = fields.text('message');
  if (message !== undefined && message.trim() !== '') return message;
  if (message !== undefined || fields.object['message'] === undefined || fields.object['message'] === null) {
    fields.doubt('SF-K103', undefined, 'The finding has no "message"; the rule is named instead.');
  }
  return undefined;
}

/** Members of a component that its key and path repeat. */
const componentMembers = new Set(['key', 'path', 'qualifier', 'name', 'longName', 'enabled', 'uuid']);

/** The key of a component or project, which is the value or, in `api/hotspots/show`, a member of it. */
function keyOf(fields: Fields, name: string): string | undefined {
  const value = fields.object[name];
  if (!isObject(value)) return fields.text(name) || undefined;
  const nested = fields.at(value, [name]);
  for (const member of Object.keys(value)) if (!componentMembers.has(member)) keepUnlessEmpty(nested, member);
  return nested.text('key') || undefined;
}

function nameOf(project: unknown): string | undefined {
  return isObject(project) ? textOf(project['name']) : undefined;
}

function readType(fields: Fields): string | undefined {
  const type = fields.text('type');
  if (type === undefined || type === '') return undefined;
  const word = type.toUpperCase();
  if (types.has(word)) return word;
  fields.doubt('SF-K105', 'type', `The type ${JSON.stringify(type)} is none of ${[...types].join(', ')}.`);
  return undefined;
}

function readSeverities(
  fields: Fields,
  rule: JsonObject | undefined,
  isHotspot: boolean,
  { prefersStandard }: IssueReading,
): Pick<Issue, 'severity' | 'severityText' | 'impacts'> {
  const impacts = readImpacts(fields);
  const probability = fields.text('vulnerabilityProbability') || textOf(rule?.['vulnerabilityProbability']);
  const severityText = (isHotspot ? probability : undefined) ?? (fields.text('severity') || undefined);
  const ofImpacts = isHotspot || prefersStandard ? undefined : severityOfImpacts(impacts);
  const standard = severityText === undefined ? undefined : severityOf(severityText);
  if (severityText !== undefined && standard === undefined) {
    const name = isHotspot && probability !== undefined ? 'vulnerabilityProbability' : 'severity';
    fields.doubt('SF-K104', name, `The severity ${JSON.stringify(severityText)} is none of Sonar's.`);
  }
  const severity = ofImpacts ?? standard ?? (isHotspot ? undefined : severityOfImpacts(impacts));
  if (severity === undefined && severityText === undefined) {
    fields.doubt('SF-K104', undefined, 'The finding has no severity.');
  }
  return { severity: severity ?? 'unknown', severityText, impacts };
}

/** Reads `impacts`, and keeps them as written: they may contradict the severity. */
export function readImpacts(fields: Fields): readonly Impact[] {
  const list = fields.list('impacts');
  if (list === undefined || list.length === 0) return noImpacts;
  fields.keep('impacts');
  const impacts: Impact[] = [];
  for (const [index, value] of list.entries()) {
    const quality = isObject(value) ? value['softwareQuality'] : undefined;
    const severity =
      isObject(value) && typeof value['severity'] === 'string' ? severityOf(value['severity']) : undefined;
    if (typeof quality === 'string' && severity !== undefined)
      impacts.push({ quality: quality.toUpperCase(), severity });
    else {
      const known = typeof quality === 'string' ? 'severity' : 'software quality';
      fields.doubt('SF-K104', 'impacts', `Impact ${index} has no known ${known}.`);
    }
  }
  return impacts;
}

/** Preview reports write the range flat. */
function readRegion(fields: Fields): Region | undefined {
  const isFlat = fields.object['startLine'] !== undefined && fields.object['startLine'] !== null;
  const range = fields.nested('textRange');
  const region =
    range === undefined ? (isFlat ? readRange(fields, offsetNames) : undefined) : readRange(range, offsetNames);
  if (range !== undefined && isFlat) for (const name of flatMembers) fields.keep(name);
  const line = fields.integer('line');
  if (line === undefined || line === region?.startLine) return region;
  if (region !== undefined) {
    fields.keep('line');
    return region;
  }
  if (line >= 1) return { startLine: line };
  if (line !== 0) {
    fields.doubt('SF-K106', 'line', `Line ${line} is not a line: lines start at 1. The region is left out.`);
    fields.keep('line');
  }
  return undefined;
}

const flatMembers = ['startLine', 'startOffset', 'endLine', 'endOffset'];

function readEffort(fields: Fields): number | undefined {
  const [effort, debt] = [fields.label('effort'), fields.label('debt')];
  const text = effort || debt;
  if (debt !== undefined && debt !== '' && debt !== text) fields.keep('debt');
  if (text === undefined || text === '') return undefined;
  const minutes = effortMinutes(text);
  if (minutes !== undefined) return minutes;
  const name = effort ? 'effort' : 'debt';
  fields.doubt(
    'SF-K106',
    name,
    `${JSON.stringify(text)} is no effort such as "1h30min". It is kept in the properties.`,
  );
  fields.keep(name);
  return undefined;
}

/** Comments and changes, without those who made them; not a comment that is all there is and stands in the suppression. */
function keepConversation(fields: Fields, { usesComment }: Decision): void {
  for (const name of conversation) {
    const list = fields.list(name);
    if (list === undefined || list.length === 0) continue;
    if (usesComment && list.length === 1 && name !== 'changelog') continue;
    fields.keep(name, withoutPeople(list));
  }
}

const conversation = ['comments', 'comment', 'changelog'];

const none: readonly never[] = [];

/** Keeps what is kept as it is, says what is not known, and sets apart what is left out. One walk over the members. */
function sortMembers(fields: Fields): Pick<Issue, 'people' | 'permissions'> {
  const { object } = fields;
  let people: KeptValue[] | undefined;
  let permissions: string[] | undefined;
  let hasUnknown = false;
  for (const name in object) {
    const role = roles.get(name);
    if (role === 'read') continue;
    if (role === undefined) {
      hasUnknown = true;
      continue;
    }
    const value = object[name];
    if (role === 'permission') (permissions ??= []).push(name);
    else if (isEmptyValue(value)) continue;
    else if (role === 'kept') fields.keep(name, value);
    // Of another type it is doubted where it is read, and kept there.
    else if (role === 'text') {
      if (typeof value === 'string') fields.keep(name, value);
    } else (people ??= []).push({ field: name, value });
  }
  if (hasUnknown) fields.keepUnknown(roles);
  return { people: people ?? none, permissions: permissions ?? none };
}

/** A time in UTC; anything else is kept as it is. */
function readTime(fields: Fields, name: string): string | undefined {
  const text = fields.text(name);
  if (text === undefined || text === '') return undefined;
  const time = utcTime(text);
  if (time !== undefined) return time;
  fields.doubt('SF-K106', name, `${JSON.stringify(text)} is no time with a time zone. It is kept in the properties.`);
  fields.keep(name);
  return undefined;
}

/** Keeps a member, unless it says nothing: Sonar writes empty texts and lists for what is not there. */
export function keepUnlessEmpty(fields: Fields, name: string): void {
  const value = fields.object[name];
  if (value !== undefined && Object.hasOwn(fields.object, name) && !isEmptyValue(value)) fields.keep(name, value);
}

function isEmptyValue(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
