import type { Location } from '@sariflow/sarif';
import type { Doubt } from '../diagnostics/doubt.ts';
import type { SourcePaths } from '../locations/source-paths.ts';
import type { LossTally } from '../shell/losses.ts';
import type { NotificationDraft } from '../shell/notifications.ts';
import { Fields } from '../values/fields.ts';
import { isObject, kindOf } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { propertyName } from './property-name.ts';
import { plainRegion } from './region.ts';
import { readSpan } from './span.ts';

/** An entry of `errors`, and what it means for the run. */
export interface ReadError {
  readonly to: 'execution' | 'configuration';
  readonly draft: NotificationDraft;
  /** The scan did not happen. */
  readonly isFatal: boolean;
  /** The scan did not happen either, if nothing was found. */
  readonly isSerious: boolean;
}

/** Types that say that a rule, not the scan, is wrong. */
const configurationTypes = new Set([
  'Rule parse error',
  'Pattern parse error',
  'PatternParseError',
  'Invalid YAML',
  'InvalidRuleSchemaError',
  'UnknownLanguageError',
  'IncompatibleRule',
  'Incompatible rule',
  'Missing plugin',
]);
const fatalTypes = new Set(['Fatal error', 'Invalid YAML', 'InvalidRuleSchemaError']);
const levels: ReadonlyMap<string, NotificationDraft['level']> = new Map([
  ['error', 'error'],
  ['warn', 'warning'],
  ['warning', 'warning'],
  ['info', 'note'],
]);
const members = new Set([
  'code',
  'level',
  'type',
  'rule_id',
  'message',
  'path',
  'long_msg',
  'short_msg',
  'spans',
  'help',
]);

/** One entry of `errors` as a notification (§3.58). Total: an entry that cannot be read is a notification that says so. */
export function readError(value: unknown, doubt: Doubt, paths: SourcePaths, losses: LossTally): ReadError {
  if (!isObject(value)) {
    doubt('SF-K102', [], `This entry of "errors" is ${kindOf(value)}; an object was expected.`, value);
    const draft = {
      kind: 'semgrep/error',
      level: 'warning',
      text: JSON.stringify(value) ?? 'The entry is not complete.',
    } as const;
    return { to: 'execution', draft, isFatal: false, isSerious: false };
  }
  const fields = new Fields(value, doubt);
  fields.keepUnknown(members);
  const type = readType(fields);
  const level = readLevel(fields);
  const code = fields.integer('code');
  fields.keep('code', code);
  fields.keep('help', fields.text('help'));
  const locations = readLocations(fields, paths);
  const ruleId = fields.text('rule_id');
  const text = [fields.text('message'), fields.text('long_msg'), fields.text('short_msg')].find(
    (words) => words !== undefined && words !== '',
  );
  const properties = {};
  keepInProperties(properties, fields.kept, { nameOf: propertyName, losses, within: 'errors[].' });
  const draft: NotificationDraft = {
    kind: type ?? 'semgrep/error',
    level,
    text: text ?? type ?? 'Semgrep reported an error without a message.',
    ruleId: ruleId === '' ? undefined : ruleId,
    fields: {
      ...(locations.length > 0 && { locations }),
      ...(Object.keys(properties).length > 0 && { properties }),
    },
  };
  const isError = level === 'error';
  return {
    to: type !== undefined && configurationTypes.has(type) ? 'configuration' : 'execution',
    draft,
    isFatal: isError && type !== undefined && fatalTypes.has(type),
    isSerious: isError && code !== undefined && code >= 2,
  };
}

/** A word, or a word with details: `["PartialParsing", [locations]]`. */
function readType(fields: Fields): string | undefined {
  const value = fields.object['type'];
  if (!Array.isArray(value)) return fields.text('type') || undefined;
  const [type, details] = value as unknown[];
  if (typeof type !== 'string' || type === '') {
    fields.doubtValue(['type'], value, 'a string, or an array that starts with one');
    return undefined;
  }
  if (type !== 'PartialParsing' && details !== undefined) fields.keep('type', details);
  return type;
}

function readLevel(fields: Fields): NotificationDraft['level'] {
  const word = fields.text('level');
  const level = word === undefined ? undefined : levels.get(word);
  if (level !== undefined) return level;
  if (word !== undefined) {
    fields.doubt('SF-K105', 'level', `The level ${JSON.stringify(word)} of an error is none of error, warn, info.`);
    fields.keep('level', word);
  }
  return 'warning';
}

/** `spans`, else the locations of the type, else the file. */
function readLocations(fields: Fields, paths: SourcePaths): Location[] {
  const spans = (fields.list('spans') ?? []).flatMap((span, index) =>
    readPlace(fields, ['spans', index], span, 'file', paths),
  );
  if (spans.length > 0) return distinct(spans);
  const type = fields.object['type'];
  const details: unknown = Array.isArray(type) && type[0] === 'PartialParsing' ? type[1] : undefined;
  if (Array.isArray(details)) {
    const places = details.flatMap((place, index) => readPlace(fields, ['type', 1, index], place, 'path', paths));
    if (places.length > 0) return distinct(places);
  }
  const path = fields.text('path');
  return path === undefined || path === '' ? [] : [{ physicalLocation: { artifactLocation: paths.locationOf(path) } }];
}

function readPlace(
  fields: Fields,
  at: (string | number)[],
  value: unknown,
  pathName: string,
  paths: SourcePaths,
): Location[] {
  if (!isObject(value)) {
    fields.doubtValue(at, value, 'an object');
    return [];
  }
  const place = fields.at(value, at);
  const path = place.text(pathName);
  const span = readSpan(place);
  if (path === undefined || path === '') return [];
  return [
    {
      physicalLocation: {
        artifactLocation: paths.locationOf(path),
        ...(span !== undefined && { region: plainRegion(span) }),
      },
    },
  ];
}

/** The schema wants each location of a notification once. */
function distinct(locations: readonly Location[]): Location[] {
  return [...new Map(locations.map((location) => [JSON.stringify(location), location])).values()];
}
