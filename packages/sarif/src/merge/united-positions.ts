import type { Conversion, RunHeader, ToolComponent, ToolComponentReference } from '../model/model.ts';
import { type Pointer, Pointers } from '../positions/pointers.ts';
import type { PooledArray } from '../positions/references.ts';
import type { ComponentPlace } from '../run/rule-lookup.ts';
import { movePointers } from './place-elements.ts';
import type { DescriptorArray } from './united-components.ts';

/** Where everything of one run stands in the run that several have become. */
export class UnitedPositions {
  readonly #pointers: Pointers;
  /** By the element itself: every element of the run's arrays, and every component but the driver. */
  readonly byElement = new Map<object, number>();
  invocations: readonly number[] = [];
  readonly #run: RunHeader;

  /** @param run a header that stays as it is, apart from what its elements point to */
  constructor(run: RunHeader) {
    this.#run = run;
    this.#pointers = new Pointers(run);
  }

  /** New position of an element of an array that results share. */
  element(array: PooledArray, index: number): number | undefined {
    return this.#of(this.#run[array]?.[index]);
  }

  component(place: ComponentPlace): ComponentPlace | undefined {
    return place === 'driver' ? place : this.#of(this.#run.tool.extensions?.[place]);
  }

  taxonomy(index: number): number | undefined {
    return this.#of(this.#run.taxonomies?.[index]);
  }

  /** New position of a descriptor of the driver or an extension. */
  descriptor(place: ComponentPlace, array: DescriptorArray, index: number): number | undefined {
    const { driver, extensions } = this.#run.tool;
    return this.#descriptorOf(place === 'driver' ? driver : extensions?.[place], array, index);
  }

  /** The same in a taxonomy. */
  inTaxonomy(taxonomy: number, array: DescriptorArray, index: number): number | undefined {
    return this.#descriptorOf(this.#run.taxonomies?.[taxonomy], array, index);
  }

  /** Lets everything in an object that points into the run lead to the new places. `kind` is the object's SARIF name. */
  move(kind: string, value: object): void {
    movePointers(kind, value, this.#pointers.of(kind, value), this.byElement);
  }

  /** The same in a conversion, whose tool is one of its own. */
  moveConversion(conversion: Conversion): void {
    movePointers('conversion', conversion, this.#pointers.ofConversion(conversion), this.byElement);
  }

  /** The same in what names the component of a rule. */
  moveComponent(reference: ToolComponentReference): void {
    movePointers('toolComponentReference', reference, this.#pointers.component(reference), this.byElement);
  }

  /** What an object points to. */
  pointersOf(kind: string, value: object): readonly Pointer[] {
    return this.#pointers.of(kind, value);
  }

  #descriptorOf(component: ToolComponent | undefined, array: DescriptorArray, index: number): number | undefined {
    return this.#of(component?.[array]?.[index]);
  }

  #of(element: object | undefined): number | undefined {
    return element === undefined ? undefined : this.byElement.get(element);
  }
}
