import type {
  ConfigurationOverride,
  ReportingDescriptorReference,
  RunHeader,
  ToolComponent,
  ToolComponentReference,
} from '../model/model.ts';
import { DescriptorReferences, type ReferenceContext, type ReferencePlace } from '../run/descriptor-references.ts';
import { walkTo } from '../run/walk.ts';
import { type IndexReference, referencesOf } from './references.ts';

/** A number that is a position in an array of the run. */
export interface Pointer {
  /** The element at that position; absent when there is none. */
  readonly target: object | undefined;
  move(position: number): void;
  /** Takes the number away: it leads nowhere, and among more elements it would lead to one of them. */
  forget(): void;
}

const walk = walkTo(['invocation', 'notification', 'reportingDescriptorRelationship', 'toolComponent']);

/** Finds what the objects of one run point to by position. */
export class Pointers {
  readonly #run: RunHeader;
  /** Positions that lead nowhere may lead into files that the run refers to. */
  readonly #hasExternals: boolean;
  readonly #references: DescriptorReferences;

  constructor(run: RunHeader) {
    this.#run = run;
    this.#hasExternals = run.externalPropertyFileReferences !== undefined;
    this.#references = new DescriptorReferences(run.tool, run.taxonomies);
  }

  /**
   * Everything in an object that points to an element of the run by its position, but for the rule of a result and for
   * invocations. `kind` is the object's SARIF name.
   *
   * @param own the component that the object stands in, if it stands in one: relationships are often meant to stay there
   */
  of(kind: string, value: object, own?: ToolComponent): Pointer[] {
    return this.#known(this.#all(kind, value, own));
  }

  #all(kind: string, value: object, own: ToolComponent | undefined): Pointer[] {
    const { indices, taxa } = referencesOf(kind, value);
    const pointers = indices.flatMap((index) => this.#index(index));
    for (const taxon of taxa) pointers.push(...this.#descriptor(taxon, 'taxa'));
    walk(kind, value, (found, holder) => {
      switch (found) {
        case 'invocation':
          for (const pointer of this.#overrides(holder.ruleConfigurationOverrides, 'rules')) pointers.push(pointer);
          for (const pointer of this.#overrides(holder.notificationConfigurationOverrides, 'notifications'))
            pointers.push(pointer);
          break;
        case 'notification':
          pointers.push(...this.#descriptor(holder.descriptor, 'notifications'));
          pointers.push(...this.#descriptor(holder.associatedRule, 'rules'));
          break;
        case 'reportingDescriptorRelationship':
          pointers.push(...this.#descriptor(holder.target, 'relationship', own));
          break;
        case 'toolComponent':
          for (const taxonomy of holder.supportedTaxonomies ?? []) pointers.push(...this.#component(taxonomy, 'taxa'));
          pointers.push(...this.#component(holder.associatedComponent, 'rules'));
          break;
      }
    });
    return pointers;
  }

  /** The same for a conversion, whose tool is one of its own: only positions in the arrays of the run count. */
  ofConversion(value: object): Pointer[] {
    return this.#known(referencesOf('conversion', value).indices.flatMap((index) => this.#index(index)));
  }

  /** Where the component of a reference stands. */
  component(reference: ToolComponentReference | undefined): Pointer[] {
    return this.#known(this.#component(reference, 'rules'));
  }

  #known(pointers: Pointer[]): Pointer[] {
    return this.#hasExternals ? pointers.filter(({ target }) => target !== undefined) : pointers;
  }

  #index({ array, holder, member }: IndexReference): Pointer[] {
    const index = holder[member] ?? -1;
    if (index < 0) return [];
    return [
      {
        target: elementAt<object>(this.#run[array], index),
        move: (position) => {
          holder[member] = position;
        },
        forget: () => {
          // A traversal has to have one of two numbers.
          if (member === 'runGraphIndex') holder[member] = -1;
          else delete holder[member];
        },
      },
    ];
  }

  #overrides(overrides: readonly ConfigurationOverride[] | undefined, context: ReferenceContext): Pointer[] {
    return (overrides ?? []).flatMap(({ descriptor }) => this.#descriptor(descriptor, context));
  }

  #descriptor(
    reference: ReportingDescriptorReference | undefined,
    context: ReferenceContext,
    own?: ToolComponent,
  ): Pointer[] {
    if (reference === undefined) return [];
    const { index, byIndex, place } = this.#references.find(reference, context, own);
    const isTaxon = context === 'taxa' || context === 'relationship';
    const pointers = this.#componentAt(reference.toolComponent, place, isTaxon);
    if (index === undefined) return pointers;
    pointers.push({
      target: byIndex,
      move: (position) => {
        reference.index = position;
      },
      forget: () => {
        // A reference has to have an id, a guid or an index; -1 is the index of what nobody knows.
        if (reference.id === undefined && reference.guid === undefined) reference.index = -1;
        else delete reference.index;
      },
    });
    return pointers;
  }

  #component(reference: ToolComponentReference | undefined, context: ReferenceContext): Pointer[] {
    if (reference?.index === undefined) return [];
    const { place } = this.#references.find({ toolComponent: reference }, context);
    return this.#componentAt(reference, place, context === 'taxa');
  }

  /** @param isTaxon whether a position counts the taxonomies before it counts the extensions */
  #componentAt(
    reference: ToolComponentReference | undefined,
    place: ReferencePlace | undefined,
    isTaxon: boolean,
  ): Pointer[] {
    if (reference?.index === undefined || reference.index < 0) return [];
    const target = this.#placed(place);
    const isExtension = place?.in === 'extensions';
    return [
      {
        target,
        move: (position) => {
          reference.index = position;
          // By its position alone it could be a taxonomy of another run.
          if (isTaxon && isExtension && target !== undefined) reference.name ??= target.name;
        },
        forget: () => {
          delete reference.index;
        },
      },
    ];
  }

  /** The driver has no position: an index that was not meant leads nowhere. */
  #placed(place: ReferencePlace | undefined): ToolComponent | undefined {
    if (place === undefined || place.in === 'driver') return undefined;
    const components = place.in === 'extensions' ? this.#run.tool.extensions : this.#run.taxonomies;
    return elementAt(components, place.index);
  }
}

function elementAt<T extends object>(array: readonly T[] | undefined, index: number): T | undefined {
  return array?.[index] ?? undefined;
}
