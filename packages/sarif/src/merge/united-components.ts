import type { ReportingDescriptor, ToolComponent } from '../model/model.ts';
import { componentKey } from './component-key.ts';
import { UnitedArray } from './united-array.ts';
import { unitedProperties } from './united-properties.ts';

/** Arrays of a tool component whose elements have positions. */
export const descriptorArrays = ['rules', 'notifications', 'taxa'] as const;

export type DescriptorArray = (typeof descriptorArrays)[number];

/** One tool component made of several. */
export interface UnitedComponent {
  readonly arrays: Readonly<Record<DescriptorArray, UnitedArray<ReportingDescriptor>>>;
  /** Those that some component has, with or without elements: a taxonomy without taxa is something else than one with none. */
  readonly present: Set<DescriptorArray>;
  /** Everything but those arrays, as each of the components says it. */
  readonly bodies: ToolComponent[];
}

/** Tool components of several runs, those with the same key once. */
export class UnitedComponents {
  readonly components: UnitedComponent[] = [];
  readonly #byKey = new Map<string, number>();

  /** Where a component stands from now on. */
  unite(component: ToolComponent): number {
    const key = componentKey(component);
    let position = this.#byKey.get(key);
    if (position === undefined) {
      const arrays = { rules: new UnitedArray(), notifications: new UnitedArray(), taxa: new UnitedArray() };
      position = this.components.length;
      this.#byKey.set(key, position);
      this.components.push({ arrays: arrays as UnitedComponent['arrays'], present: new Set(), bodies: [] });
    }
    const { present } = this.at(position);
    for (const name of descriptorArrays) if (component[name] !== undefined) present.add(name);
    return position;
  }

  at(position: number): UnitedComponent {
    return this.components[position] as UnitedComponent;
  }

  /** The components as they are written. */
  written(): ToolComponent[] {
    return this.components.map(writtenComponent);
  }
}

/** A component without the arrays whose elements have positions. What it holds is shared with the component. */
export function bodyOf(component: ToolComponent): ToolComponent {
  const { rules: _, notifications: __, taxa: ___, ...body } = component;
  return body;
}

function writtenComponent({ arrays, present, bodies }: UnitedComponent): ToolComponent {
  const body: Record<string, unknown> = {};
  for (const each of bodies) {
    for (const [name, value] of Object.entries(each)) body[name] ??= value;
  }
  const lists = {
    locations: unitedList(bodies.map(({ locations }) => locations)),
    supportedTaxonomies: unitedList(bodies.map(({ supportedTaxonomies }) => supportedTaxonomies)),
  };
  const properties = unitedProperties(bodies.map((each) => each.properties));
  const written = [...present].map((name) => [name, arrays[name].elements] as const);
  return {
    ...(body as unknown as ToolComponent),
    ...(lists.locations === undefined ? {} : { locations: lists.locations }),
    ...(lists.supportedTaxonomies === undefined ? {} : { supportedTaxonomies: lists.supportedTaxonomies }),
    ...(properties === undefined ? {} : { properties }),
    ...Object.fromEntries(written),
  };
}

/** The elements of several lists, equal ones once; `undefined` when there is no list. */
export function unitedList<T extends object>(lists: readonly (readonly T[] | undefined)[]): T[] | undefined {
  const united = new UnitedArray<T>();
  for (const list of lists) for (const element of list ?? []) united.unite(element);
  return lists.some((list) => list !== undefined) ? united.elements : undefined;
}
