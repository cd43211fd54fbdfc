import type {
  ReportingDescriptor,
  ReportingDescriptorReference,
  Result,
  RunHeader,
  ToolComponent,
  ToolComponentReference,
} from '../model/model.ts';
import { type DescriptorReferences, descriptorReferences } from './descriptor-references.ts';
import type { RunContext } from './run-context.ts';

/** What a reference to a taxon was found to name. */
export interface FoundTaxon {
  /** Name of the taxonomy, whether the log has it or not. */
  readonly taxonomy: string | undefined;
  /** Absent when the log does not have it. */
  readonly taxon: ReportingDescriptor | undefined;
  /** The taxon's own id, else the one that the reference gives. */
  readonly id: string | undefined;
}

/** How sure it is that a result belongs to a taxon. */
export type TaxonConfidence =
  /** The result says so. */
  | 'stated'
  /** Its rule says that every result does (section 3.27.8). */
  | 'implied'
  /** Its rule has something to do with the taxon: what most tools write for membership. */
  | 'related';

export interface ResultTaxon extends FoundTaxon {
  readonly confidence: TaxonConfidence;
}

/** The taxa of the run that a rule is asked about. */
export function taxaIn({ run }: RunContext): TaxonLookup {
  return new TaxonLookup(run);
}

/** Finds the taxa of one run: by index, GUID or id in a taxonomy, which is found by index, GUID or name. */
export class TaxonLookup {
  readonly #references: DescriptorReferences;

  /** @param references those of the run, when its header is still changing */
  constructor(run: RunHeader, references = descriptorReferences(run, [])) {
    this.#references = references;
  }

  /** The component that a reference names in the context of taxa; `undefined` when the log does not have it. */
  componentOf(toolComponent: ToolComponentReference | undefined): ToolComponent | undefined {
    const { components, wrong } = this.#references.find(referenceIn(toolComponent), 'taxa');
    const [component] = components;
    const isOther = wrong === 'name' && component?.name.toLowerCase() !== toolComponent?.name?.toLowerCase();
    return isOther ? undefined : component;
  }

  find(reference: ReportingDescriptorReference): FoundTaxon {
    const component = this.componentOf(reference.toolComponent);
    const taxon = component === undefined ? undefined : this.#references.resolve(reference, 'taxa');
    const taxonomy = component?.name ?? reference.toolComponent?.name;
    return { taxonomy, taxon, id: taxon?.id ?? reference.id };
  }

  /** The taxa that a result states, then those that its rule implies, then those that its rule relates to. */
  taxaOf(result: Result, rule: ReportingDescriptor | undefined): ResultTaxon[] {
    const stated = (result.taxa ?? []).map((taxon) => ({ ...this.find(taxon), confidence: 'stated' as const }));
    return [...stated, ...this.taxaOfRule(rule)];
  }

  /** The taxa that a rule implies, then those that it relates to. A target that is no taxon of anything is left out. */
  taxaOfRule(rule: ReportingDescriptor | undefined): ResultTaxon[] {
    const implied: ResultTaxon[] = [];
    const related: ResultTaxon[] = [];
    for (const { target, kinds } of rule?.relationships ?? []) {
      const found = this.find(target);
      if (target.toolComponent === undefined && found.taxon === undefined) continue;
      const isImplied = kinds?.some((kind) => kind === 'equal' || kind === 'superset') === true;
      if (isImplied) implied.push({ ...found, confidence: 'implied' });
      else related.push({ ...found, confidence: 'related' });
    }
    return [...implied, ...related];
  }
}

function referenceIn(toolComponent: ToolComponentReference | undefined): ReportingDescriptorReference {
  return toolComponent === undefined ? {} : { toolComponent };
}
