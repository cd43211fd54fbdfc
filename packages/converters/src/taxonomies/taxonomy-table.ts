import type {
  ReportingDescriptor,
  ReportingDescriptorReference,
  ToolComponent,
  ToolComponentReference,
} from '@sariflow/sarif';
import type { Taxon } from './taxon.ts';

/** The taxonomies of a run, limited to the classes that its rules and results use (§3.14.8). */
export class TaxonomyTable {
  readonly #taxonomies = new Map<string, Map<string, Taxon>>();
  #places: Map<string, { component: number; taxa: Map<string, number> }> | undefined;

  add(taxon: Taxon): void {
    let taxa = this.#taxonomies.get(taxon.taxonomy);
    if (taxa === undefined) this.#taxonomies.set(taxon.taxonomy, (taxa = new Map()));
    if (taxa.get(taxon.id)?.name === undefined) taxa.set(taxon.id, taxon);
  }

  /** `run.taxonomies`, in an order that does not depend on the order of the findings. No `add` after this. */
  components(): ToolComponent[] {
    this.#places = new Map();
    const components: ToolComponent[] = [];
    for (const name of [...this.#taxonomies.keys()].sort(byName)) {
      const taxa = [...(this.#taxonomies.get(name) as Map<string, Taxon>).values()].sort((a, b) => byId(a.id, b.id));
      this.#places.set(name, { component: components.length, taxa: new Map(taxa.map(({ id }, index) => [id, index])) });
      components.push({ name, ...aboutTaxonomy(name), isComprehensive: false, taxa: taxa.map(descriptorOf) });
    }
    return components;
  }

  /** `driver.supportedTaxonomies`. */
  references(): ToolComponentReference[] {
    return Array.from(this.#finished(), ([name, { component }]) => ({ name, index: component }));
  }

  /** A reference to a class that was added before `components`. */
  reference({ taxonomy, id }: Taxon): ReportingDescriptorReference {
    const place = this.#finished().get(taxonomy);
    const index = place?.taxa.get(id);
    if (place === undefined || index === undefined) throw new Error(`The taxon ${taxonomy} ${id} was never added.`);
    return { id, index, toolComponent: { name: taxonomy, index: place.component } };
  }

  #finished(): Map<string, { component: number; taxa: Map<string, number> }> {
    if (this.#places === undefined) throw new Error('Taxa have indices only after components() was called.');
    return this.#places;
  }
}

function aboutTaxonomy(name: string): Partial<ToolComponent> {
  if (name === 'CWE') {
    return {
      organization: 'MITRE',
      informationUri: 'https://cwe.mitre.org/',
      shortDescription: { text: 'Common Weakness Enumeration.' },
    };
  }
  return { organization: 'OWASP', informationUri: 'https://owasp.org/', shortDescription: { text: `${name}.` } };
}

function descriptorOf({ taxonomy, id, name }: Taxon): ReportingDescriptor {
  return {
    id,
    ...(name !== undefined && { shortDescription: { text: name } }),
    ...(taxonomy === 'CWE' && { helpUri: `https://cwe.mitre.org/data/definitions/${id}.html` }),
  };
}

/** CWE first, because consumers that look at one taxonomy look at that. */
function byName(a: string, b: string): number {
  if (a === 'CWE' || b === 'CWE') return a === b ? 0 : a === 'CWE' ? -1 : 1;
  return a < b ? -1 : 1;
}

function byId(a: string, b: string): number {
  const numeric = Number(a) - Number(b);
  if (!Number.isNaN(numeric)) return numeric;
  return a < b ? -1 : a > b ? 1 : 0;
}
