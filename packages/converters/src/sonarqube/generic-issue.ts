import type { Region } from '@sariflow/sarif';
import type { Doubt } from '../diagnostics/doubt.ts';
import { Refusal } from '../shell/drafts.ts';
import type { Severity } from '../shell/severity.ts';
import { Fields, type KeptValue } from '../values/fields.ts';
import { isObject, type JsonObject, kindOf } from '../values/json-object.ts';
import { readImpacts } from './issue.ts';
import { type Impact, severityOf, severityOfImpacts } from './severity.ts';
import { columnNames, readRange } from './text-range.ts';

/** A location of the generic issue import format. */
export interface GenericLocation {
  readonly path: string | undefined;
  readonly message: string | undefined;
  readonly region: Region | undefined;
}

/** An issue of the generic import format, of before and since version 10.3, checked. */
export interface GenericIssue {
  /** `engine:rule`, or the rule alone where no engine is named. */
  readonly ruleId: string;
  /** The rule as its own list has it. */
  readonly ruleKey: string;
  readonly engine: string | undefined;
  readonly severity: Severity;
  readonly severityText: string | undefined;
  readonly impacts: readonly Impact[];
  readonly type: string | undefined;
  readonly primary: GenericLocation;
  readonly secondary: readonly GenericLocation[];
  readonly effort: number | undefined;
  readonly kept: readonly KeptValue[];
}

/** What the document says about all of its issues. */
export interface GenericReading {
  /** An entry of `rules` by its id. */
  ruleOf(id: string): JsonObject | undefined;
  readonly prefersStandard: boolean;
}

const members = new Set([
  'engineId',
  'ruleId',
  'severity',
  'type',
  'impacts',
  'cleanCodeAttribute',
  'primaryLocation',
  'secondaryLocations',
  'effortMinutes',
]);
const locationMembers = new Set(['message', 'filePath', 'textRange']);
const nowhere: GenericLocation = { path: undefined, message: undefined, region: undefined };

/** Unknown in, checked out. Only an entry without a rule id cannot become a result. */
export function parseGenericIssue(value: unknown, doubt: Doubt, reading: GenericReading): GenericIssue | Refusal {
  if (!isObject(value)) return new Refusal(`This issue is ${kindOf(value)} instead of an object.`);
  const fields = new Fields(value, doubt);
  const { ruleId: ruleKey } = value;
  if (typeof ruleKey !== 'string' || ruleKey === '') {
    return new Refusal('This issue has no "ruleId", so the rule that found it is not known.');
  }
  fields.keepUnknown(members);
  const rule = reading.ruleOf(ruleKey);
  const engine = fields.text('engineId') || textOf(rule?.['engineId']);
  const type = fields.text('type') || textOf(rule?.['type']);
  if (fields.object['type'] !== undefined) fields.keep('type', fields.text('type'));
  fields.keep('cleanCodeAttribute');
  return {
    ruleId: engine === undefined ? ruleKey : `${engine}:${ruleKey}`,
    ruleKey,
    engine,
    ...readSeverities(fields, rule, reading),
    type: type?.toUpperCase(),
    primary: readPrimary(fields),
    secondary: readSecondary(fields),
    effort: readMinutes(fields),
    kept: fields.kept,
  };
}

/** Since 10.3 severities stand with the rule; an issue may still have its own. */
function readSeverities(
  fields: Fields,
  rule: JsonObject | undefined,
  { prefersStandard }: GenericReading,
): Pick<GenericIssue, 'severity' | 'severityText' | 'impacts'> {
  const own = readImpacts(fields);
  const impacts = own.length > 0 ? own : impactsOf(rule);
  const written = fields.text('severity') || undefined;
  const severityText = written ?? textOf(rule?.['severity']);
  const standard = severityText === undefined ? undefined : severityOf(severityText);
  const ofImpacts = severityOfImpacts(impacts);
  const severity = prefersStandard ? (standard ?? ofImpacts) : (ofImpacts ?? standard);
  if (written !== undefined && standard === undefined) {
    fields.doubt('SF-K104', 'severity', `The severity ${JSON.stringify(written)} is none of Sonar's.`);
  } else if (severity === undefined) {
    fields.doubt('SF-K104', undefined, 'Neither the issue nor its rule has a severity.');
  }
  return { severity: severity ?? 'unknown', severityText, impacts };
}

/** The impacts of a rule, without doubts. */
function impactsOf(rule: JsonObject | undefined): readonly Impact[] {
  const list = rule?.['impacts'];
  if (!Array.isArray(list)) return [];
  const impacts: Impact[] = [];
  for (const value of list as unknown[]) {
    if (!isObject(value)) continue;
    const { softwareQuality: quality, severity: word } = value;
    const severity = typeof word === 'string' ? severityOf(word) : undefined;
    if (typeof quality === 'string' && severity !== undefined)
      impacts.push({ quality: quality.toUpperCase(), severity });
  }
  return impacts;
}

function readPrimary(fields: Fields): GenericLocation {
  const location = fields.nested('primaryLocation');
  if (location === undefined) {
    if (fields.object['primaryLocation'] === undefined || fields.object['primaryLocation'] === null) {
      fields.doubt('SF-K103', undefined, 'The issue has no "primaryLocation", so its place and message are not known.');
    }
    return nowhere;
  }
  const read = readLocation(location);
  if (read.path === undefined && location.object['filePath'] === undefined) {
    location.doubt('SF-K103', undefined, 'The issue has no "primaryLocation.filePath", so its file is not known.');
  }
  if (read.message === undefined && location.object['message'] === undefined) {
    location.doubt('SF-K103', undefined, 'The issue has no "primaryLocation.message"; the rule is named instead.');
  }
  return read;
}

function readSecondary(fields: Fields): GenericLocation[] {
  const locations: GenericLocation[] = [];
  for (const [index, value] of (fields.list('secondaryLocations') ?? []).entries()) {
    if (isObject(value)) locations.push(readLocation(fields.at(value, ['secondaryLocations', index])));
    else fields.doubtValue(['secondaryLocations', index], value, 'an object');
  }
  return locations;
}

function readLocation(location: Fields): GenericLocation {
  location.keepUnknown(locationMembers);
  const range = location.nested('textRange');
  return {
    path: location.text('filePath') || undefined,
    message: location.text('message')?.trim() ? location.text('message') : undefined,
    region: range === undefined ? undefined : readRange(range, columnNames),
  };
}

function readMinutes(fields: Fields): number | undefined {
  const minutes = fields.integer('effortMinutes');
  if (minutes === undefined || minutes >= 0) return minutes;
  fields.doubt('SF-K106', 'effortMinutes', `An effort of ${minutes} minutes cannot be. It is kept in the properties.`);
  fields.keep('effortMinutes');
  return undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
