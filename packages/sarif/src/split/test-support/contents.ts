import type {
  Log,
  ReportingDescriptor,
  ReportingDescriptorReference,
  Result,
  Run,
  ToolComponent,
} from '../../model/model.ts';
import { effectiveLevel } from '../../run/effective-level.ts';
import { resultText } from '../../run/message-text.ts';
import { RuleLookup } from '../../run/rule-lookup.ts';
import type { ValueShape } from '../../schema/shape.ts';
import { shapes } from '../../schema/shapes.generated.ts';

type Fields = Record<string, unknown>;

const caches: Readonly<Record<string, string>> = {
  logicalLocation: 'logicalLocations',
  address: 'addresses',
  threadFlowLocation: 'threadFlowLocations',
  webRequest: 'webRequests',
  webResponse: 'webResponses',
};

/** What an object has to have one of, or say nothing. */
const needs: Readonly<Record<string, readonly string[]>> = {
  physicalLocation: ['artifactLocation', 'address'],
  location: ['physicalLocation', 'message', 'logicalLocations'],
  attachment: ['artifactLocation'],
  artifactChange: ['artifactLocation'],
};

/** The contents of all results of a log, each with the mark by which a made log tells it from the others. */
export function contentsOf({ runs }: Log): { readonly mark: unknown; readonly content: unknown }[] {
  return (runs ?? []).flatMap((run, runIndex) =>
    (run.results ?? []).map((result, resultIndex) => ({
      mark: result.properties?.['mark'],
      content: contentOf(result, run, runIndex, resultIndex),
    })),
  );
}

/**
 * What a result says when every index is replaced by what it points to: equal for results that mean the same, whatever the
 * order of their runs' arrays. Indices that point to nothing, and links that a part cannot keep, are left out.
 */
function contentOf(result: Result, run: Run, runIndex: number, resultIndex: number): unknown {
  return new Contents(run, runIndex, resultIndex).result(result);
}

const lookups = new WeakMap<Run, RuleLookup>();

function lookupOf(run: Run): RuleLookup {
  const lookup = lookups.get(run) ?? new RuleLookup(run);
  lookups.set(run, lookup);
  return lookup;
}

class Contents {
  readonly #run: Run;
  readonly #runIndex: number;
  readonly #resultIndex: number;
  readonly #lookup: RuleLookup;

  constructor(run: Run, runIndex: number, resultIndex: number) {
    this.#run = run;
    this.#runIndex = runIndex;
    this.#resultIndex = resultIndex;
    this.#lookup = lookupOf(run);
  }

  /** What named a place of the log that no part has, and what had nothing else to say. */
  readonly #gone = new Set<unknown>();

  result(result: Result): unknown {
    const found = this.#lookup.find(result);
    const { ruleIndex: _, rule, level: __, ruleId: ___, ...rest } = result;
    const { toolComponent, properties } = rule ?? {};
    return {
      ...(this.#object('result', rest, []) as object),
      ruleId: found.ruleId,
      reference: { toolComponent, properties },
      descriptor: found.descriptor === undefined ? undefined : this.#descriptor(found.descriptor),
      level: effectiveLevel(result, found, this.#run, this.#lookup),
      text: withoutLinks(resultText(result, found, this.#run)),
    };
  }

  #descriptor(descriptor: ReportingDescriptor): unknown {
    const { relationships, ...rest } = descriptor;
    return {
      ...rest,
      relationships: withoutRepetition(
        relationships?.map(({ target, ...more }) => ({ ...more, target: this.#target(target) })),
      ),
    };
  }

  /** Of a taxon all, of a rule the id: the part need not have it. */
  #target(reference: ReportingDescriptorReference): unknown {
    const taxon = this.#taxon(reference);
    if (taxon !== undefined) return { taxon, of: reference.toolComponent };
    if (taxonomyOf(reference, this.#run) !== undefined) return reference;
    const rule = ruleOf(reference, this.#run);
    if (rule !== undefined) return { rule: rule.id, of: reference.toolComponent };
    return reference.id === undefined
      ? { of: reference.toolComponent }
      : { rule: reference.id, of: reference.toolComponent };
  }

  #taxon({ toolComponent, ...reference }: ReportingDescriptorReference): unknown {
    const taxa = taxonomyOf({ toolComponent } as ReportingDescriptorReference, this.#run)?.taxa;
    const taxon = pick(taxa ?? [], reference);
    if (taxon === undefined) return undefined;
    const { relationships, ...rest } = taxon;
    // What a taxon is related to is named by id in a part.
    return { ...rest, related: relationships?.map(({ target }) => this.#nameOf(target)) };
  }

  #nameOf(target: ReportingDescriptorReference): unknown {
    const taxonomy = taxonomyOf(target, this.#run);
    const found = taxonomy === undefined ? ruleOf(target, this.#run) : pick(taxonomy.taxa ?? [], target);
    return found?.id ?? target.id ?? target.guid ?? 'nothing';
  }

  #object(name: string, value: object, above: readonly unknown[]): unknown {
    const fields = value as Fields;
    const { members, open } = shapes[name]!;
    if (open === true) return value;
    const out: Fields = {};
    for (const [member, child] of Object.entries(fields)) {
      const shape = members[member];
      if (shape === undefined) continue;
      const said = this.#value(shape, child, above);
      if (Array.isArray(said)) out[member] = said.filter((element) => !this.#gone.has(element));
      else if (!this.#gone.has(said)) out[member] = said;
      else if (needs[name]?.every((other) => other === member || !(other in fields))) this.#gone.add(out);
    }
    if (name === 'message') {
      for (const member of ['text', 'markdown']) {
        if (typeof out[member] === 'string') out[member] = this.#links(out[member]);
      }
    }
    const array = caches[name] ?? (name === 'artifactLocation' ? 'artifacts' : undefined);
    if (name === 'artifactLocation' && typeof out['uri'] === 'string' && out['uri'].startsWith('sarif:')) {
      const place = this.#place(out['uri']);
      if (place !== undefined) out['uri'] = place;
      else if (fields['index'] === undefined) this.#gone.add(out);
      else delete out['uri'];
    }
    if (array !== undefined) this.#follow(out, 'index', array, 'cached', above);
    if (name === 'artifact' || name === 'logicalLocation' || name === 'address') {
      this.#follow(out, 'parentIndex', array ?? 'artifacts', 'parent', above);
    }
    if (name === 'graphTraversal') this.#follow(out, 'runGraphIndex', 'graphs', 'runGraph', above);
    if (name === 'result' || name === 'threadFlowLocation') {
      const taxa = fields['taxa'] as ReportingDescriptorReference[] | undefined;
      if (taxa !== undefined) {
        out['taxa'] = taxa.map((reference) => {
          const taxon = this.#taxon(reference);
          return taxon === undefined ? reference : { taxon, of: reference.toolComponent };
        });
      }
    }
    return out;
  }

  #follow(out: Fields, member: string, array: string, as: string, above: readonly unknown[]): void {
    const index = out[member];
    delete out[member];
    if (typeof index !== 'number') return;
    const element = ((this.#run as unknown as Fields)[array] as Fields[] | undefined)?.[index];
    if (element === undefined) return;
    if (above.includes(element)) {
      out[as] = 'one of those above';
      return;
    }
    out[as] = this.#element(array, element, [...above, element]);
  }

  /** An element without the index of its own that it may state. */
  #element(array: string, element: Fields, above: readonly unknown[]): unknown {
    const { index: _, ...rest } = element;
    const shape = shapes['run']?.members[array] as { items: { shape: string } };
    const location = rest['location'] as Fields | undefined;
    if (array === 'artifacts' && location !== undefined) {
      const { index: __, ...place } = location;
      return this.#object(shape.items.shape, { ...rest, location: place }, above);
    }
    return this.#object(shape.items.shape, rest, above);
  }

  #value(shape: ValueShape, value: unknown, above: readonly unknown[]): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (shape.type === 'object') return this.#object(shape.shape, value, above);
    if (shape.type === 'array' && Array.isArray(value))
      return value.map((item) => this.#value(shape.items, item, above));
    if (shape.type === 'map') {
      return Object.fromEntries(
        Object.entries(value).map(([name, item]) => [name, this.#value(shape.values, item, above)]),
      );
    }
    return value;
  }

  #links(text: string): string {
    return text.replace(/\[([^\]]*)\]\((sarif:[^)]*)\)/g, (_, label: string, uri: string) => {
      const place = this.#place(uri);
      return place === undefined ? label : `${label} (${place})`;
    });
  }

  /** What an artifact's or the result's own URI leads to; of other places a part need not know. */
  #place(uri: string): string | undefined {
    const [, run, array, index, ...path] = /^sarif:\/(.*)$/.exec(uri)?.[1]?.split('/') ?? [];
    if (Number(run) !== this.#runIndex) return undefined;
    if (array === 'results' && Number(index) === this.#resultIndex) return `this result: ${path.join('/')}`;
    const artifact = array === 'artifacts' ? this.#run.artifacts?.[Number(index)] : undefined;
    return artifact === undefined ? undefined : `artifact ${String(artifact.properties?.['unique'])}`;
  }
}

/** Two references of different forms to the same rule are one in a part. */
function withoutRepetition(elements: readonly unknown[] | undefined): unknown {
  return elements && [...new Map(elements.map((element) => [JSON.stringify(element), element])).values()];
}

function withoutLinks(text: string): string {
  return text.replace(/\[([^\]]*)\]\(sarif:[^)]*\)/g, '$1');
}

function taxonomyOf(
  { toolComponent }: ReportingDescriptorReference,
  { taxonomies = [] }: Run,
): ToolComponent | undefined {
  if (toolComponent === undefined) return undefined;
  const { index = -1, name, guid } = toolComponent;
  const isSame = (component: ToolComponent) => component.name.toLowerCase() === name?.toLowerCase();
  const pointed = taxonomies[index];
  if (pointed !== undefined && (name === undefined || isSame(pointed))) return pointed;
  return taxonomies.find((component) => (guid !== undefined && component.guid === guid) || isSame(component));
}

function ruleOf(reference: ReportingDescriptorReference, { tool }: Run): ReportingDescriptor | undefined {
  const { index, guid, toolComponent } = reference;
  const { driver, extensions = [] } = tool;
  let component: ToolComponent | undefined = driver;
  if (toolComponent !== undefined) {
    const { name, guid: componentGuid } = toolComponent;
    const isNamed = (candidate: ToolComponent) =>
      (componentGuid !== undefined && candidate.guid === componentGuid) ||
      candidate.name.toLowerCase() === name?.toLowerCase();
    component =
      name === undefined && componentGuid === undefined
        ? extensions[toolComponent.index ?? -1]
        : [driver, ...extensions].find(isNamed);
  }
  const byIndexOrGuid = {
    ...(index === undefined ? {} : { index }),
    ...(guid === undefined ? {} : { guid }),
  };
  return pick(component?.rules ?? [], byIndexOrGuid) ?? component?.taxa?.[index ?? -1];
}

function pick(
  descriptors: readonly ReportingDescriptor[],
  { index = -1, guid, id }: ReportingDescriptorReference,
): ReportingDescriptor | undefined {
  if (index >= 0) return descriptors[index] ?? undefined;
  return (
    descriptors.find((candidate) => guid !== undefined && candidate.guid === guid) ??
    descriptors.find((candidate) => id !== undefined && candidate.id === id)
  );
}
