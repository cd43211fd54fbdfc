import type { PathSegment } from '../json/pointer.ts';
import type {
  ReportingDescriptor,
  ReportingDescriptorReference,
  RunHeader,
  Tool,
  ToolComponent,
  ToolComponentReference,
} from '../model/model.ts';
import { ToolComponents } from './tool-components.ts';

/** What a reference is about, which its place decides (section 3.52.3). The target of a relationship is a rule or a taxon. */
export type ReferenceContext = 'rules' | 'notifications' | 'taxa' | 'relationship';

/** What a reference to a descriptor was found to lead to. */
export interface FoundReference {
  /** The components that it can mean, likeliest first; none when the run lacks the one that it names. */
  readonly components: readonly ToolComponent[];
  /** Where the first of them stands. */
  readonly place: ReferencePlace | undefined;
  /** The member of `toolComponent` that leads nowhere, or elsewhere than the member before it; absent when all is well. */
  readonly wrong?: 'index' | 'guid' | 'name';
  /** `toolComponent` has nothing but the name of an extension, which strictly means the driver (section 3.54.2). */
  readonly isByNameAlone?: true;
  /** The position that the reference gives; absent for none, and for -1. */
  readonly index: number | undefined;
  readonly byIndex: ReportingDescriptor | undefined;
  readonly byGuid: ReportingDescriptor | undefined;
}

/** A component by the array it stands in. */
export type ReferencePlace =
  | { readonly in: 'driver' }
  | { readonly in: 'extensions' | 'taxonomies'; readonly index: number };

type Named = Pick<FoundReference, 'components' | 'place' | 'wrong' | 'isByNameAlone'>;
type Descriptors = readonly ReportingDescriptor[];

/** One for all: tables are kept for each array. */
const nothing: Descriptors = [];

/** Finds what references to descriptors lead to, in whatever object of one tool's log they stand (sections 3.52, 3.54). */
export class DescriptorReferences {
  readonly #tool: ToolComponents;
  readonly #taxonomies: readonly ToolComponent[];
  readonly #isTaxonomy: ReadonlySet<ToolComponent>;
  readonly #taxonomyByGuid = new Map<string, number>();
  readonly #taxonomyByName = new Map<string, number>();
  readonly #extensionByName = new Map<string, number>();
  readonly #guids = new Map<Descriptors, ReadonlyMap<string, ReportingDescriptor>>();
  readonly #ids = new Map<Descriptors, ReadonlyMap<string, ReportingDescriptor>>();

  constructor(tool: Tool | undefined, taxonomies: readonly ToolComponent[] = []) {
    this.#tool = new ToolComponents(tool);
    this.#taxonomies = taxonomies;
    this.#isTaxonomy = new Set(taxonomies);
    for (const [place, { guid, name }] of taxonomies.entries()) {
      if (guid !== undefined) addFirst(this.#taxonomyByGuid, guid.toLowerCase(), place);
      addFirst(this.#taxonomyByName, name.toLowerCase(), place);
    }
    for (const [place, { name }] of this.#tool.extensions.entries()) {
      addFirst(this.#extensionByName, name.toLowerCase(), place);
    }
  }

  /** @param own the component that the reference stands in, if it stands in one: relationships are often meant to stay there */
  find(reference: ReportingDescriptorReference, context: ReferenceContext, own?: ToolComponent): FoundReference {
    const index = reference.index !== undefined && reference.index >= 0 ? reference.index : undefined;
    const named = this.#named(reference, context, own);
    const arrays = named.components.flatMap((component) => this.#arraysOf(component, context));
    const atIndex = index === undefined ? [] : arrays.flatMap((array) => array[index] ?? []);
    const guid = reference.guid?.toLowerCase();
    const hasGuid = (descriptor: ReportingDescriptor) => guid !== undefined && guidOf(descriptor) === guid;
    const byIndex = atIndex.find(hasGuid) ?? atIndex.find(({ id }) => id === reference.id) ?? atIndex[0];
    return {
      ...named,
      index,
      byIndex,
      byGuid:
        guid === undefined ? undefined : first(arrays, (array) => this.#tableOf(this.#guids, array, guidOf).get(guid)),
    };
  }

  /** The descriptor that a reference means: by its index, else by its GUID, else by its id. */
  resolve(reference: ReportingDescriptorReference, context: ReferenceContext): ReportingDescriptor | undefined {
    const { byIndex, byGuid, components } = this.find(reference, context);
    const { id } = reference;
    if (byIndex !== undefined || byGuid !== undefined || id === undefined) return byIndex ?? byGuid;
    const arrays = components.flatMap((component) => this.#arraysOf(component, context));
    return first(arrays, (array) => this.#tableOf(this.#ids, array, ({ id }) => id).get(id));
  }

  #named(
    { id, toolComponent: reference }: ReportingDescriptorReference,
    context: ReferenceContext,
    own: ToolComponent | undefined,
  ): Named {
    if (context === 'rules' || context === 'notifications') return this.#toolComponent(reference);
    const index = reference?.index !== undefined && reference.index >= 0 ? reference.index : undefined;
    if (
      reference === undefined ||
      (index === undefined && reference.guid === undefined && reference.name === undefined)
    ) {
      const components = own === undefined ? [this.#tool.driver] : [this.#tool.driver, own];
      return { components, place: { in: 'driver' } };
    }
    return this.#taxonomy(reference, index, id);
  }

  #toolComponent(reference: ToolComponentReference | undefined): Named {
    const { place, wrong, isByNameAlone } = this.#tool.find(reference);
    const component = place === undefined ? undefined : this.#tool.at(place);
    return {
      ...this.#single(place === undefined ? undefined : placeOf(place), component),
      ...(wrong === undefined ? {} : { wrong }),
      ...(isByNameAlone === undefined ? {} : { isByNameAlone }),
    };
  }

  /** A position counts the taxonomies in this context; many count the extensions instead, as the standard says elsewhere. */
  #taxonomy(reference: ToolComponentReference, index: number | undefined, id: string | undefined): Named {
    const { guid, name } = reference;
    const places: ReferencePlace[] =
      index === undefined
        ? []
        : [
            { in: 'taxonomies', index },
            { in: 'extensions', index },
          ];
    const there = places.filter((place) => this.#at(place) !== undefined);
    const agreeing = there.filter((place) => isSame(this.#at(place), reference));
    if (agreeing.length > 0) {
      return { components: agreeing.flatMap((place) => this.#at(place) ?? []), place: agreeing[0] };
    }
    const found = this.#byGuid(guid) ?? this.#byName(name);
    if (found !== undefined) {
      const wrong = index === undefined ? {} : ({ wrong: there.length > 0 ? 'name' : 'index' } as const);
      return { ...this.#single(found, this.#at(found)), ...wrong };
    }
    // Where only the position speaks for a component, and neither its name nor a taxon, the one that is meant is not there.
    const place = there.find((each) => id === undefined || this.#hasTaxon(each, id));
    return place === undefined
      ? { components: [], place: undefined, ...(index === undefined ? {} : { wrong: 'index' }) }
      : { ...this.#single(place, this.#at(place)), wrong: 'name' };
  }

  #hasTaxon(place: ReferencePlace, id: string): boolean {
    const { rules = nothing, taxa = nothing } = this.#at(place) ?? {};
    return [taxa, rules].some((array) => this.#tableOf(this.#ids, array, (each) => each.id).has(id));
  }

  #byGuid(guid: string | undefined): ReferencePlace | undefined {
    if (guid === undefined) return undefined;
    const taxonomy = this.#taxonomyByGuid.get(guid.toLowerCase());
    if (taxonomy !== undefined) return { in: 'taxonomies', index: taxonomy };
    const { place, wrong } = this.#tool.find({ guid });
    return place === undefined || wrong !== undefined ? undefined : placeOf(place);
  }

  #byName(given: string | undefined): ReferencePlace | undefined {
    if (given === undefined) return undefined;
    const name = given.toLowerCase();
    const taxonomy = this.#taxonomyByName.get(name);
    if (taxonomy !== undefined) return { in: 'taxonomies', index: taxonomy };
    if (this.#tool.driver.name.toLowerCase() === name) return { in: 'driver' };
    const extension = this.#extensionByName.get(name);
    return extension === undefined ? undefined : { in: 'extensions', index: extension };
  }

  #at(place: ReferencePlace): ToolComponent | undefined {
    if (place.in === 'driver') return this.#tool.driver;
    return place.in === 'taxonomies' ? this.#taxonomies[place.index] : this.#tool.extensions[place.index];
  }

  #single(place: ReferencePlace | undefined, component: ToolComponent | undefined): Named {
    return { components: component === undefined ? [] : [component], place };
  }

  /** A relationship to a component with rules is to a rule; one to a taxonomy is to a taxon. */
  #arraysOf(component: ToolComponent, context: ReferenceContext): Descriptors[] {
    const { rules = nothing, notifications = nothing, taxa = nothing } = component;
    switch (context) {
      case 'rules':
        return [rules];
      case 'notifications':
        return [notifications];
      case 'taxa':
        return [taxa];
      case 'relationship':
        return this.#isTaxonomy.has(component) ? [taxa] : [rules, taxa];
    }
  }

  #tableOf(
    tables: Map<Descriptors, ReadonlyMap<string, ReportingDescriptor>>,
    array: Descriptors,
    keyOf: (descriptor: ReportingDescriptor) => string | undefined,
  ): ReadonlyMap<string, ReportingDescriptor> {
    let table = tables.get(array);
    if (table === undefined) {
      const made = new Map<string, ReportingDescriptor>();
      for (const descriptor of array) {
        const key = keyOf(descriptor);
        if (key !== undefined) addFirst(made, key, descriptor);
      }
      table = made;
      tables.set(array, table);
    }
    return table;
  }
}

const known = new WeakMap<RunHeader, { readonly run: DescriptorReferences; conversion?: DescriptorReferences }>();

/** What finds references at a path in a run's header or in one of its results: a converter's own tool is meant in `conversion`. */
export function descriptorReferences(run: RunHeader, path: readonly PathSegment[]): DescriptorReferences {
  let references = known.get(run);
  if (references === undefined) {
    references = { run: new DescriptorReferences(run.tool, run.taxonomies) };
    known.set(run, references);
  }
  if (path[0] !== 'conversion') return references.run;
  references.conversion ??= new DescriptorReferences(run.conversion?.tool);
  return references.conversion;
}

/** Whether a component is the one that a reference names, as far as both say who they are. */
function isSame(component: ToolComponent | undefined, { guid, name }: ToolComponentReference): boolean {
  if (component === undefined) return false;
  if (guid !== undefined && component.guid !== undefined && guid.toLowerCase() !== component.guid.toLowerCase())
    return false;
  return name === undefined || name.toLowerCase() === component.name.toLowerCase();
}

function guidOf({ guid }: ReportingDescriptor): string | undefined {
  return guid?.toLowerCase();
}

function placeOf(place: 'driver' | number): ReferencePlace {
  return place === 'driver' ? { in: 'driver' } : { in: 'extensions', index: place };
}

function addFirst<K, V>(map: Map<K, V>, key: K, value: V): void {
  if (!map.has(key)) map.set(key, value);
}

function first<T, U>(elements: readonly T[], pick: (element: T) => U | undefined): U | undefined {
  for (const element of elements) {
    const picked = pick(element);
    if (picked !== undefined) return picked;
  }
  return undefined;
}
