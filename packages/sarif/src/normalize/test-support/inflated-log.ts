import { copyJson } from '../../json/copy-json.ts';
import type { Dice } from '../../json/test-support/dice.ts';
import type { Log, Run, ToolComponent } from '../../model/model.ts';
import { type ReferenceHolder, referenceHolders, referencesIn } from '../../rules/reference/held-references.ts';
import { DescriptorReferences } from '../../run/descriptor-references.ts';
import { RuleLookup } from '../../run/rule-lookup.ts';
import { type ObjectKind, walkTo } from '../../run/walk.ts';

type Fields = Record<string, unknown>;

/** Lists that members point into by a number of their own. Equal addresses are no defect. */
const listOf: Readonly<Record<string, 'artifacts' | 'logicalLocations' | 'threadFlowLocations' | 'webRequests'>> = {
  'artifactLocation.index': 'artifacts',
  'artifact.parentIndex': 'artifacts',
  'logicalLocation.index': 'logicalLocations',
  'logicalLocation.parentIndex': 'logicalLocations',
  'threadFlowLocation.index': 'threadFlowLocations',
  'webRequest.index': 'webRequests',
};

/** The kinds of their elements. */
const kindsOfLists = {
  artifacts: 'artifact',
  logicalLocations: 'logicalLocation',
  threadFlowLocations: 'threadFlowLocation',
  webRequests: 'webRequest',
} as const;

/** Run, list and position in `sarif:` URIs. */
const places = /sarif:\/runs\/(\d+)\/(\w+|tool\/driver\/rules)\/(\d+)/g;

/** So far past the end of a list something may point. */
const furthest = 9;

/** Something that points to an element of a list. */
interface Reference {
  readonly list: object[];
  readonly index: number;
  readonly write: (position: number) => void;
}

/** An element, or a copy of it. */
interface Entry {
  readonly element: object;
  readonly index: number;
}

const walk = walkTo([
  'artifact',
  'artifactLocation',
  'logicalLocation',
  'threadFlowLocation',
  'webRequest',
  ...referenceHolders.filter((kind) => kind !== 'threadFlowLocation'),
]);
const toRelationships = walkTo(['reportingDescriptorRelationship']);
const toComponentReferences = walkTo(['toolComponentReference']);

/**
 * A log that says the same with some elements of its lists more than once, anywhere behind the first, and with references that lead to
 * any of them. A list stays as it is when something points past its end.
 *
 * @param given normalized, so that its references mean what they say
 */
export function inflatedLog(given: Log, dice: Dice): { readonly log: Log; readonly copies: number } {
  const log = copyJson(given);
  const runs = log.runs ?? [];
  const named = [...JSON.stringify(log).matchAll(places)].map(([, run, path, index]) => [run, path, index].join(' '));
  const inflated = runs.map((run, runIndex) => {
    const isNamed = (path: string, index: number) => named.includes([runIndex, path, index].join(' '));
    return new Inflation(run, dice, isNamed);
  });
  const text = JSON.stringify(log).replaceAll(places, (uri, run: string, path: string, index: string) => {
    const position = inflated[Number(run)]?.positionOf(path, Number(index));
    return position === undefined ? uri : `sarif:/runs/${run}/${path}/${position}`;
  });
  const moved = JSON.parse(text) as Log;
  const extensions = (moved.runs ?? []).map((run) => repeatExtension(run, dice));
  const copies = [...inflated.map((each) => each.copies), ...extensions].reduce((sum, each) => sum + each, 0);
  return { log: moved, copies };
}

/**
 * The log without what longer lists would change: the position of a relationship that may be meant in two lists, and that of a location
 * without a URI, which is none once it does not state its own position any more. Changes the log.
 */
export function withoutAmbiguity(log: Log): Log {
  for (const run of log.runs ?? []) {
    for (const { location } of run.artifacts ?? []) if (!location?.uri) delete location?.index;
    toRelationships('run', run, (_kind, { target }) => {
      if (target.toolComponent?.name !== undefined) return;
      target.id ??= 'T0.0';
      delete target.index;
    });
  }
  return log;
}

/** Makes the lists of a run longer. */
class Inflation {
  copies = 0;
  readonly #run: Run;
  readonly #dice: Dice;
  readonly #descriptors: DescriptorReferences;
  readonly #homes = new Map<object, { readonly list: object[]; readonly index: number }>();
  /** For each list, where each of its elements is found: first itself, then its copies. */
  readonly #places = new Map<object[], number[][]>();

  /** @param isNamed whether a URI names a position of a list of the run */
  constructor(run: Run, dice: Dice, isNamed: (path: string, index: number) => boolean) {
    this.#run = run;
    this.#dice = dice;
    this.#descriptors = new DescriptorReferences(run.tool, run.taxonomies);
    const lists = listsIn(run);
    for (const { list } of lists) {
      for (const [index, element] of list.entries()) this.#homes.set(element, { list, index });
    }
    const { results, ...header } = run;
    const inElements = new Map<object, readonly Reference[]>();
    for (const { list, kind, own } of lists) {
      for (const element of list) inElements.set(element, this.#referencesIn(kind, element, own));
    }
    const elsewhere = [
      ...this.#referencesIn('run', withoutLists(header as Run), undefined),
      ...(results ?? []).flatMap((result) => this.#referencesIn('result', result, undefined)),
    ];
    const lost = new Set(
      [...inElements.values(), elsewhere]
        .flat()
        .filter(isLost)
        .map(({ list }) => list),
    );
    for (const { list, path } of lists) {
      for (let past = 0; past < furthest; past += 1) if (isNamed(path, list.length + past)) lost.add(list);
    }
    const entries = new Map<object[], Entry[]>();
    for (const { list } of lists) if (!lost.has(list)) entries.set(list, this.#entriesOf(list));
    for (const reference of elsewhere) reference.write(this.#pick(reference));
    const written = lists.map(({ list }) =>
      (entries.get(list) ?? [...list.entries()].map(([index, element]) => ({ element, index }))).map(
        ({ element, index }) => {
          for (const reference of inElements.get(element) ?? []) {
            // What leads back to itself would be compared as it is written.
            const isBack = reference.list !== list || reference.index < index;
            reference.write(isBack ? this.#pick(reference) : this.#firstOf(reference.list, reference.index));
          }
          return copyJson(element);
        },
      ),
    );
    for (const [at, { list }] of lists.entries()) list.splice(0, list.length, ...(written[at] as object[]));
  }

  /** Where an element stands that a path in the run named. */
  positionOf(path: string, index: number): number | undefined {
    const list = path === 'tool/driver/rules' ? this.#run.tool.driver.rules : (this.#run as unknown as Fields)[path];
    return this.#places.get(list as object[])?.[index]?.[0];
  }

  #entriesOf(list: readonly object[]): Entry[] {
    const entries: Entry[] = [];
    const places: number[][] = [];
    for (const [index, element] of list.entries()) {
      places.push([entries.length]);
      entries.push({ element, index });
      while (this.#dice.chance(30)) {
        const copied = this.#dice.below(index + 1);
        places[copied]?.push(entries.length);
        entries.push({ element: list[copied] as object, index: copied });
        this.copies += 1;
      }
    }
    this.#places.set(list as object[], places);
    return entries;
  }

  #firstOf(list: object[], index: number): number {
    return this.#places.get(list)?.[index]?.[0] ?? index;
  }

  #pick({ list, index }: Reference): number {
    const places = this.#places.get(list)?.[index];
    return places === undefined ? index : this.#dice.pick(places);
  }

  #referencesIn(kind: ObjectKind, value: object, own: ToolComponent | undefined): readonly Reference[] {
    const references: Reference[] = [];
    walk(kind, value, (found, holder) => {
      for (const member of ['index', 'parentIndex'] as const) {
        const name = listOf[`${found}.${member}`];
        const index = (holder as Fields)[member];
        if (name === undefined || typeof index !== 'number' || index < 0) continue;
        const list = this.#run[name] ?? [];
        references.push({ list, index, write: (position) => Object.assign(holder, { [member]: position }) });
      }
      for (const { reference, context, at } of referencesIn(holder as ReferenceHolder)) {
        if (at[0] === 'rule') continue;
        const { byIndex } = this.#descriptors.find(reference, context, context === 'relationship' ? own : undefined);
        const home = byIndex === undefined ? undefined : this.#homes.get(byIndex);
        if (home !== undefined)
          references.push({ ...home, write: (position) => Object.assign(reference, { index: position }) });
      }
      if (found !== 'result') return;
      const { byIndex } = new RuleLookup(this.#run).pointers(holder);
      const home = byIndex === undefined ? undefined : this.#homes.get(byIndex);
      if (home === undefined) return;
      const write = (position: number) => {
        if ((holder.ruleIndex ?? -1) >= 0) holder.ruleIndex = position;
        if (holder.rule !== undefined && (holder.rule.index ?? -1) >= 0) holder.rule.index = position;
      };
      references.push({ ...home, write });
    });
    return references;
  }
}

function isLost({ list, index }: Reference): boolean {
  return list[index] === undefined;
}

interface List {
  readonly list: object[];
  /** As URIs give it; empty for those that they do not name here. */
  readonly path: string;
  readonly kind: ObjectKind;
  readonly own: ToolComponent | undefined;
}

function listsIn(run: Run): List[] {
  const lists: List[] = [];
  for (const [name, kind] of Object.entries(kindsOfLists)) {
    const list = run[name as keyof typeof kindsOfLists];
    if (list !== undefined) lists.push({ list, path: name, kind, own: undefined });
  }
  for (const component of [run.tool.driver, ...(run.tool.extensions ?? []), ...(run.taxonomies ?? [])]) {
    for (const list of [component.rules, component.taxa]) {
      const path = list === run.tool.driver.rules ? 'tool/driver/rules' : '';
      if (list !== undefined) lists.push({ list, path, kind: 'reportingDescriptor', own: component });
    }
  }
  return lists;
}

function withoutLists(run: Run): Run {
  const bare = { ...run };
  for (const name of Object.keys(kindsOfLists) as (keyof typeof kindsOfLists)[]) delete bare[name];
  const bodyOf = ({ rules: _, taxa: __, ...body }: ToolComponent) => body;
  bare.tool = { ...run.tool, driver: bodyOf(run.tool.driver) };
  if (run.tool.extensions !== undefined) bare.tool.extensions = run.tool.extensions.map(bodyOf);
  if (run.taxonomies !== undefined) bare.taxonomies = run.taxonomies.map(bodyOf);
  return bare;
}

/** Copies elements of a log's lists, which then stand in front of or behind themselves: everything else stays as it is, right or wrong. */
export function withCopies(given: Log, dice: Dice): Log {
  const log = copyJson(given);
  for (const run of log.runs ?? []) {
    for (const { list } of listsIn(run)) {
      for (let times = dice.below(3); times > 0 && list.length > 0; times -= 1) {
        list.splice(dice.below(list.length + 1), 0, copyJson(dice.pick(list)));
      }
    }
  }
  return log;
}

/** Adds a copy of an extension, to which some results then lead. Says how many copies there are. */
function repeatExtension(run: Run, dice: Dice): number {
  const { extensions = [] } = run.tool;
  let last = -1;
  toComponentReferences('run', run, (_kind, { index = -1 }) => (last = Math.max(last, index)));
  for (const result of run.results ?? []) {
    toComponentReferences('result', result, (_kind, { index = -1 }) => (last = Math.max(last, index)));
  }
  if (extensions.length === 0 || last >= extensions.length || !dice.chance(50)) return 0;
  const copied = dice.below(extensions.length);
  const copy = extensions.length;
  run.tool.extensions = [...extensions, copyJson(extensions[copied] as ToolComponent)];
  for (const { rule } of run.results ?? []) {
    if (rule?.toolComponent?.index === copied && dice.chance(50)) rule.toolComponent.index = copy;
  }
  return 1;
}
