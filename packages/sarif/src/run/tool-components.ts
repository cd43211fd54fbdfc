import type { Tool, ToolComponent, ToolComponentReference } from '../model/model.ts';
import { deepEqual } from '../schema/deep-equal.ts';

/** A tool component of a run: the driver, or the extension with this position. */
export type ComponentPlace = 'driver' | number;

/** What a reference to a tool component was found to name. */
export interface FoundComponent {
  /** Absent when the reference names a component that the tool does not have. */
  readonly place: ComponentPlace | undefined;
  /** Whether the reference names a component at all: what names none means the driver. */
  readonly isNamed: boolean;
  /** The member that leads nowhere, or to another component than the member before it; absent when all is well. */
  readonly wrong?: 'index' | 'guid' | 'name';
  /** A name alone means the driver (section 3.54.2); this one is that of an extension, which is what everybody understands. */
  readonly isByNameAlone?: true;
}

const theDriver: FoundComponent = { place: 'driver', isNamed: false };

/** The driver and the extensions of a tool, found by what references say of them (section 3.54). */
export class ToolComponents {
  readonly driver: ToolComponent;
  readonly extensions: readonly ToolComponent[];
  readonly #byGuid = new Map<string, ComponentPlace>();
  /** `undefined` for a name that several different extensions have. */
  readonly #byName = new Map<string, ComponentPlace | undefined>();

  constructor(tool: Tool | undefined) {
    this.driver = tool?.driver ?? { name: '' };
    this.extensions = Array.isArray(tool?.extensions) ? tool.extensions : [];
    for (const [place, extension] of this.extensions.entries()) {
      const name = extension?.name ?? '';
      const known = this.#byName.get(name);
      if (!this.#byName.has(name)) this.#byName.set(name, place);
      else if (known !== undefined && !deepEqual(this.at(known), extension)) this.#byName.set(name, undefined);
    }
    this.#byName.set(this.driver.name, 'driver');
    for (const [place, component] of this.entries()) {
      const guid = component?.guid;
      if (typeof guid === 'string' && !this.#byGuid.has(guid.toLowerCase()))
        this.#byGuid.set(guid.toLowerCase(), place);
    }
  }

  /** The components with their places, the driver first. */
  entries(): (readonly [ComponentPlace, ToolComponent])[] {
    return [['driver', this.driver], ...this.extensions.entries()];
  }

  at(place: ComponentPlace): ToolComponent | undefined {
    return place === 'driver' ? this.driver : this.extensions[place];
  }

  /** The component with this name: the driver, or the only extension that has it. */
  named(name: string | undefined): ComponentPlace | undefined {
    return name === undefined ? undefined : this.#byName.get(name);
  }

  /** By its position among the extensions, else by its GUID, else by its name. */
  find(reference: ToolComponentReference | undefined): FoundComponent {
    if (reference === undefined) return theDriver;
    const { name } = reference;
    const index = reference.index !== undefined && reference.index >= 0 ? reference.index : undefined;
    const guid = reference.guid?.toLowerCase();
    if (index === undefined && guid === undefined) return name === undefined ? theDriver : this.#findByName(name);
    if (index !== undefined && index < this.extensions.length) return this.#checked(index, guid, name);
    const wrong = index === undefined ? {} : ({ wrong: 'index' } as const);
    const byGuid = guid === undefined ? undefined : this.#byGuid.get(guid);
    if (byGuid !== undefined) return { ...this.#checked(byGuid, guid, name), ...wrong };
    return { place: this.named(name), isNamed: true, wrong: index === undefined ? 'guid' : 'index' };
  }

  #findByName(name: string): FoundComponent {
    const place = this.named(name);
    if (place === undefined) return { place: 'driver', isNamed: true, wrong: 'name' };
    return place === 'driver' ? { place, isNamed: true } : { place, isNamed: true, isByNameAlone: true };
  }

  #checked(place: ComponentPlace, guid: string | undefined, name: string | undefined): FoundComponent {
    const component = this.at(place);
    const own = component?.guid?.toLowerCase();
    const found = { place, isNamed: true };
    if (guid !== undefined && own !== undefined && own !== guid) return { ...found, wrong: 'guid' };
    return name !== undefined && name !== component?.name ? { ...found, wrong: 'name' } : found;
  }
}
