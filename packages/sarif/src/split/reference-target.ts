import type { ReportingDescriptor, ReportingDescriptorReference, RunHeader, ToolComponent } from '../model/model.ts';

/** A descriptor that stands in an array of which a part holds only some elements. */
export type ReferenceTarget =
  | {
      readonly type: 'taxon';
      readonly taxonomy: number;
      readonly index: number;
      readonly descriptor: ReportingDescriptor;
    }
  | { readonly type: 'rule'; readonly descriptor: ReportingDescriptor }
  /** The index leads nowhere. It could in a part, whose driver may have rules that the run's lacks. */
  | { readonly type: 'none' };

/** Finds what references to taxa, and those of relationships, refer to (sections 3.52.3, 3.54). */
export class ReferenceTargets {
  readonly #run: RunHeader;
  readonly #taxa = new Map<number, { readonly byId: Map<string, number>; readonly byGuid: Map<string, number> }>();

  #extensionRules: readonly ReportingDescriptor[] | undefined;
  readonly #rules = new Map<readonly ReportingDescriptor[], Map<string, ReportingDescriptor>>();

  constructor(run: RunHeader) {
    this.#run = run;
  }

  /** A taxon of the run's taxonomies, else a rule (or a taxon of its own) of the driver or an extension. */
  of(reference: ReportingDescriptorReference): ReferenceTarget | undefined {
    const taxonomy = this.#taxonomyOf(reference);
    if (taxonomy === undefined) return this.#ruleOf(reference) ?? { type: 'none' };
    // A position counts the taxonomies here, but many count the extensions.
    return this.#taxonOf(reference, taxonomy) ?? this.#ruleOf(reference);
  }

  #ruleOf(reference: ReportingDescriptorReference): ReferenceTarget | undefined {
    const { index = -1, guid } = reference;
    const { rules, taxa } = this.#componentOf(reference) ?? {};
    const descriptor =
      rules?.[index] ?? this.#ruleByGuid(guid, rules) ?? taxa?.[index] ?? this.#ruleOfExtension(reference);
    return descriptor === undefined ? undefined : { type: 'rule', descriptor };
  }

  #taxonOf({ id, index, guid }: ReportingDescriptorReference, taxonomy: number): ReferenceTarget | undefined {
    const taxa = this.#run.taxonomies?.[taxonomy]?.taxa ?? [];
    const { byId, byGuid } = this.#tableOf(taxonomy, taxa);
    const pointed = index === undefined || index < 0 ? undefined : index;
    const found = pointed ?? byGuid.get(guid?.toLowerCase() ?? '') ?? byId.get(id ?? '') ?? -1;
    const descriptor = taxa[found];
    return descriptor === undefined ? undefined : { type: 'taxon', taxonomy, index: found, descriptor };
  }

  /** Position of the taxonomy that a reference names; indices count the taxonomies in this context. */
  #taxonomyOf({ toolComponent }: ReportingDescriptorReference): number | undefined {
    if (toolComponent === undefined) return undefined;
    const taxonomies = this.#run.taxonomies ?? [];
    const { index = -1, name } = toolComponent;
    const pointed = taxonomies[index];
    if (pointed !== undefined && (name === undefined || isSameText(pointed.name, name))) return index;
    const found = taxonomies.findIndex((candidate) => isNamed(candidate, toolComponent));
    return found === -1 ? undefined : found;
  }

  #componentOf({ toolComponent }: ReportingDescriptorReference): ToolComponent | undefined {
    const { driver, extensions = [] } = this.#run.tool;
    const { index = -1, name, guid } = toolComponent ?? {};
    if (toolComponent === undefined || (index < 0 && name === undefined && guid === undefined)) return driver;
    const named = [driver, ...extensions].find((candidate) => isNamed(candidate, toolComponent));
    const isByIndexAlone = name === undefined && guid === undefined;
    return isByIndexAlone ? extensions[index] : named;
  }

  #ruleByGuid(
    guid: string | undefined,
    rules: readonly ReportingDescriptor[] | undefined,
  ): ReportingDescriptor | undefined {
    return guid === undefined || rules === undefined ? undefined : this.#rulesByGuid(rules).get(guid.toLowerCase());
  }

  /** A relationship that names no component is often meant to stay in its own. */
  #ruleOfExtension({ guid, toolComponent }: ReportingDescriptorReference): ReportingDescriptor | undefined {
    if (guid === undefined || toolComponent?.name !== undefined || toolComponent?.guid !== undefined) return undefined;
    this.#extensionRules ??= (this.#run.tool.extensions ?? []).flatMap(({ rules = [] }) => rules);
    return this.#ruleByGuid(guid, this.#extensionRules);
  }

  #rulesByGuid(rules: readonly ReportingDescriptor[]): ReadonlyMap<string, ReportingDescriptor> {
    let table = this.#rules.get(rules);
    if (table === undefined) {
      table = new Map();
      for (const rule of rules) {
        const guid = rule.guid?.toLowerCase();
        if (guid !== undefined && !table.has(guid)) table.set(guid, rule);
      }
      this.#rules.set(rules, table);
    }
    return table;
  }

  #tableOf(taxonomy: number, taxa: readonly ReportingDescriptor[]) {
    let table = this.#taxa.get(taxonomy);
    if (table === undefined) {
      table = { byId: new Map(), byGuid: new Map() };
      for (const [index, { id, guid }] of taxa.entries()) {
        if (!table.byId.has(id)) table.byId.set(id, index);
        if (guid !== undefined && !table.byGuid.has(guid.toLowerCase())) table.byGuid.set(guid.toLowerCase(), index);
      }
      this.#taxa.set(taxonomy, table);
    }
    return table;
  }
}

function isNamed(
  component: ToolComponent,
  { name, guid }: { readonly name?: string; readonly guid?: string },
): boolean {
  if (guid !== undefined && component.guid !== undefined && isSameText(component.guid, guid)) return true;
  return name !== undefined && isSameText(component.name, name);
}

function isSameText(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
