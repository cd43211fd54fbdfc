import { Dice } from '../../json/test-support/dice.ts';
import type { Log, Result, Run } from '../../model/model.ts';
import { mutateValue } from './mutate.ts';
import { validResult, validRunHeader } from './valid-value.ts';

/** A log with a few runs and results of every sort; `broken` is the percentage of results that something is wrong with. */
export function generatedLog(seed: number, broken = 0): Log {
  const dice = new Dice(seed);
  const runs = Array.from({ length: 1 + dice.below(3) }, () => generatedRun(dice, broken));
  return { version: '2.1.0', runs };
}

function generatedRun(dice: Dice, broken: number): Run {
  const results = Array.from({ length: dice.below(dice.chance(80) ? 8 : 40) }, () => generatedResult(dice, broken));
  const random = dice.chance(50) ? validRunHeader(dice.below(2 ** 31)) : {};
  return { ...random, ...usualHeader(dice), results };
}

function generatedResult(dice: Dice, broken: number): Result {
  const result = dice.chance(40) ? validResult(dice.below(2 ** 31)) : usualResult(dice);
  if (dice.chance(broken)) mutateValue(result, dice);
  return result;
}

/** What most tools write. */
function usualResult(dice: Dice): Result {
  const rule = dice.below(5);
  const location = {
    physicalLocation: {
      artifactLocation: {
        uri: dice.chance(90) ? `src/file${dice.below(4)}.c` : dice.pick(['../x.c', 'file:///repo/src/a.c', 'a b.c']),
        ...(dice.chance(60) ? { uriBaseId: dice.pick(['%SRCROOT%', '%SRCROOT%', 'ROOT', 'BUILD', 'nowhere']) } : {}),
        ...(dice.chance(40) ? { index: dice.below(4) } : {}),
      },
      ...(dice.chance(90) ? { region: { startLine: 1 + dice.below(99), startColumn: 1 + dice.below(9) } } : {}),
    },
  };
  return {
    ...(dice.chance(90) ? { ruleId: dice.pick([`R${rule}`, `R${rule}`, `R${rule}`, `R${rule}/sub`, 'other']) } : {}),
    ...(dice.chance(70) ? { ruleIndex: dice.chance(90) ? rule : dice.below(8) } : {}),
    ...(dice.chance(25) ? { rule: usualReference(dice, rule) } : {}),
    ...(dice.chance(60) ? { level: dice.pick(['error', 'warning', 'note', 'none'] as const) } : {}),
    ...(dice.chance(10) ? { kind: dice.pick(['fail', 'review', 'pass'] as const) } : {}),
    message: dice.chance(90)
      ? { text: dice.pick(['Something is wrong.', 'é', '', ' ']) }
      : { id: 'm', arguments: ['a'] },
    ...(dice.chance(90) ? { locations: dice.chance(90) ? [location] : [] } : {}),
    ...(dice.chance(30) ? { partialFingerprints: { 'hash/v1': `${dice.below(1e9)}` } } : {}),
    ...(dice.chance(30) ? { properties: { tags: ['a', 'b'], index: 3 } } : {}),
  };
}

function usualReference(dice: Dice, rule: number): NonNullable<Result['rule']> {
  return {
    ...(dice.chance(50) ? { id: `R${rule}` } : {}),
    ...(dice.chance(80) ? { index: rule } : {}),
    ...(dice.chance(50)
      ? {
          toolComponent: dice.pick([{ index: 0 }, { index: 7 }, { index: 0, name: 'E' }, { name: 'E' }, { index: -1 }]),
        }
      : {}),
  };
}

function usualHeader(dice: Dice): Run {
  const level = () => dice.pick(['error', 'warning', 'note', 'none'] as const);
  const rules = Array.from({ length: dice.below(6) }, (_, index) => ({
    id: `R${index}`,
    shortDescription: { text: `Rule ${index}` },
    ...(dice.chance(50) ? { defaultConfiguration: { level: level() } } : {}),
    ...(dice.chance(20) ? { properties: { tags: ['external/cwe/cwe-079'] } } : {}),
  }));
  const override = { configuration: { level: level() }, descriptor: { id: 'R1' } };
  return {
    tool: {
      driver: { name: dice.pick(['Tool', 'Other']), ...(dice.chance(80) ? { rules } : {}) },
      ...(dice.chance(40)
        ? {
            extensions: [
              {
                name: 'E',
                rules: [{ id: 'R0' }, { id: 'E1' }, { id: 'R2', guid: '7a3f1f9e-8d1c-4a6e-9a53-000000000000' }],
              },
            ],
          }
        : {}),
    },
    ...(dice.chance(70)
      ? {
          artifacts: Array.from({ length: dice.below(5) }, (_, index) => ({
            location: { uri: `src/file${index}.c` },
            length: index,
          })),
        }
      : {}),
    ...(dice.chance(50)
      ? {
          originalUriBaseIds: {
            '%SRCROOT%': { uri: 'file:///repo/' },
            BUILD: { uri: 'build/', uriBaseId: '%SRCROOT%' },
            ROOT: {},
          },
        }
      : {}),
    ...(dice.chance(15)
      ? { invocations: [{ executionSuccessful: true, ruleConfigurationOverrides: [override] }] }
      : {}),
  };
}
