import type {
  ReportingDescriptor,
  ReportingDescriptorReference,
  Result,
  RunHeader,
  ToolComponent,
} from '../model/model.ts';
import { DOUBT } from '../recognise/portable/layout.ts';
import type { ResultFacts } from '../recognise/result-facts.ts';
import type { RuleNames } from '../recognise/rule-names.ts';
import { deepEqual } from '../schema/deep-equal.ts';
import { type ComponentPlace, ToolComponents } from './tool-components.ts';

export type { ComponentPlace } from './tool-components.ts';

/** What a result's rule was found to be (sections 3.27.5 to 3.27.7, 3.52, 3.54). */
export interface FoundRule {
  /** The id the result gives, or that of the descriptor it points to. */
  readonly ruleId: string | undefined;
  readonly component: ComponentPlace;
  /** Position in the component's `rules`; -1 when the run has no descriptor for the rule. */
  readonly index: number;
  readonly descriptor: ReportingDescriptor | undefined;
  /** How it was found; `conflict` when the index pointed to another rule than the id names, or to none at all. */
  readonly by: 'index' | 'guid' | 'id' | 'prefix' | 'conflict' | 'none';
}

/** What the index and the GUID of a result say of its rule, each by itself. */
export interface RulePointers {
  /** The component that both count in; absent when the result names one that the tool does not have. */
  readonly component: ComponentPlace | undefined;
  /** `rule.index`, else `ruleIndex`; absent when neither is a position. */
  readonly index: number | undefined;
  /** The descriptor at that position; absent when there is none. */
  readonly byIndex: ReportingDescriptor | undefined;
  /** Position of the descriptor with the GUID of `rule`. */
  readonly byGuid: number | undefined;
}

interface Component {
  readonly place: ComponentPlace;
  rules: readonly ReportingDescriptor[];
  readonly byId: Map<string, number>;
  readonly byGuid: Map<string, number>;
}

/** Finds the descriptor of a result's rule. Tables are built once for each run; a lookup walks the levels of the id. */
export class RuleLookup {
  readonly components: ToolComponents;
  /** The descriptors that results brought along, after those of the driver. */
  #added: ReportingDescriptor[] | undefined;
  readonly #driver: Component;
  readonly #extensions: readonly Component[];
  readonly #all: readonly Component[];
  readonly #hasOwnRules: boolean;
  /** Results repeat few references: for each id, the last answer and the `ruleIndex` that it was given for. */
  readonly #plain = new Map<string, { readonly ruleIndex: number | undefined; readonly found: FoundRule }>();
  /** Answers by the numbers of `#names`. */
  readonly #recognised: FoundRule[] = [];
  #names: RuleNames | undefined;
  /** Only parts of an id that are as long as some descriptor's can be one: hostile ids have thousands of levels. */
  readonly #idLengths: Set<number>;
  #idsInLowerCase: Map<string, string> | undefined;
  #withId: ReadonlyMap<string, readonly PlacedDescriptor[]> | undefined;
  readonly #different = new Map<string, number>();

  constructor(run: RunHeader) {
    this.components = new ToolComponents(run.tool);
    const [driver, ...extensions] = this.components.entries().map(([place, component]) => tableOf(component, place));
    this.#driver = driver as Component;
    this.#extensions = extensions;
    this.#all = [this.#driver, ...extensions];
    this.#hasOwnRules = this.#all.some(({ rules }) => rules.length > 0);
    this.#idLengths = new Set(this.#all.flatMap(({ byId }) => [...byId.keys()].map((id) => id.length)));
  }

  /** Whether any component describes a rule. */
  get hasRules(): boolean {
    return this.#hasOwnRules || this.#added !== undefined;
  }

  /** Takes over a descriptor that a result brings along: it stands after those of the driver once the run is written. */
  add(rule: ReportingDescriptor): void {
    const { byId } = this.#driver;
    if (byId.has(rule.id)) return;
    if (this.#added === undefined) {
      this.#added = [...this.#driver.rules];
      this.#driver.rules = this.#added;
    }
    byId.set(rule.id, this.#added.length);
    this.#added.push(rule);
    this.#idLengths.add(rule.id.length);
    this.#plain.delete(rule.id);
    this.#recognised.length = 0;
    this.#idsInLowerCase?.set(rule.id.toLowerCase(), rule.id);
    this.#withId = undefined;
    this.#different.clear();
  }

  find(result: Result): FoundRule {
    const { ruleId, ruleIndex, rule } = result;
    if (rule !== undefined || ruleId === undefined) return this.#find(result);
    const known = this.#plain.get(ruleId);
    if (known !== undefined && known.ruleIndex === ruleIndex) return known.found;
    const found = this.#find(result);
    if (known !== undefined || this.#plain.size < 200_000) this.#plain.set(ruleId, { ruleIndex, found });
    return found;
  }

  /** Whether what the bytes of a result say of its rule is all that the lookup depends on. */
  isRecognised({ flags }: ResultFacts): boolean {
    return (flags & DOUBT) === 0;
  }

  /** The same as `find` from what the bytes of a result say. Only where `isRecognised` holds. */
  findByFacts({ key, names }: ResultFacts): FoundRule {
    if (this.#names !== names) {
      this.#names = names;
      this.#recognised.length = 0;
    }
    let found = this.#recognised[key];
    if (found === undefined) {
      found = this.#find(names.results[key] as Result);
      this.#recognised[key] = found;
    }
    return found;
  }

  /** Whether the log has a descriptor with exactly this id, in whatever component. */
  describes(id: string): boolean {
    return this.describing(id) !== undefined;
  }

  /** The first descriptor with exactly this id, the driver's before those of extensions. */
  describing(id: string): FoundRule | undefined {
    for (const { place, byId, rules } of this.#all) {
      const index = byId.get(id);
      if (index !== undefined) return { ruleId: id, component: place, index, descriptor: rules[index], by: 'id' };
    }
    return undefined;
  }

  /** The descriptor with this id, or that of its nearest parent, in one component or in all. */
  naming(id: string, place?: ComponentPlace): FoundRule | undefined {
    const table = place === undefined ? undefined : this.#tableAt(place);
    return this.#byId(id, table === undefined ? this.#all : [table]);
  }

  /** The id of a descriptor that differs from this id, or from a parent of it, by the case of its letters alone. */
  differingInCase(id: string): string | undefined {
    this.#idsInLowerCase ??= new Map(
      this.#all.toReversed().flatMap(({ byId }) => [...byId.keys()].map((known) => [known.toLowerCase(), known])),
    );
    for (const candidate of idAndParents(id.toLowerCase())) {
      if (!this.#idLengths.has(candidate.length)) continue;
      const known = this.#idsInLowerCase.get(candidate);
      if (known !== undefined && known !== id.slice(0, candidate.length)) return known;
    }
    return undefined;
  }

  /** How many different descriptors have an id, in one component or in all; equal ones count as one. */
  differentWithId(id: string, place?: ComponentPlace): number {
    const key = `${place ?? ''} ${id}`;
    let count = this.#different.get(key);
    if (count === undefined) {
      this.#withId ??= groupById(this.#all);
      const namesakes = (this.#withId.get(id) ?? []).filter((each) => place === undefined || each.place === place);
      const [first, ...others] = namesakes;
      count = first === undefined ? 0 : 1;
      for (const { descriptor } of others) if (!deepEqual(descriptor, first?.descriptor)) count += 1;
      this.#different.set(key, count);
    }
    return count;
  }

  /** Position of the first descriptor of a component that has this id: the one a lookup by id finds. */
  firstWithId(place: ComponentPlace, id: string): number | undefined {
    return this.#tableAt(place)?.byId.get(id);
  }

  /** The component whose rules the indices of a result count in, when `rule` is the result's reference. */
  indexedComponent(rule: ReportingDescriptorReference | undefined): ComponentPlace | undefined {
    return this.components.find(rule?.toolComponent).place;
  }

  /** What the index and the GUID of a result lead to, whatever its id is. */
  pointers({ ruleIndex, rule }: Result): RulePointers {
    const component = this.indexedComponent(rule);
    const table = component === undefined ? undefined : this.#tableAt(component);
    const index = nonNegative(rule?.index) ?? nonNegative(ruleIndex);
    return {
      component,
      index,
      byIndex: index === undefined ? undefined : table?.rules[index],
      byGuid: rule?.guid === undefined ? undefined : table?.byGuid.get(rule.guid.toLowerCase()),
    };
  }

  #find(result: Result): FoundRule {
    const { rule } = result;
    const id = result.ruleId ?? rule?.id;
    const named = this.components.find(rule?.toolComponent);
    const component = named.place === undefined ? undefined : this.#tableAt(named.place);
    const { index, byIndex, byGuid } = this.pointers(result);

    const isLost = index !== undefined && byIndex === undefined;
    const pointed = byIndex === undefined ? byGuid : index;
    if (component !== undefined && pointed !== undefined) {
      const by = byIndex !== undefined ? 'index' : isLost ? 'conflict' : 'guid';
      const descriptor = component.rules[pointed] as ReportingDescriptor;
      if (id === undefined || isSameOrParent(descriptor.id, id)) {
        return { ruleId: id ?? descriptor.id, component: component.place, index: pointed, descriptor, by };
      }
      const byId = this.#byId(id, [component]);
      // A parent of a rule that another component describes does not speak against the index.
      const isAnswer = byId !== undefined && (byId.by === 'id' || !this.describes(id));
      if (isAnswer) return { ...byId, by: 'conflict' };
      return { ruleId: id, component: component.place, index: pointed, descriptor, by: 'conflict' };
    }
    const isOneMeant = component !== undefined && named.isNamed && named.wrong !== 'name';
    const byId = id === undefined ? undefined : this.#byId(id, isOneMeant ? [component] : this.#all);
    if (byId !== undefined) return isLost ? { ...byId, by: 'conflict' } : byId;
    const none = { component: named.place ?? 'driver', index: -1, descriptor: undefined };
    return { ruleId: id, ...none, by: isLost ? 'conflict' : 'none' };
  }

  #tableAt(place: ComponentPlace): Component | undefined {
    return place === 'driver' ? this.#driver : this.#extensions[place];
  }

  /** Exact id first, then its parents, one level at a time: `a/b` is a parent of `a/b/c` and none of `a/bc` (section 3.52.4). */
  #byId(id: string, components: readonly Component[]): FoundRule | undefined {
    for (let end = id.length; end !== -1; end = parentEnd(id, end)) {
      if (!this.#idLengths.has(end)) continue;
      const candidate = id.slice(0, end);
      for (const { place, byId, rules } of components) {
        const index = byId.get(candidate);
        if (index === undefined) continue;
        const by = end === id.length ? 'id' : 'prefix';
        return { ruleId: id, component: place, index, descriptor: rules[index], by };
      }
    }
    return undefined;
  }
}

interface PlacedDescriptor {
  readonly place: ComponentPlace;
  readonly descriptor: ReportingDescriptor;
}

function groupById(components: readonly Component[]): ReadonlyMap<string, readonly PlacedDescriptor[]> {
  const groups = new Map<string, PlacedDescriptor[]>();
  for (const { place, rules } of components) {
    for (const descriptor of rules) {
      const group = groups.get(descriptor.id);
      if (group === undefined) groups.set(descriptor.id, [{ place, descriptor }]);
      else group.push({ place, descriptor });
    }
  }
  return groups;
}

function tableOf(component: ToolComponent | undefined, place: ComponentPlace): Component {
  const rules = asArray(component?.rules);
  const byId = new Map<string, number>();
  const byGuid = new Map<string, number>();
  for (const [index, rule] of rules.entries()) {
    if (typeof rule?.id === 'string' && !byId.has(rule.id)) byId.set(rule.id, index);
    if (typeof rule?.guid === 'string' && !byGuid.has(rule.guid)) byGuid.set(rule.guid.toLowerCase(), index);
  }
  return { place, rules, byId, byGuid };
}

/** An id, then its parents, nearest first: `a/b/c`, `a/b`, `a`. */
export function* idAndParents(id: string): Generator<string> {
  for (let end = id.length; end !== -1; end = parentEnd(id, end)) yield id.slice(0, end);
}

/** Where the parent ends of the id that ends here; -1 when it has none. */
function parentEnd(id: string, end: number): number {
  return end === 0 ? -1 : id.lastIndexOf('/', end - 1);
}

/** Whether the id is that of a rule, or of one below it: `a/b` is a parent of `a/b/c` (section 3.52.4). */
export function isSameOrParent(parent: string, id: string): boolean {
  return parent === id || (id[parent.length] === '/' && id.startsWith(parent));
}

function nonNegative(index: number | undefined): number | undefined {
  return index !== undefined && index >= 0 ? index : undefined;
}

function asArray<T>(value: readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? value : [];
}
