import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Dice } from '../json/test-support/dice.ts';
import { containersIn } from '../recognise/test-support/mutate.ts';
import type { RootName } from './check.ts';
import { check, checkLogHeader, checkResult } from './check.ts';
import type { SchemaDefect } from './defect.ts';
import { explain } from './explain.ts';
import { repairLogHeader, repairResult } from './repair.ts';
import type { ValueShape } from './shape.ts';
import { shapes } from './shapes.generated.ts';

type Fields = Record<string, unknown>;

/** A value that every schema accepts: the published one and ours. */
function validValue(shape: ValueShape, dice: Dice, depth: number): unknown {
  switch (shape.type) {
    case 'boolean':
      return dice.chance(50);
    case 'integer':
      return Math.max(shape.minimum ?? 0, 0) + dice.below(50);
    case 'number':
      return (shape.minimum ?? 0) + dice.below(100) + 0.5;
    case 'string':
      if (shape.words !== undefined) return dice.pick(shape.words);
      if (shape.pattern !== undefined) return dice.pick(shape.pattern.includes('/') ? ['text/x', 'a/b'] : ['1.2.3.4']);
      if (shape.form === 'guid') return `7a3f1f9e-8d1c-4a6e-9a53-${`${dice.below(1e9)}`.padStart(12, '0')}`;
      if (shape.form === 'date-time') return dice.pick(['2016-02-08', '2016-02-08T16:08:25.943Z']);
      if (shape.form === 'language') return dice.pick(['en', 'de-CH']);
      return `text ${dice.below(1e6)}`;
    case 'map':
      return Object.fromEntries(
        manyOf(() => [`key ${dice.below(9)}`, validValue(shape.values, dice, depth + 1)], 2, dice),
      );
    case 'array': {
      const items = manyOf(() => validValue(shape.items, dice, depth + 1), 3, dice);
      if (items.length < (shape.minItems ?? 0)) items.push(validValue(shape.items, dice, depth + 1));
      return shape.distinct === true ? [...new Map(items.map((item) => [JSON.stringify(item), item])).values()] : items;
    }
    case 'object':
      return validObject(shape.shape, dice, depth);
  }
}

function validObject(name: string, dice: Dice, depth: number): Fields {
  const { members, required = [], anyOf = [], oneOf = [] } = shapes[name]!;
  const chosen = new Set([...required, ...(anyOf.length > 0 ? [dice.pick(anyOf)] : [])]);
  const odds = [30, 30, 25, 20, 12, 6, 2][depth] ?? 0;
  for (const member of Object.keys(members)) if (!oneOf.includes(member) && dice.chance(odds)) chosen.add(member);
  if (oneOf.length > 0) chosen.add(dice.pick(oneOf));
  return Object.fromEntries([...chosen].map((member) => [member, validValue(members[member]!, dice, depth + 1)]));
}

function manyOf<T>(make: () => T, most: number, dice: Dice): T[] {
  return Array.from({ length: dice.below(most + 1) }, make);
}

const strangers: readonly unknown[] = [
  null,
  'critical',
  '12',
  'true',
  '',
  -5,
  0,
  1.5,
  1e9,
  true,
  [],
  {},
  [null],
  ['x', 'x'],
  { text: 'x' },
  { value: 'x' },
  { markdown: '**x**' },
];

/** Breaks the value in one random place, or by chance leaves it as it was. */
function mutate(root: unknown, dice: Dice): void {
  const target = dice.pick(containersIn(root));
  if (Array.isArray(target)) {
    if (dice.chance(30)) target.length = 0;
    else if (target.length > 0 && dice.chance(50)) target.push(structuredClone(dice.pick(target)));
    else target.push(structuredClone(dice.pick(strangers)));
    return;
  }
  const names = Object.keys(target);
  if (names.length === 0 || dice.chance(20)) target['notSarif'] = structuredClone(dice.pick(strangers));
  else if (dice.chance(35)) delete target[dice.pick(names)];
  else target[dice.pick(names)] = structuredClone(dice.pick(strangers));
}

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const roots: readonly RootName[] = ['log', 'run', 'result'];
const runs = { numRuns: 1500 };

function makeValid(root: RootName, seed: number): unknown {
  return validValue({ type: 'object', shape: root }, new Dice(seed), 0);
}

function makeBroken(root: RootName, seed: number, mutations: number): unknown {
  const value = makeValid(root, seed);
  const dice = new Dice(seed ^ 0x5bd1e995);
  for (let count = 0; count < mutations; count += 1) mutate(value, dice);
  return value;
}

function defectsOf(root: RootName, value: unknown): SchemaDefect[] {
  const defects: SchemaDefect[] = [];
  explain(root, value, (defect) => defects.push(defect));
  return defects;
}

function publishedSchema(): Record<RootName, ValidateFunction> {
  const {
    id: _id,
    $schema: _schema,
    ...facts
  } = JSON.parse(readFileSync(new URL('../model/schema.json', import.meta.url), 'utf8'));
  const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false, allErrors: true });
  ajv.addSchema({ $id: 'log', ...facts });
  return {
    log: ajv.compile({ $ref: 'log' }),
    run: ajv.compile({ $ref: 'log#/definitions/run' }),
    result: ajv.compile({ $ref: 'log#/definitions/result' }),
  };
}

/** A copy without the nulls that Sariflow accepts and the published schema does not. */
function withoutAcceptedNulls(value: unknown, shape: ValueShape | undefined): unknown {
  if (typeof value !== 'object' || value === null || shape === undefined) return value;
  if (Array.isArray(value)) {
    return value.map((item) => withoutAcceptedNulls(item, shape.type === 'array' ? shape.items : undefined));
  }
  const kept = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
    const memberShape = shape.type === 'object' ? shapes[shape.shape]?.members[name] : undefined;
    const next = shape.type === 'map' ? shape.values : memberShape;
    return member === null && next?.nullable === true && name !== 'runs'
      ? []
      : [[name, withoutAcceptedNulls(member, next)]];
  });
  return Object.fromEntries(kept);
}

describe.each(roots)('a generated %s', (root) => {
  test('is clean as it was made', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(defectsOf(root, makeValid(root, seed))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('gets the same verdict from the compiled proof and from the explanation', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 4 }), (seed, mutations) => {
        const value = makeBroken(root, seed, mutations);
        const reported: SchemaDefect[] = [];
        check(root, value, (defect) => reported.push(defect));
        expect(reported).toEqual(defectsOf(root, value));
      }),
      runs,
    );
  });

  test('gets the verdict of the published schema, the listed differences apart', () => {
    const published = publishedSchema()[root];
    let broken = 0;
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 2 }), (seed, mutations) => {
        const value = makeBroken(root, seed, mutations);
        const ours = defectsOf(root, value).filter(
          // Dates and language tags differ on purpose, and nulls that the text accepts are only noted.
          ({ rule, value: at }) => !['SF-S210', 'SF-S211'].includes(rule.id) && !(rule.id === 'SF-S217' && at === null),
        );
        if (ours.length > 0) broken += 1;
        const accepted =
          published(withoutAcceptedNulls(value, { type: 'object', shape: root })) ||
          published.errors?.every(
            ({ keyword, instancePath }) => keyword === 'pattern' && /[lL]anguage$/.test(instancePath),
          );
        expect(accepted).toBe(ours.length === 0);
      }),
      runs,
    );
    expect(broken).toBeGreaterThan(runs.numRuns / 4);
  });
});

describe('where Sariflow differs from the published schema on purpose', () => {
  const published = publishedSchema();
  const driver = { name: 'T' };
  const run = (members: object) => ({ tool: { driver }, ...members });
  const message = { text: 'x' };
  const guid7 = '01890a5d-ac96-774b-bcce-b302099a8057';

  test.each<[string, RootName, object]>([
    ['run.results is null', 'run', run({ results: null })],
    ['result.suppressions is null', 'result', { message, suppressions: null }],
    ['result.workItemUris is null', 'result', { message, workItemUris: null }],
    ['invocation.arguments is null', 'run', run({ invocations: [{ executionSuccessful: true, arguments: null }] })],
    [
      'invocation.responseFiles is null',
      'run',
      run({ invocations: [{ executionSuccessful: true, responseFiles: null }] }),
    ],
    ['address.length is null', 'run', run({ addresses: [{ length: null }] })],
    ['address.offsetFromParent is null', 'run', run({ addresses: [{ offsetFromParent: null }] })],
    ['address.relativeAddress is null', 'run', run({ addresses: [{ relativeAddress: null }] })],
    ['a GUID of version 7', 'result', { message, guid: guid7 }],
    ['a language with script and region', 'run', run({ language: 'zh-Hans-CN' })],
    ['a role of the prose', 'run', run({ artifacts: [{ roles: ['conversionSource'] }] })],
    ['a role of the prose', 'run', run({ artifacts: [{ roles: ['externalPropertyFile'] }] })],
    ['the location of an attachment', 'result', { message, attachments: [{ location: { uri: 'a.png' } }] }],
    [
      '$schema of external properties',
      'log',
      { version: '2.1.0', runs: [], inlineExternalProperties: [{ $schema: 'x' }] },
    ],
  ])('accepted here alone: %s', (_difference, root, value) => {
    expect(check(root, value, () => {})).toBe(true);
    expect(published[root](value)).toBe(false);
  });

  test.each<[string, RootName, object]>([
    [
      'a date with an offset',
      'run',
      run({ invocations: [{ executionSuccessful: true, endTimeUtc: '2016-02-08T16:08:25+02:00' }] }),
    ],
    ['a release date that is none', 'run', { tool: { driver: { name: 'T', releaseDateUtc: 'May' } } }],
  ])('refused here alone: %s', (_difference, root, value) => {
    expect(check(root, value, () => {})).toBe(false);
    expect(published[root](value)).toBe(true);
  });
});

describe('repairs', () => {
  test('a repaired result is clean, and what came in is unchanged', () => {
    let kept = 0;
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 8 }), (seed, mutations) => {
        const value = makeBroken('result', seed, mutations);
        const before = structuredClone(value);
        const { result, repairs } = repairResult(value, defectsOf('result', value));
        expect(value).toEqual(before);
        if (result === undefined) return;
        kept += 1;
        expect(checkResult(result, (defect) => expect.fail(defect.message))).toBe(true);
        expect(repairResult(result, []).result).toEqual(result);
        if (repairs.length === 0) expect(result).toEqual(value);
      }),
      runs,
    );
    expect(kept).toBeGreaterThan(runs.numRuns / 2);
  });

  test('a repaired log has no errors left, and no element moved that an index points at', () => {
    let kept = 0;
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 8 }), (seed, mutations) => {
        const value = makeBroken('log', seed, mutations);
        const before = structuredClone(value);
        const { header } = repairLogHeader(value);
        expect(value).toEqual(before);
        if (header === undefined) return;
        kept += 1;
        checkLogHeader(header, ({ rule, message }) => {
          if (!['SF-S208', 'SF-S211', 'SF-S217'].includes(rule.id)) expect.fail(`${rule.id} ${message}`);
        });
        expectSamePlaces(value, header, { type: 'object', shape: 'log' });
      }),
      runs,
    );
    expect(kept).toBeGreaterThan(runs.numRuns / 3);
  });
});

/** Every array that indices point into has its elements where they were. */
function expectSamePlaces(before: unknown, after: unknown, shape: ValueShape): void {
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return;
  if (shape.type === 'array') {
    if (!Array.isArray(before) || !Array.isArray(after) || shape.indexed !== true) return;
    expect(after.length).toBe(before.length);
    for (const [index, element] of after.entries()) expectSamePlaces(before[index], element, shape.items);
  } else if (shape.type === 'object') {
    const isDroppedRun = shape.shape === 'run' && !Object.hasOwn(before, 'tool');
    if (isDroppedRun || shape.shape === 'result') return;
    for (const [name, member] of Object.entries(shapes[shape.shape]?.members ?? {})) {
      expectSamePlaces((before as Fields)[name], (after as Fields)[name], member);
    }
  }
}
