import { readFileSync } from 'node:fs';
import type { Dice } from '../../packages/sarif/src/json/test-support/dice.ts';
import type { JsonSchema } from '../generate/json-schema.ts';

type Fields = Record<string, unknown>;

/** A value of a log, what holds it, and what the published schema says of it. */
interface Site {
  readonly holder: Fields | unknown[];
  readonly key: string | number;
  readonly schema: JsonSchema;
}

const root = JSON.parse(
  readFileSync(new URL('../../packages/sarif/src/model/schema.json', import.meta.url), 'utf8'),
) as JsonSchema;

/**
 * Changes one thing that the published schema has a word on: a type, a bound, a form, a member. Every third time that is
 * something which was added for the purpose, because most logs lack most of what there is.
 */
export function mutateBySchema(log: unknown, dice: Dice): void {
  const sites = sitesIn(log, root);
  const site = dice.chance(35) ? addedMember(sites, dice) : undefined;
  change(site === undefined ? sites : [site, ...sitesIn((site.holder as Fields)[site.key], site.schema)], dice);
}

function change(sites: readonly Site[], dice: Dice): void {
  if (sites.length === 0) return;
  const site = oneOfEachSort(sites, dice);
  dice.pick(changesOf(site.schema, (site.holder as Fields)[site.key], dice))(site);
}

/** Gives an object a member that it lacks. */
function addedMember(sites: readonly Site[], dice: Dice): Site | undefined {
  const missing = sites.flatMap(({ holder, key, schema }) => {
    const owner = (holder as Fields)[key];
    if (schema.properties === undefined || typeof owner !== 'object' || owner === null) return [];
    return Object.entries(schema.properties)
      .filter(([name]) => !Object.hasOwn(owner, name))
      .map(([name, member]): Site => ({ holder: owner as Fields, key: name, schema: resolved(member) }));
  });
  if (missing.length === 0) return undefined;
  const site = oneOfEachSort(missing, dice);
  (site.holder as Fields)[site.key] = generated(site.schema, dice, 0);
  return site;
}

/** One by what is asked of it, so that a date is as likely to be changed as one of a thousand texts. */
function oneOfEachSort(sites: readonly Site[], dice: Dice): Site {
  return dice.pick(dice.pick([...Map.groupBy(sites, ({ schema }) => sortOf(schema)).values()]));
}

function sortOf({ format, enum: words, pattern, type, minItems, uniqueItems, properties }: JsonSchema): string {
  if (type === 'array') return `array ${minItems} ${uniqueItems}`;
  if (type === 'object') return properties === undefined ? 'map' : 'object';
  return format ?? pattern ?? (words === undefined ? String(type) : 'enum');
}

type Change = (site: Site) => void;

const set =
  (value: unknown): Change =>
  ({ holder, key }) => {
    (holder as Fields)[key] = structuredClone(value);
  };

/** What can be done to a value: what its own keywords ask for, most of the time. */
function changesOf(schema: JsonSchema, value: unknown, dice: Dice): Change[] {
  const changes: Change[] = [];
  if (typeof value === 'string') changes.push(...changesOfString(schema, value, dice));
  if (typeof value === 'number') changes.push(set(dice.pick(numbersNear(schema))));
  if (Array.isArray(value)) changes.push(...changesOfArray(schema, value, dice));
  else if (typeof value === 'object' && value !== null) changes.push(...changesOfObject(schema, value as Fields, dice));
  return changes.length > 0 && dice.chance(75) ? changes : [set(dice.pick(ofOtherTypes(value))), set(null)];
}

function ofOtherTypes(value: unknown): readonly unknown[] {
  const all = ['', 'x', '7', 'true', 0, 1, 2.5, true, false, [], [{}], ['x'], {}, { text: 'x' }, { value: 'x' }];
  return all.filter((other) => typeof other !== typeof value || Array.isArray(other) !== Array.isArray(value));
}

function changesOfString({ enum: words, pattern, format }: JsonSchema, value: string, dice: Dice): Change[] {
  if (words !== undefined) {
    return [set(dice.pick(words)), set(dice.pick([value.toUpperCase(), 'critical', '', ` ${value}`, '__proto__']))];
  }
  if (format === 'date-time') return [set(dice.pick(dates))];
  if (format !== undefined) return [set(dice.pick(uris))];
  if (pattern?.includes('{8}') === true) return [set(dice.pick(guids))];
  if (pattern !== undefined) return [set(dice.pick(languages)), set(dice.pick(['text/x', 'text', '1.2.3.4', '1.2']))];
  return [set(''), set(' '), set(dice.pick(['__proto__', '\ud800', '\u0000', '{0} {1}', '[a](1)', 'a/b/c', 'é']))];
}

const dates = [
  '2016-02-08',
  '2016-02-30',
  '2015-02-29T10:00:00Z',
  '2016-02-29T10:00:00Z',
  '2016-02-08T16:08Z',
  '2016-02-08T16:08:25Z',
  '2016-02-08T16:08:25',
  '2016-02-08T16:08:25.123456789Z',
  '2016-02-08T16:08:25+02:00',
  '2016-02-08T16:08:25-00:00',
  '2016-02-08t16:08:25z',
  '2016-02-08 16:08:25Z',
  '2016-12-31T23:59:60Z',
  '2016-12-31T22:59:60Z',
  '2016-12-31T23:59:61Z',
  '2016-02-08T24:00:00Z',
  '2016-02-08T24:00:01Z',
  '2016-13-08T10:00:00Z',
  '02/08/2016',
  'yesterday',
  '',
];

const uris = [
  'src/a.c',
  'a b.c',
  'a%2',
  'a%20b.c',
  'C:\\a\\b.c',
  'C:/a/b.c',
  '\\\\host\\share\\a.c',
  'file://C:/a.c',
  'file:///C:/a.c',
  '//host/a',
  '/a/b',
  '../a',
  './a:b',
  'a:b',
  '1a:b',
  '#fragment',
  '?query',
  'https://example.test/a?b#c',
  'https://example.test/[a]',
  'https://[::1]/a',
  'https://[::1',
  'https://example.test:80a/',
  'é.c',
  '{a}',
  '<a>',
  'a|b',
  'a^b',
  '`a`',
  '"a"',
  '\ta',
  '\u0000',
  '\ud800',
  '',
  'sarif:/runs/0',
  'mailto:a@example.test',
  'urn:uuid:7a3f1f9e-8d1c-4a6e-9a53-000000000000',
];

const guids = [
  '7a3f1f9e-8d1c-4a6e-9a53-000000000000',
  '7A3F1F9E-8D1C-7A6E-9A53-000000000000',
  '7a3f1f9e-8d1c-0a6e-0a53-000000000000',
  '{7a3f1f9e-8d1c-4a6e-9a53-000000000000}',
  'urn:uuid:7a3f1f9e-8d1c-4a6e-9a53-000000000000',
  '7a3f1f9e8d1c4a6e9a53000000000000',
  '7a3f1f9e-8d1c-4a6e-9a53-00000000000g',
  ' 7a3f1f9e-8d1c-4a6e-9a53-000000000000',
  '',
];

const languages = ['en', 'de-CH', 'zh-Hans-CN', 'x-klingon', 'english', 'en_US', 'e', 'en-', '', 'DE'];

function numbersNear({ minimum = 0, maximum = 100 }: JsonSchema): readonly number[] {
  return [minimum, minimum - 1, minimum + 1, maximum, maximum + 1, -1, -2, 0, 0.5, 1e300, 2 ** 31, 2 ** 53, -(2 ** 53)];
}

function changesOfArray({ items = {} }: JsonSchema, value: readonly unknown[], dice: Dice): Change[] {
  const changes: Change[] = [set([]), set([...value, generated(items, dice, 0)]), set([...value, null])];
  if (value.length > 0) {
    const element = dice.pick(value);
    changes.push(set([...value, element]), set([...value, swapped(element)]), set(value.slice(1)));
  }
  return changes;
}

/** Equal for section 3.7.3, however the members are ordered. */
function swapped(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).reverse());
}

function changesOfObject(schema: JsonSchema, value: Fields, dice: Dice): Change[] {
  const { properties, additionalProperties } = resolved(schema);
  const names = Object.keys(value);
  const changes: Change[] = [set({})];
  const remove = (name: string): Change =>
    set(Object.fromEntries(names.filter((each) => each !== name).map((each) => [each, value[each]])));
  if (names.length > 0) changes.push(remove(dice.pick(names)));
  if (properties !== undefined) {
    const members = Object.entries(properties);
    for (let count = 0; count < 3; count += 1) {
      const [name, member] = dice.pick(members);
      changes.push(set({ ...value, [name]: generated(member, dice, 0) }));
    }
    const [name] = dice.pick(members);
    const strange = dice.pick([
      `${name}s`,
      name.toUpperCase(),
      'notSarif',
      '$schema',
      'location',
      '__proto__',
      'toString',
      '',
    ]);
    changes.push(set(Object.fromEntries([...Object.entries(value), [strange, dice.pick([null, 'x', {}])]])));
  } else if (typeof additionalProperties === 'object') {
    changes.push(set({ ...value, 'added/v1': generated(additionalProperties, dice, 0) }));
  }
  return changes;
}

/** A small value that the schema accepts, or nearly: what is optional is left out, most of the time. */
function generated(given: JsonSchema, dice: Dice, depth: number): unknown {
  const schema = resolved(given);
  if (schema.enum !== undefined) return dice.pick(schema.enum);
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'boolean':
      return dice.chance(50);
    case 'integer':
      return Math.max(schema.minimum ?? 0, 0) + dice.below(3);
    case 'number':
      return dice.pick([schema.minimum ?? 0, schema.maximum ?? 1, 0.5]);
    case 'array': {
      const length = Math.max(schema.minItems ?? 0, dice.below(depth > 3 ? 1 : 3));
      return Array.from({ length }, () => generated(schema.items ?? {}, dice, depth + 1));
    }
    case 'object': {
      const { properties = {}, required = [], anyOf = [], oneOf = [] } = schema;
      const branch = [...anyOf, ...oneOf];
      const chosen = new Set([...required, ...(branch.length > 0 ? (dice.pick(branch).required ?? []) : [])]);
      const others = Object.keys(properties);
      if (depth < 3) while (others.length > 0 && dice.chance(50)) chosen.add(dice.pick(others));
      return Object.fromEntries([...chosen].map((name) => [name, generated(properties[name] ?? {}, dice, depth + 1)]));
    }
    default:
      if (schema.format === 'date-time') return '2016-02-08T16:08:25Z';
      if (schema.format !== undefined) return 'https://example.test/a';
      if (schema.pattern?.includes('{8}') === true)
        return `7a3f1f9e-8d1c-4a6e-9a53-${`${dice.below(1e9)}`.padStart(12, '0')}`;
      if (schema.pattern?.startsWith('^[a-zA-Z]') === true) return 'en';
      if (schema.pattern !== undefined) return schema.pattern.includes('/') ? 'text/x' : '1.2.3.4';
      return `text ${dice.below(100)}`;
  }
}

function sitesIn(from: unknown, at: JsonSchema): Site[] {
  const sites: Site[] = [];
  const pending: (readonly [unknown, JsonSchema])[] = [[from, at]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [value, schema] = next;
    if (typeof value !== 'object' || value === null) continue;
    const { properties, additionalProperties, items } = resolved(schema);
    for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
      const named = typeof key === 'string' && properties !== undefined && Object.hasOwn(properties, key);
      const rest = typeof additionalProperties === 'object' ? additionalProperties : undefined;
      const below = Array.isArray(value) ? items : named ? properties[key] : rest;
      if (below === undefined) continue;
      sites.push({ holder: value as Fields, key, schema: resolved(below) });
      pending.push([(value as Fields)[key], below]);
    }
  }
  return sites;
}

function resolved(schema: JsonSchema): JsonSchema {
  if (schema.$ref === undefined) return schema;
  return root.definitions?.[schema.$ref.replace('#/definitions/', '')] ?? {};
}
