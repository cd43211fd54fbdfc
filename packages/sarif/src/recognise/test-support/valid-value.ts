import { Dice } from '../../json/test-support/dice.ts';
import type { Result } from '../../model/model.ts';
import { deepEqual } from '../../schema/deep-equal.ts';
import type { StringShape, ValueShape } from '../../schema/shape.ts';
import { shapes } from '../../schema/shapes.generated.ts';

type Fields = Record<string, unknown>;

/** How likely a member is that need not be there, in percent, by its distance from the root. */
type Odds = readonly number[];

const resultOdds: Odds = [22, 26, 26, 24, 18, 12, 6, 2];

/** A result that the schema accepts; any member of any SARIF object may occur. */
export function validResult(seed: number): Result {
  const maker = new ValueMaker(new Dice(seed), resultOdds);
  return maker.object('result', 0) as unknown as Result;
}

/** A run's header that the schema accepts, small, with rules, artifacts and base ids that results can refer to. */
export function validRunHeader(seed: number): Fields {
  const maker = new ValueMaker(new Dice(seed), [18, 18, 14, 8, 3]);
  const { results: _, ...run } = maker.object('run', 0);
  return run;
}

/** Members that a result has more often than by chance, so that what is noted of them is tested. */
const frequent: Readonly<Record<string, number>> = {
  'result.ruleId': 85,
  'result.ruleIndex': 50,
  'result.rule': 20,
  'result.level': 60,
  'result.locations': 80,
  'location.physicalLocation': 70,
  'physicalLocation.artifactLocation': 80,
  'physicalLocation.region': 60,
  'artifactLocation.uri': 80,
  'artifactLocation.uriBaseId': 40,
  'artifactLocation.index': 35,
  'reportingDescriptorReference.toolComponent': 30,
  'toolComponentReference.index': 70,
  'toolComponentReference.name': 15,
  'toolComponentReference.guid': 10,
};

const texts = [
  '',
  ' ',
  '\u00a0',
  '\u3000',
  '\ufeff',
  '\ufefftext',
  'Plain text.',
  ' starts with a space',
  'two\nlines\tand a tab',
  'quote " back-slash \\ slash /',
  'é ü ß',
  '漢字',
  '😀 outside the plane',
  'a/b/c',
  '\u007f and \u0085 and \u2028',
  '__proto__',
  'tags',
];

/** Texts that the rules about bytes have something to say about, and that the recogniser leaves alone. */
const oddTexts = ['\u0000', 'bell \u0007', 'lone \ud83d surrogate', '\udc00'];

const uris = [
  'src/main.c',
  'a',
  'src/a%20b/c.java',
  'src/./a.c',
  '../up.c',
  './here.c',
  'a//b',
  '/absolute/file.c',
  'file:///home/x/y.c',
  'https://example.test/a.c',
  'C:/x/y.c',
  'C:\\x\\y.c',
  'with space.c',
  'é.c',
  'trailing/',
  '',
  '.',
  '..',
  'a/..',
  'dir/...hidden/~tilde',
  'a%2',
  'a?b#c',
  "odd!$&'()*+,;=@-_.",
];

const baseIds = ['%SRCROOT%', 'SRCROOT', 'ROOT', '', 'é', '\ufeffROOT', '%SRCROOT%x'];

const ids = ['R1', 'R2', 'R1/sub', 'a.b.c', 'é', '\ufeffR1', '', 'x/y', 'with "quotes"', 'R3'];

class ValueMaker {
  readonly #dice: Dice;
  readonly #odds: Odds;
  /** Whether rare values occur: nulls, dates in unusual forms, indices that lead nowhere. */
  readonly #isOdd: boolean;
  /** How many of the members that need not be there are left out, in percent. */
  readonly #sparse: number;

  constructor(dice: Dice, odds: Odds) {
    this.#dice = dice;
    this.#odds = odds;
    this.#isOdd = dice.chance(40);
    this.#sparse = dice.pick([0, 30, 60, 80]);
  }

  object(name: string, depth: number): Fields {
    const shape = shapes[name];
    if (shape === undefined) throw new Error(`There is no shape '${name}'.`);
    if (shape.open === true) return this.#bag(depth);
    const dice = this.#dice;
    const { members, required = [], anyOf = [], oneOf = [] } = shape;
    const chosen = new Set(required);
    if (anyOf.length > 0) chosen.add(dice.pick(anyOf));
    for (const member of Object.keys(members)) {
      const odds = depth > 6 ? 0 : (frequent[`${name}.${member}`] ?? this.#odds[depth] ?? 0);
      if (!oneOf.includes(member) && dice.chance(odds) && !dice.chance(depth < 2 ? this.#sparse / 2 : this.#sparse)) {
        chosen.add(member);
      }
    }
    if (oneOf.length > 0) chosen.add(dice.pick(oneOf));
    const names = [...chosen].map((member) => ({ member, order: dice.below(1000) }));
    names.sort((one, other) => one.order - other.order);
    return Object.fromEntries(names.map(({ member }) => [member, this.#member(name, member, members[member]!, depth)]));
  }

  #member(type: string, name: string, shape: ValueShape, depth: number): unknown {
    const dice = this.#dice;
    if (shape.nullable === true && this.#isOdd && dice.chance(10)) return null;
    const at = `${type}.${name}`;
    if (at === 'artifactLocation.uri') return dice.chance(70) ? `src/file${dice.below(5)}.c` : dice.pick(uris);
    if (at === 'artifactLocation.uriBaseId') return dice.chance(70) ? '%SRCROOT%' : dice.pick(baseIds);
    if (at === 'result.ruleId' || at === 'reportingDescriptor.id') return dice.pick(ids);
    if (at === 'reportingDescriptorReference.id') return dice.pick(ids);
    return this.#value(shape, depth + 1);
  }

  #value(shape: ValueShape, depth: number): unknown {
    const dice = this.#dice;
    switch (shape.type) {
      case 'boolean':
        return dice.chance(50);
      case 'integer':
        return this.#integer(shape.minimum ?? Number.MIN_SAFE_INTEGER, shape.maximum ?? Number.MAX_SAFE_INTEGER);
      case 'number': {
        const { minimum = -1e9, maximum = 1e9 } = shape;
        const least = Math.max(minimum, 0);
        return dice.pick([minimum, maximum, least, least + 0.5, Math.min(maximum, least + dice.below(1000) / 8)]);
      }
      case 'string':
        return this.#string(shape);
      case 'map':
        return Object.fromEntries(this.#many(2, () => [this.#text(), this.#value(shape.values, depth + 1)]));
      case 'array': {
        const items = this.#many(dice.chance(80) ? 2 : 5, () => this.#value(shape.items, depth + 1));
        while (items.length < (shape.minItems ?? 0)) items.push(this.#value(shape.items, depth + 1));
        if (shape.distinct !== true) return items;
        return items.filter((item, at) => !items.slice(0, at).some((other) => deepEqual(item, other)));
      }
      case 'object':
        return this.object(shape.shape, depth);
    }
  }

  #integer(minimum: number, maximum: number): number {
    const dice = this.#dice;
    const small = Math.min(maximum, Math.max(minimum, 0) + dice.below(4));
    if (!this.#isOdd || dice.chance(80)) return small;
    const bounds = [minimum, maximum, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 1e15, 999_999_999_999_999, -1, 0];
    const value = dice.pick(bounds);
    return value < minimum || value > maximum ? small : value;
  }

  #string({ words, proseWords, form, pattern }: StringShape): string {
    const dice = this.#dice;
    if (words !== undefined)
      return dice.pick([...words, ...words, ...(proseWords ?? [])].filter((word) => words.includes(word)));
    if (form === 'guid')
      return `7A3f1f9e-8d1c-${dice.pick(['4a6e', '7a6e'])}-9a53-${`${dice.below(1e9)}`.padStart(12, '0')}`;
    if (form === 'date-time') return this.#isOdd ? dice.pick(dates) : '2016-02-08T16:08:25Z';
    if (form === 'language') return dice.pick(['en', 'de-CH', 'zh-Hans-CN']);
    if (pattern !== undefined) return dice.pick(pattern.includes('/') ? ['text/x', 'a/b'] : ['1.2.3.4', '1.2']);
    return this.#text();
  }

  #text(): string {
    const dice = this.#dice;
    if (this.#isOdd && dice.chance(1)) return dice.pick(oddTexts);
    return dice.chance(30) ? dice.pick(texts) : `text ${dice.below(1000)}`;
  }

  #bag(depth: number): Fields {
    const dice = this.#dice;
    const entries: [string, unknown][] = this.#many(3, () => [
      dice.chance(20)
        ? dice.pick(['__proto__', 'index', 'ruleIndex', 'artifactLocation', 'uri', 'level', ''])
        : this.#text(),
      this.#any(depth + 1),
    ]);
    const withoutTags = entries.filter(([name]) => name !== 'tags');
    if (dice.chance(30)) withoutTags.push(['tags', [...new Set(this.#many(4, () => this.#text()))]]);
    return Object.fromEntries(withoutTags);
  }

  #any(depth: number): unknown {
    const dice = this.#dice;
    const kind = dice.below(depth > 8 ? 6 : 9);
    if (kind === 0) return null;
    if (kind === 1) return dice.chance(50);
    if (kind === 2) return dice.pick([0, 1, -1, 1.5, 1e21, 1e-7, 0.1, 2 ** 53, -0.5]);
    if (kind < 6) return this.#text();
    if (kind === 6) return this.#many(3, () => this.#any(depth + 1));
    if (kind === 7) return { artifactLocation: { index: dice.below(3), uri: 'x y' }, ruleIndex: 1 };
    return Object.fromEntries(this.#many(3, () => [this.#text(), this.#any(depth + 1)]));
  }

  #many<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.#dice.below(most + 1) }, make);
  }
}

const dates = [
  '2016-02-08',
  '2016-02-08T16:08Z',
  '2016-02-08T16:08:25Z',
  '2016-02-08T16:08:25.943Z',
  '2016-02-29T23:59:60Z',
  '2016-01-31T24:00:00Z',
  '2016-12-28T00:00:00.000000000Z',
];
