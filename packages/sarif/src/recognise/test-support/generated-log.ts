import { Dice } from '../../json/test-support/dice.ts';
import type { Location, Log, Result, Run } from '../../model/model.ts';
import { mutateValue } from './mutate.ts';
import { validResult, validRunHeader } from './valid-value.ts';

/** A log with a few runs and results of every sort; `broken` is the percentage of results that something is wrong with. */
export function generatedLog(seed: number, broken = 0): Log {
  const dice = new Dice(seed);
  const runs = Array.from({ length: 1 + dice.below(3) }, () => generatedRun(dice, broken));
  return { version: '2.1.0', runs };
}

function generatedRun(dice: Dice, broken: number): Run {
  const naming = dice.chance(60) ? plainNames : dice.pick(namings);
  const habit: Habit = {
    naming,
    suppressed: dice.pick([0, 0, 0, 20, 100]),
    compared: dice.pick([0, 0, 0, 80, 100]),
    kept: dice.pick([40, 0]),
  };
  const length = dice.below(dice.chance(80) ? 8 : 40);
  const results = Array.from({ length }, () => generatedResult(dice, broken, habit));
  const random = dice.chance(50) ? validRunHeader(dice.below(2 ** 31)) : {};
  return { ...random, ...usualHeader(dice, naming), results };
}

/** How a tool names its files, by their numbers. */
type Naming = (file: number) => string;

const plainNames: Naming = (file) => `src/file${file}.c`;

const namings: readonly Naming[] = [
  (file) => `file:///home/ada/shop/src/file${file}.c`,
  (file) => `file:///repo/src/file${file}.c`,
  (file) => `file:///${file === 0 ? 'repo' : 'other'}/file${file}.c`,
  (file) => `C:\\shop\\src\\file${file}.c`,
  (file) => `src\\file${file}.c`,
  (file) => `/shop/./src/file${file}.c`,
  (file) => `src/my file${file}.c`,
  (file) => `src/fil%65${file}.c`,
  (file) => `${file === 0 ? 'SRC' : 'src'}/%46ile${file % 2}.c`,
  (file) => `https://shop.example/file${file}`,
  (file) => ['Dockerfile', 'Makefile', 'unknown', 'file:///repo/Dockerfile'][file] as string,
];

/** What the results of a run have in common. Chances are percentages. */
interface Habit {
  readonly naming: Naming;
  /** The chance that a result has suppressions, and that it has a baseline state. */
  readonly suppressed: number;
  readonly compared: number;
  /** The chance that a result has anything at all that the schema allows. */
  readonly kept: number;
}

function generatedResult(dice: Dice, broken: number, habit: Habit): Result {
  const result = dice.chance(habit.kept) ? validResult(dice.below(2 ** 31)) : usualResult(dice, habit);
  if (dice.chance(broken)) mutateValue(result, dice);
  return result;
}

/** What most tools write. */
function usualResult(dice: Dice, { naming, suppressed, compared }: Habit): Result {
  const rule = dice.below(5);
  const location = usualLocation(dice, naming);
  const name = naming(dice.below(4));
  return {
    ...(dice.chance(90) ? { ruleId: dice.pick([`R${rule}`, `R${rule}`, `R${rule}`, `R${rule}/sub`, 'other']) } : {}),
    ...(dice.chance(70) ? { ruleIndex: dice.chance(90) ? rule : dice.below(8) } : {}),
    ...(dice.chance(25) ? { rule: usualReference(dice, rule) } : {}),
    ...(dice.chance(60) ? { level: dice.pick(['error', 'warning', 'note', 'none'] as const) } : {}),
    ...(dice.chance(10) ? { kind: dice.pick(['fail', 'review', 'pass'] as const) } : {}),
    message: dice.chance(80)
      ? { text: dice.pick(['Something is wrong.', 'é', '', ' ', `See ${name} there.`, `Text ${dice.below(1e6)}`]) }
      : dice.pick([
          { id: 'm', arguments: ['a'] },
          { id: 'm', arguments: [`${dice.below(9)}`, 'b'] },
          { id: 'plain' },
          { text: 'Use {0}.', arguments: [`${dice.below(1e6)}`] },
          { text: 'Use {0} and {1}.', arguments: ['a'] },
          { text: 'Use it.', arguments: [] },
          { id: 'm', text: 'Use that.' },
        ]),
    ...(dice.chance(suppressed) ? { suppressions: dice.pick([[], [], [{ kind: 'inSource' as const }]]) } : {}),
    ...(dice.chance(compared)
      ? { baselineState: dice.pick(['new', 'new', 'unchanged', 'unchanged', 'updated', 'absent'] as const) }
      : {}),
    ...(dice.chance(90) ? { locations: usualLocations(dice, naming, location) } : {}),
    ...(dice.chance(20) ? { taxa: [], graphs: [], graphTraversals: [], fixes: [], rank: -1 } : {}),
    ...(dice.chance(10) ? { partialFingerprints: {} } : {}),
    ...(dice.chance(20)
      ? { guid: `7a3f1f9e-8d1c-4a6e-9a53-00000000000${dice.pick(['a', 'A', '1', '2', '3', '4', '5'])}` }
      : {}),
    ...(dice.chance(15) ? { relatedLocations: [usualLocation(dice, naming)] } : {}),
    ...(dice.chance(30)
      ? { partialFingerprints: { 'hash/v1': dice.chance(80) ? `${dice.below(1e9)}` : `${name}:1` } }
      : {}),
    ...(dice.chance(30) ? { properties: dice.chance(80) ? { tags: ['a', 'b'], index: 3 } : {} } : {}),
    ...(dice.chance(3) ? { properties: { 'sariflow/originalUri': 'x' } } : {}),
  };
}

function usualLocation(dice: Dice, naming: Naming): Location {
  return {
    ...(dice.chance(15) ? { id: -1, logicalLocations: [], relationships: [] } : {}),
    physicalLocation: {
      artifactLocation: {
        uri: dice.chance(90) ? naming(dice.below(4)) : dice.pick(['../x.c', 'file:///repo/src/a.c', 'a b.c']),
        ...(dice.chance(60) ? { uriBaseId: dice.pick(['%SRCROOT%', '%SRCROOT%', 'ROOT', 'BUILD', 'nowhere']) } : {}),
        ...(dice.chance(40) ? { index: dice.chance(90) ? dice.below(4) : -1 } : {}),
      },
      ...(dice.chance(90) ? { region: { startLine: 1 + dice.below(99), startColumn: 1 + dice.below(9) } } : {}),
    },
  };
}

function usualLocations(dice: Dice, naming: Naming, first: Location): Location[] {
  if (!dice.chance(90)) return [];
  return dice.chance(90) ? [first] : [first, usualLocation(dice, naming)];
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

function usualHeader(dice: Dice, naming: Naming): Run {
  const level = () => dice.pick(['error', 'warning', 'note', 'none'] as const);
  const rules = Array.from({ length: dice.below(6) }, (_, index) => ({
    id: `R${index}`,
    shortDescription: { text: `Rule ${index}` },
    ...(dice.chance(50) ? { defaultConfiguration: { level: level() } } : {}),
    ...(dice.chance(20) ? { properties: { tags: ['external/cwe/cwe-079'] } } : {}),
    ...(dice.chance(50) ? { messageStrings: { m: { text: 'Use {0} here.' }, plain: { text: 'Never use it.' } } } : {}),
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
            location: { uri: naming(index % 4) },
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
