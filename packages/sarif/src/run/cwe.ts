import type {
  PropertyBag,
  ReportingDescriptor,
  ReportingDescriptorReference,
  RunHeader,
  ToolComponent,
} from '../model/model.ts';

const cwe = /\bcwe[-_:/ ]?0*([1-9]\d{0,4})\b/i;

/** The weaknesses that a descriptor names, as `CWE-79`: by relationships, by properties, by tags, by its own id. */
export function weaknessesOf(descriptor: ReportingDescriptor, run: RunHeader): string[] {
  const found = new Set<string>();
  for (const relationship of descriptor.relationships ?? []) addTaxon(found, relationship.target, run);
  addText(found, descriptor.properties?.['cwe']);
  for (const tag of tagsOf(descriptor.properties)) addText(found, tag);
  addText(found, descriptor.id);
  return [...found];
}

/** The string tags of a property bag. */
export function tagsOf(properties: PropertyBag | undefined): string[] {
  const tags: unknown = properties?.tags;
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
}

/** A taxon counts when its taxonomy calls itself CWE; its id is `79` or `CWE-79` (both are in use). */
function addTaxon(found: Set<string>, reference: ReportingDescriptorReference | undefined, run: RunHeader): void {
  if (reference === undefined) return;
  const taxonomies = run.taxonomies ?? [];
  const { toolComponent } = reference;
  const taxonomy: ToolComponent | undefined =
    taxonomies[toolComponent?.index ?? -1] ?? taxonomies.find((candidate) => candidate.name === toolComponent?.name);
  const name = taxonomy?.name ?? toolComponent?.name;
  if (name?.trim().toUpperCase() !== 'CWE') return;
  const id = reference.id ?? taxonomy?.taxa?.[reference.index ?? -1]?.id;
  if (id === undefined) return;
  addText(found, /^\d+$/.test(id) ? `CWE-${id}` : id);
}

function addText(found: Set<string>, value: unknown): void {
  if (Array.isArray(value)) {
    for (const element of value) addText(found, element);
    return;
  }
  if (typeof value !== 'string') return;
  const match = cwe.exec(value.slice(0, 500));
  if (match !== null) found.add(`CWE-${match[1]}`);
}
