import type {
  ReportingDescriptor,
  ReportingDescriptorReference,
  Result,
  RunHeader,
  ToolComponent,
} from '../model/model.ts';
import { HAS_REFERENCE, OTHER_RULE } from '../recognise/primitives.ts';
import type { ResultFacts } from '../recognise/result-facts.ts';

/** A tool component of a run: the driver, or the extension with this position. */
export type ComponentPlace = 'driver' | number;

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

interface Component {
  readonly place: ComponentPlace;
  readonly component: ToolComponent;
  readonly rules: readonly ReportingDescriptor[];
  readonly byId: Map<string, number>;
  readonly byGuid: Map<string, number>;
}

/** Finds the descriptor of a result's rule. Tables are built once for each run; a lookup walks the levels of the id. */
export class RuleLookup {
  readonly #driver: Component;
  readonly #extensions: readonly Component[];
  /** Results repeat few references: for each id, the last answer and the `ruleIndex` that it was given for. */
  readonly #plain = new Map<string, { readonly ruleIndex: number | undefined; readonly found: FoundRule }>();

  readonly #recognised = new Map<string, RecognisedRule>();

  constructor(run: RunHeader) {
    this.#driver = tableOf(run.tool?.driver, 'driver');
    this.#extensions = asArray(run.tool?.extensions).map((extension, place) => tableOf(extension, place));
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

  /**
   * Whether what the bytes of a result say of its rule is all that the lookup depends on. Where a component is named by a
   * position that the run lacks, its name or GUID would count, and only the object has those.
   */
  isRecognised({ flags, component }: ResultFacts): boolean {
    return (flags & OTHER_RULE) === 0 && component < this.#extensions.length;
  }

  /** The same as `find` from what the bytes of a result say. Only where `isRecognised` holds. */
  findByFacts(facts: ResultFacts): FoundRule {
    const { ruleId, ruleIndex, referenceId, referenceIndex, component } = facts;
    const known = this.#recognised.get(ruleId);
    if (
      known !== undefined &&
      known.ruleIndex === ruleIndex &&
      known.referenceIndex === referenceIndex &&
      known.component === component &&
      known.referenceId === referenceId
    ) {
      return known.found;
    }
    const found = this.#find(resultOf(facts));
    if (known !== undefined || this.#recognised.size < 200_000) {
      this.#recognised.set(ruleId, { ruleIndex, referenceIndex, component, referenceId, found });
    }
    return found;
  }

  /** Whether the log has a descriptor with exactly this id, in whatever component. */
  describes(id: string): boolean {
    return this.describing(id) !== undefined;
  }

  /** The first descriptor with exactly this id, the driver's before those of extensions. */
  describing(id: string): FoundRule | undefined {
    for (const component of [this.#driver, ...this.#extensions]) {
      const index = component.byId.get(id);
      if (index !== undefined) {
        return { ruleId: id, component: component.place, index, descriptor: component.rules[index], by: 'id' };
      }
    }
    return undefined;
  }

  /** Position of the first descriptor of a component that has this id: the one a lookup by id finds. */
  firstWithId(place: ComponentPlace, id: string): number | undefined {
    return (place === 'driver' ? this.#driver : this.#extensions[place])?.byId.get(id);
  }

  /** The component whose rules the indices of a result count in, when `rule` is the result's reference. */
  indexedComponent(rule: ReportingDescriptorReference | undefined): ComponentPlace {
    return (this.#componentOf(rule) ?? this.#driver).place;
  }

  #find(result: Result): FoundRule {
    const { rule } = result;
    const id = result.ruleId ?? rule?.id;
    const index = nonNegative(rule?.index) ?? nonNegative(result.ruleIndex);
    const named = this.#componentOf(rule);
    const component = named ?? this.#driver;

    let pointed: number | undefined = index !== undefined && index < component.rules.length ? index : undefined;
    const isLost = index !== undefined && pointed === undefined;
    let by: FoundRule['by'] = 'index';
    if (pointed === undefined && rule?.guid !== undefined) {
      pointed = component.byGuid.get(rule.guid.toLowerCase());
      by = isLost ? 'conflict' : 'guid';
    }
    if (pointed !== undefined) {
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
    const searched = named === undefined ? [this.#driver, ...this.#extensions] : [named];
    const byId = id === undefined ? undefined : this.#byId(id, searched);
    if (byId !== undefined) return isLost ? { ...byId, by: 'conflict' } : byId;
    const none = { component: component.place, index: -1, descriptor: undefined };
    return { ruleId: id, ...none, by: isLost ? 'conflict' : 'none' };
  }

  /** The component that a reference names, section 3.54; `undefined` when it names none. */
  #componentOf(rule: ReportingDescriptorReference | undefined): Component | undefined {
    const reference = rule?.toolComponent;
    if (reference === undefined) return undefined;
    const index = nonNegative(reference.index);
    if (index !== undefined && index < this.#extensions.length) return this.#extensions[index];
    const all = [this.#driver, ...this.#extensions];
    const guid = reference.guid?.toLowerCase();
    if (guid !== undefined) {
      const found = all.find(({ component }) => component.guid?.toLowerCase() === guid);
      if (found !== undefined) return found;
    }
    const sameName =
      reference.name === undefined ? [] : all.filter(({ component }) => component.name === reference.name);
    return sameName.length === 1 || sameName[0] === this.#driver ? sameName[0] : undefined;
  }

  /** Exact id first, then its parents, one level at a time: `a/b` is a parent of `a/b/c` and none of `a/bc` (section 3.52.4). */
  #byId(id: string, components: readonly Component[]): FoundRule | undefined {
    for (let candidate = id; ; candidate = candidate.slice(0, candidate.lastIndexOf('/'))) {
      for (const { place, byId, rules } of components) {
        const index = byId.get(candidate);
        if (index === undefined) continue;
        return {
          ruleId: id,
          component: place,
          index,
          descriptor: rules[index],
          by: candidate === id ? 'id' : 'prefix',
        };
      }
      if (!candidate.includes('/')) return undefined;
    }
  }
}

/** The rule of a recognised result, and all that its lookup depends on. */
interface RecognisedRule extends Pick<ResultFacts, 'ruleIndex' | 'referenceIndex' | 'component' | 'referenceId'> {
  readonly found: FoundRule;
}

/** As much of a result as its rule's lookup looks at. */
function resultOf({ flags, ruleId, ruleIndex, referenceId, referenceIndex, component }: ResultFacts): Result {
  const rule = {
    index: referenceIndex,
    ...(referenceId === '' ? {} : { id: referenceId }),
    ...(component < 0 ? {} : { toolComponent: { index: component } }),
  };
  return {
    message: {},
    ...(ruleId === '' ? {} : { ruleId }),
    ruleIndex,
    ...((flags & HAS_REFERENCE) === 0 ? {} : { rule }),
  };
}

function tableOf(component: ToolComponent | undefined, place: ComponentPlace): Component {
  const rules = asArray(component?.rules);
  const byId = new Map<string, number>();
  const byGuid = new Map<string, number>();
  for (const [index, rule] of rules.entries()) {
    if (typeof rule?.id === 'string' && !byId.has(rule.id)) byId.set(rule.id, index);
    if (typeof rule?.guid === 'string' && !byGuid.has(rule.guid)) byGuid.set(rule.guid.toLowerCase(), index);
  }
  return { place, component: component ?? { name: '' }, rules, byId, byGuid };
}

/** Whether the id is that of a rule, or of one below it: `a/b` is a parent of `a/b/c` (section 3.52.4). */
export function isSameOrParent(parent: string, id: string): boolean {
  return parent === id || id.startsWith(`${parent}/`);
}

function nonNegative(index: number | undefined): number | undefined {
  return index !== undefined && index >= 0 ? index : undefined;
}

function asArray<T>(value: readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? value : [];
}
