import fc from 'fast-check';
import { Dice } from '../../json/test-support/dice.ts';
import type { Log, Result, Run } from '../../model/model.ts';
import { pooledArrayNames, pooledArrays } from '../../positions/references.ts';
import type { ValueShape } from '../../schema/shape.ts';
import { shapes } from '../../schema/shapes.generated.ts';

type Fields = Record<string, unknown>;

/** How many elements each array of one run has that something points into. */
interface Counts {
  readonly [kind: string]: number;
}

/** Where the number in a member points to. */
const pointsInto: Readonly<Record<string, string>> = {
  'artifactLocation.index': 'artifacts',
  'artifact.parentIndex': 'artifacts',
  'logicalLocation.index': 'logicalLocations',
  'logicalLocation.parentIndex': 'logicalLocations',
  'address.index': 'addresses',
  'address.parentIndex': 'addresses',
  'threadFlowLocation.index': 'threadFlowLocations',
  'webRequest.index': 'webRequests',
  'webResponse.index': 'webResponses',
  'graphTraversal.runGraphIndex': 'graphs',
  'toolComponentReference.index': 'components',
  'reportingDescriptorReference.index': 'descriptors',
  'result.ruleIndex': 'descriptors',
  'resultProvenance.invocationIndex': 'invocations',
};

const words = [
  'x',
  'use of eval',
  'Größe',
  '変数 {0}',
  '😀 {{ a }} {1}',
  'a "quoted" \\ text',
  'line\nbreak',
  '"index":7,"ruleIndex":3',
];
const files = ['src/a.ts', 'src/b.ts', 'lib/c%20d.js', './e.py', '/home/ci/shop/f.rb', 'file:///home/ci/shop/g.go'];
const otherFiles = [
  'C:\\work\\h.cs',
  'https://example.com/i',
  'größe.txt',
  'a b.c',
  'sarif:/runs/0/artifacts/1',
  '',
  '../k.c',
];
const ruleIds = ['R0', 'R1', 'R2', 'R1/sub', 'R1/sub/deep', 'R2/other', 'R2x', 'CWE-79', 'unknown', 'Ünï'];
const baseNames = ['SRCROOT', 'BUILD', 'NESTED', 'UNDECLARED'];
const links = [
  'see [it](sarif:/runs/0/artifacts/0)',
  '[a](sarif:/runs/0/results/0/locations/0) [b](sarif:/runs/1/tool/driver/rules/1)',
  'a [step](1)',
];

/** Members whose names are those of indices, where they mean something else. */
const misleading = [
  { index: 3, ruleIndex: 5, artifactLocation: { index: 1, uri: 'bag.txt' } },
  { ruleIndex: 0, rule: { index: 1 } },
  { level: 'high', taxa: [{ index: 9 }], logicalLocations: [{ index: 2, parentIndex: 1 }] },
  { tags: ['a', 'external/cwe/cwe-089'], message: { text: '[x](sarif:/runs/0/results/7)' } },
];

class LogMaker {
  readonly #dice: Dice;
  #counts: Counts = {};
  #unique = 0;

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  log(runs: number, results: number): Log {
    return { version: '2.1.0', runs: this.#times(runs, (index) => this.#run(index, results)) };
  }

  #run(runIndex: number, results: number): Run {
    const dice = this.#dice;
    const counts: Record<string, number> = { components: 2, descriptors: 4, invocations: dice.below(3) };
    for (const array of pooledArrayNames) counts[array] = dice.below(5);
    this.#counts = counts;
    const run = this.#object('run', 1) as Fields & Run;
    delete run.externalPropertyFileReferences;
    run.tool = this.#tool();
    run.taxonomies = this.#some(2, (place) => ({
      ...this.#component(`Taxonomy ${place}`),
      taxa: this.#some(4, (index) => this.#descriptor(`T${place}.${index}`)),
    }));
    run.invocations = this.#times(counts['invocations'] as number, () => this.#object('invocation', 2)) as never;
    run.originalUriBaseIds = {
      SRCROOT: dice.pick([{ uri: 'file:///home/ci/shop/' }, { uri: 'sub/' }, {}]),
      BUILD: { uri: 'build/', uriBaseId: 'SRCROOT' },
      NESTED: dice.pick([
        { uri: 'x/', uriBaseId: 'BUILD' },
        { uri: 'y', uriBaseId: 'NESTED' },
      ]),
    };
    for (const array of pooledArrayNames) {
      const kind = pooledArrays[array];
      const elements = this.#times(counts[array] as number, () => this.#distinct(kind));
      if (elements.length > 0) run[array as 'artifacts'] = elements as never;
      else delete run[array as 'artifacts'];
    }
    run.results = this.#times(dice.below(results + 1), (index) => this.#result(`${runIndex}.${index}`));
    return run;
  }

  #tool(): Run['tool'] {
    const dice = this.#dice;
    const extensions = this.#some(2, (place) => ({
      ...this.#component(`Extension ${place}`),
      rules: this.#some(4, () => this.#descriptor(dice.pick(ruleIds))),
    }));
    return {
      driver: {
        ...this.#component(dice.pick(['T', 'Tool Ü'])),
        rules: this.#some(4, () => this.#descriptor(dice.pick(ruleIds))),
      },
      ...(extensions.length > 0 ? { extensions } : {}),
    };
  }

  #component(name: string): { name: string } {
    return { ...this.#object('toolComponent', 4), name };
  }

  #descriptor(id: string): { id: string } {
    const descriptor = { ...this.#object('reportingDescriptor', 3), id, guid: this.#guid() };
    return this.#dice.chance(30) ? Object.assign(descriptor, { relationships: [this.#relationship()] }) : descriptor;
  }

  #relationship(): { target: object } {
    return { target: this.#object('reportingDescriptorReference', 4) };
  }

  /** @param mark tells the result from all others of the log */
  #result(mark: string): Result {
    const dice = this.#dice;
    if (dice.chance(35)) return this.#plainResult(mark);
    const result = this.#object('result', 2) as Fields & Result;
    result.properties = { ...(dice.chance(30) ? result.properties : {}), mark };
    if (dice.chance(85)) result.ruleId = dice.pick(ruleIds);
    if (dice.chance(40)) result.ruleIndex = this.#index('descriptors');
    if (dice.chance(80)) result.locations = this.#some(2, () => this.#object('location', 3));
    if (dice.chance(20)) result.message = { text: dice.pick(links) };
    return result;
  }

  /** What most results of most scanners are. */
  #plainResult(mark: string): Result {
    const dice = this.#dice;
    const artifactLocation = {
      uri: dice.pick(files),
      ...(dice.chance(30) ? { uriBaseId: dice.pick(baseNames) } : {}),
      ...(dice.chance(50) ? { index: this.#index('artifacts') } : {}),
    };
    return {
      ruleId: dice.pick(ruleIds),
      ...(dice.chance(50) ? { ruleIndex: this.#index('descriptors') } : {}),
      ...(dice.chance(20) ? { rule: { id: dice.pick(ruleIds), toolComponent: { index: dice.below(3) } } } : {}),
      ...(dice.chance(50) ? { level: dice.pick(['none', 'note', 'warning', 'error']) } : {}),
      message: { text: dice.pick(words) },
      locations: [{ physicalLocation: { artifactLocation, region: { startLine: 1 + dice.below(9) } } }],
      properties: { ...(dice.chance(20) ? dice.pick(misleading) : {}), mark },
    };
  }

  /** Elements of pools are told apart by a member of their own. */
  #distinct(kind: string): object {
    const element = this.#object(kind, 2);
    this.#unique += 1;
    return { ...element, properties: { ...(element['properties'] as object), unique: this.#unique } };
  }

  #object(name: string, depth: number): Fields {
    const dice = this.#dice;
    const { members, required = [], anyOf = [], oneOf = [], open } = shapes[name]!;
    if (open === true) return structuredClone(dice.pick(misleading)) as Fields;
    const chosen = new Set([...required, ...(anyOf.length > 0 ? [dice.pick(anyOf)] : [])]);
    const odds = [30, 25, 30, 25, 18, 12, 8, 4, 2][depth] ?? 0;
    for (const member of Object.keys(members)) {
      if (!oneOf.includes(member) && dice.chance(odds + (pointsInto[`${name}.${member}`] === undefined ? 0 : 25)))
        chosen.add(member);
    }
    if (oneOf.length > 0) chosen.add(dice.pick(oneOf));
    return Object.fromEntries(
      [...chosen].map((member) => [member, this.#member(name, member, members[member]!, depth)]),
    );
  }

  #member(name: string, member: string, shape: ValueShape, depth: number): unknown {
    const dice = this.#dice;
    const target = pointsInto[`${name}.${member}`];
    if (target !== undefined) return this.#index(target);
    switch (`${name}.${member}`) {
      case 'artifactLocation.uri':
        return dice.chance(80) ? dice.pick(files) : dice.pick(otherFiles);
      case 'artifactLocation.uriBaseId':
        return dice.pick(baseNames);
      case 'toolComponentReference.name':
        return dice.pick(['T', 'Extension 0', 'Extension 1', 'Taxonomy 0', 'taxonomy 1', 'nobody']);
      case 'reportingDescriptorReference.id':
        return dice.chance(50) ? dice.pick(ruleIds) : `T${dice.below(2)}.${dice.below(4)}`;
      case 'message.arguments':
        return this.#some(2, () => dice.pick(words));
      case 'region.startLine':
        return 1 + dice.below(50);
      default:
        return this.#value(shape, depth + 1);
    }
  }

  #value(shape: ValueShape, depth: number): unknown {
    const dice = this.#dice;
    switch (shape.type) {
      case 'boolean':
        return dice.chance(50);
      case 'integer':
        return Math.max(shape.minimum ?? 0, 0) + dice.below(50);
      case 'number':
        return (shape.minimum ?? 0) + dice.below(100) + 0.5;
      case 'string':
        if (shape.words !== undefined) return dice.pick(shape.words);
        if (shape.pattern !== undefined) return shape.pattern.includes('/') ? 'text/x' : '1.2.3.4';
        if (shape.form === 'guid') return this.#guid();
        if (shape.form === 'date-time') return '2016-02-08T16:08:25.943Z';
        if (shape.form === 'language') return 'de-CH';
        return dice.pick(words);
      case 'map':
        return Object.fromEntries(this.#some(2, () => [`key ${dice.below(9)}`, this.#value(shape.values, depth + 1)]));
      case 'array': {
        const items = this.#some(2, () => this.#value(shape.items, depth));
        if (items.length < (shape.minItems ?? 0)) items.push(this.#value(shape.items, depth));
        return shape.distinct === true ? distinct(items) : items;
      }
      case 'object':
        return this.#object(shape.shape, depth);
    }
  }

  /** Mostly in range, by chance unknown or out of range. */
  #index(target: string): number {
    const count = this.#counts[target] ?? 0;
    if (this.#dice.chance(10)) return -1;
    return this.#dice.chance(8) ? count + this.#dice.below(3) : this.#dice.below(Math.max(count, 1));
  }

  #guid(): string {
    return `7a3f1f9e-8d1c-4a6e-9a53-${`${this.#dice.below(1e9)}`.padStart(12, '0')}`;
  }

  #some<T>(most: number, make: (place: number) => T): T[] {
    return this.#times(this.#dice.below(most + 1), make);
  }

  #times<T>(count: number, make: (place: number) => T): T[] {
    return Array.from({ length: count }, (_, place) => make(place));
  }
}

/** Equal elements once, whatever the order of their members. */
function distinct(items: readonly unknown[]): unknown[] {
  return [...new Map(items.map((item) => [JSON.stringify(sorted(item)), item])).values()];
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}

export interface LogPlan {
  readonly seed: number;
  readonly runs: number;
  readonly results: number;
}

/** What a log is made from: small numbers make small logs, so that a failure shrinks. */
export const logPlans: fc.Arbitrary<LogPlan> = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  runs: fc.integer({ min: 0, max: 3 }),
  results: fc.integer({ min: 0, max: 8 }),
});

/**
 * A log that the schema accepts, with indices of every kind, most of them in range: into caches of the run, to rules of the
 * driver and of extensions, to taxa; with parents, property bags that hold the names of indices, and text beyond ASCII.
 */
export function makeLog({ seed, runs, results }: LogPlan): Log {
  return new LogMaker(new Dice(seed)).log(runs, results);
}
