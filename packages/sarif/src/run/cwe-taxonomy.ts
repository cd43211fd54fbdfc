import type {
  ReportingDescriptor,
  ReportingDescriptorReference,
  RunHeader,
  ToolComponent,
  ToolComponentReference,
} from '../model/model.ts';
import { isCwe, numberOfTaxon } from './cwe.ts';

/** The CWE taxonomy of a run's header, which gets the weaknesses that are asked for. Changes the header. */
export class CweTaxonomy {
  readonly #run: RunHeader;
  #place: Place | undefined;

  constructor(run: RunHeader) {
    this.#run = run;
  }

  /**
   * A reference to a weakness, which the taxonomy has from now on: by its id, so that it stays right wherever the taxon is moved to,
   * and to those that still see the header as it was.
   */
  reference(number: number): ReportingDescriptorReference {
    this.#place ??= placeIn(this.#run);
    const { toolComponent, taxa, byNumber } = this.#place;
    let taxon = byNumber.get(number);
    if (taxon === undefined) {
      taxon = { id: idLike(taxa[0], number), helpUri: `https://cwe.mitre.org/data/definitions/${number}.html` };
      byNumber.set(number, taxon);
      taxa.push(taxon);
    }
    return { id: taxon.id, toolComponent: { ...toolComponent } };
  }
}

interface Place {
  readonly toolComponent: ToolComponentReference;
  readonly taxa: ReportingDescriptor[];
  readonly byNumber: Map<number, ReportingDescriptor>;
}

function placeIn(run: RunHeader): Place {
  run.taxonomies ??= [];
  const position = run.taxonomies.findIndex(({ name }) => isCwe(name));
  const taxonomy = run.taxonomies[position] ?? newTaxonomy();
  if (position < 0) run.taxonomies.push(taxonomy);
  taxonomy.taxa ??= [];
  const byNumber = new Map<number, ReportingDescriptor>();
  for (const taxon of taxonomy.taxa) {
    const number = numberOfTaxon({ taxonomy: 'CWE', id: taxon.id });
    if (number !== undefined && !byNumber.has(number)) byNumber.set(number, taxon);
  }
  const { name } = taxonomy;
  return { toolComponent: position < 0 ? { name } : { name, index: position }, taxa: taxonomy.taxa, byNumber };
}

function newTaxonomy(): ToolComponent {
  return {
    name: 'CWE',
    organization: 'MITRE',
    informationUri: 'https://cwe.mitre.org/',
    shortDescription: { text: 'Common Weakness Enumeration.' },
    isComprehensive: false,
  };
}

/** Both `79` and `CWE-79` are in use; one taxonomy keeps to one of them. */
function idLike(other: ReportingDescriptor | undefined, number: number): string {
  return other === undefined || /^\d+$/.test(other.id) ? String(number) : `CWE-${number}`;
}
