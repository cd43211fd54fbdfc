import type { RunStartEvent } from '../events/event.ts';
import type {
  Artifact,
  Invocation,
  ReportingDescriptor,
  ReportingDescriptorReference,
  Result,
  Run,
  RunHeader,
  ThreadFlowLocation,
  ToolComponent,
} from '../model/model.ts';
import type { Mutable } from '../normalize/repair.ts';
import { type ComponentPlace, type FoundRule, RuleLookup } from '../run/rule-lookup.ts';
import { invocationsWithoutIndices } from './invocations.ts';
import { objectJson, type RawMember } from './object-json.ts';
import { Pool, utf8Length } from './pool.ts';
import { type PooledArray, type References, referencesOf, referencesOfStep } from './references.ts';
import { partId } from './part-id.ts';

const pooledArrays = [
  'artifacts',
  'logicalLocations',
  'addresses',
  'threadFlowLocations',
  'webRequests',
  'webResponses',
  'graphs',
] as const satisfies readonly PooledArray[];

/** What lookups in one run share, whatever number of parts it is spread over. */
export class SplitRun {
  readonly event: RunStartEvent;
  readonly run: RunHeader;
  readonly rules: RuleLookup;
  /** How many parts hold results of this run so far. */
  sections = 0;
  readonly #texts = new Map<object, string>();

  constructor(event: RunStartEvent) {
    this.event = event;
    this.run = event.run;
    this.rules = new RuleLookup(event.run);
  }

  /** The JSON text of an element that refers to nothing, made once. */
  textOf(element: object): string {
    let text = this.#texts.get(element);
    if (text === undefined) {
      text = JSON.stringify(element);
      this.#texts.set(element, text);
    }
    return text;
  }
}

/** One run as far as it stands in one part: the elements its results use, at positions of their own. */
export class RunSection {
  readonly split: SplitRun;
  readonly #number: number;
  readonly #pools = new Map<string, Pool>();
  readonly #fixedBytes: number;
  #pooledBytes = 0;
  /** The pools that got an element since `begin`, once for each. */
  readonly #used: Pool[] = [];

  constructor(split: SplitRun) {
    this.split = split;
    split.sections += 1;
    this.#number = split.sections;
    this.#fixedBytes = utf8Length(this.header()) + emptyArraysBytes(split.run);
  }

  /** Length of everything but the results, in bytes; never too small. */
  get headerBytes(): number {
    return this.#fixedBytes + this.#pooledBytes;
  }

  begin(): void {
    this.#used.length = 0;
  }

  /** Undoes every use since `begin`. */
  rollback(): void {
    for (let pool = this.#used.pop(); pool !== undefined; pool = this.#used.pop()) {
      this.#pooledBytes -= pool.bytes;
      pool.removeLast();
      this.#pooledBytes += pool.bytes;
    }
  }

  /** The new position of a result's descriptor, which the part has from now on; -1 when the run has none. */
  useRule(found: FoundRule, added: ReportingDescriptor | undefined): number {
    if (added !== undefined) return this.addRule(added);
    if (found.descriptor === undefined) return -1;
    return this.#useDescriptor(found.component, found.index, found.descriptor);
  }

  /** Adds a descriptor to the driver that the run's header lacks. */
  addRule(rule: ReportingDescriptor): number {
    return this.#use(rulesOf('driver'), rule.id, () => this.split.textOf(rule));
  }

  /** Points the references of a result to the positions that its targets have in this part. Returns what undoes that. */
  rewrite(references: References): () => void {
    const undo: (() => void)[] = [];
    this.#rewrite(references, undo);
    return () => {
      for (const restore of undo.reverse()) restore();
    };
  }

  /** The new position of an element, which the part has from now on; `undefined` when the run has no such element. */
  useElement(array: PooledArray, index: number): number | undefined {
    const known = this.#pools.get(array)?.positionOf(index);
    if (known !== undefined) return known;
    const element = (this.split.run[array] as readonly object[] | undefined)?.[index];
    if (element === undefined) return undefined;
    return this.#use(array, index, () => this.#elementText(array, element));
  }

  /** The run's JSON text up to the opening bracket of its results. */
  header(): string {
    const { run, event } = this.split;
    const { tool, artifacts: _a, logicalLocations: _l, addresses: _d, threadFlowLocations: _t, ...rest } = run;
    const { webRequests: _q, webResponses: _s, graphs: _g, taxonomies, invocations, ...plain } = rest;
    const head: Mutable<Partial<Run>> = { ...plain, ...partId(run, this.#number) };
    const raw: RawMember[] = [['tool', this.#toolJson(tool.driver, tool.extensions, tool)]];
    if (taxonomies !== undefined) {
      raw.push(['taxonomies', listJson(taxonomies.map((taxonomy, place) => this.#taxonomyJson(taxonomy, place)))]);
    }
    if (invocations !== undefined) {
      raw.push(['invocations', JSON.stringify(invocationsWithoutIndices(invocations as Invocation[], this.split, this.#number === 1))]);
    }
    for (const array of pooledArrays) {
      const texts = this.#pools.get(array)?.texts ?? [];
      if (texts.length > 0) raw.push([array, listJson(texts)]);
    }
    if (event.results === 'array') raw.push(['results', '[']);
    const json = objectJson(head, raw);
    return json.slice(0, -1);
  }

  /** What closes the run after its results. */
  get footer(): string {
    return this.split.event.results === 'array' ? ']}' : '}';
  }

  #toolJson(driver: ToolComponent, extensions: readonly ToolComponent[] | undefined, tool: Run['tool']): string {
    const { driver: _d, extensions: _e, ...rest } = tool;
    const raw: RawMember[] = [['driver', this.#componentJson(driver, 'driver')]];
    if (extensions !== undefined) {
      raw.push(['extensions', listJson(extensions.map((extension, place) => this.#componentJson(extension, place)))]);
    }
    return objectJson(rest, raw);
  }

  #componentJson(component: ToolComponent, place: ComponentPlace): string {
    const { rules, ...rest } = component;
    let texts = this.#pools.get(rulesOf(place))?.texts ?? [];
    const first = place === 'driver' && !this.#usesRules() ? rules?.[0] : undefined;
    // The Collector wants at least one rule in every log, so a part that uses none keeps the first.
    if (first !== undefined) texts = [this.split.textOf(withoutTargets(first))];
    return objectJson(rest, texts.length > 0 ? [['rules', listJson(texts)]] : []);
  }

  #taxonomyJson(taxonomy: ToolComponent, place: number): string {
    const { taxa: _, ...rest } = taxonomy;
    const texts = this.#pools.get(taxaOf(place))?.texts ?? [];
    return objectJson(rest, texts.length > 0 ? [['taxa', listJson(texts)]] : []);
  }

  #usesRules(): boolean {
    for (const [name, pool] of this.#pools) {
      if (name.startsWith('rules ') && pool.length > 0) return true;
    }
    return false;
  }

  #useDescriptor(component: ComponentPlace, index: number, descriptor: ReportingDescriptor): number {
    return this.#use(rulesOf(component), index, () => {
      if (descriptor.relationships === undefined) return this.split.textOf(descriptor);
      const relationships = descriptor.relationships.map((relationship) => {
        const target = { ...relationship.target };
        this.#rewriteTaxon(target, [], true);
        return { ...relationship, target };
      });
      return JSON.stringify({ ...descriptor, relationships });
    });
  }

  #elementText(array: PooledArray, element: object): string {
    switch (array) {
      case 'artifacts':
        return this.#artifactText(element as Artifact);
      case 'logicalLocations':
      case 'addresses':
        return this.#childText(array, element as { index?: number; parentIndex?: number });
      case 'threadFlowLocations':
        return this.#rewrittenText(element, (copy) => referencesOfStep(copy as ThreadFlowLocation));
      case 'graphs':
        return this.#rewrittenText(element, (copy) => referencesOf({ message: {}, graphs: [copy] } as unknown as Result));
      case 'webRequests':
      case 'webResponses': {
        const { index: _, ...rest } = element as { index?: number };
        return JSON.stringify(rest);
      }
    }
  }

  #artifactText(artifact: Artifact): string {
    if (artifact.parentIndex === undefined && artifact.location?.index === undefined) return this.split.textOf(artifact);
    const { parentIndex, location, ...rest } = artifact;
    const parent = parentIndex === undefined || parentIndex < 0 ? undefined : this.useElement('artifacts', parentIndex);
    const { index: _, ...place } = location ?? {};
    return JSON.stringify({
      ...(location === undefined ? {} : { location: place }),
      ...(parent === undefined ? {} : { parentIndex: parent }),
      ...rest,
    });
  }

  #childText(array: 'logicalLocations' | 'addresses', element: { index?: number; parentIndex?: number }): string {
    if (element.parentIndex === undefined && element.index === undefined) return this.split.textOf(element);
    const { parentIndex, index: _, ...rest } = element;
    const parent = parentIndex === undefined || parentIndex < 0 ? undefined : this.useElement(array, parentIndex);
    return JSON.stringify({ ...rest, ...(parent === undefined ? {} : { parentIndex: parent }) });
  }

  #rewrittenText(element: object, references: (copy: object) => References): string {
    const copy = structuredClone(element);
    this.#rewrite(references(copy), []);
    return JSON.stringify(copy);
  }

  #rewrite({ indices, taxa, traversals }: References, undo: (() => void)[]): void {
    for (const { array, holder } of indices) {
      const { index } = holder;
      if (index === undefined) continue;
      undo.push(() => {
        holder.index = index;
      });
      const position = index < 0 ? undefined : this.useElement(array, index);
      if (position === undefined) delete holder.index;
      else holder.index = position;
    }
    for (const taxon of taxa) this.#rewriteTaxon(taxon, undo, false);
    for (const traversal of traversals) {
      const { runGraphIndex } = traversal;
      if (runGraphIndex === undefined) continue;
      undo.push(() => {
        traversal.runGraphIndex = runGraphIndex;
      });
      const position = this.useElement('graphs', runGraphIndex);
      if (position === undefined) delete traversal.runGraphIndex;
      else traversal.runGraphIndex = position;
    }
  }

  /** A target among taxa comes along; one among rules (allowed for relationships) keeps its id and loses its position. */
  #rewriteTaxon(reference: Mutable<ReportingDescriptorReference>, undo: (() => void)[], mayBeRule: boolean): void {
    const before = reference.index;
    const place = this.#taxonomyOf(reference);
    const taxa = place === undefined ? undefined : this.split.run.taxonomies?.[place]?.taxa;
    const index = before !== undefined && before >= 0 ? before : (taxa?.findIndex((taxon) => taxon.id === reference.id) ?? -1);
    const taxon = taxa?.[index];
    if (place !== undefined && taxon !== undefined) {
      const position = this.#use(taxaOf(place), index, () => this.split.textOf(withoutTargets(taxon)));
      if (before === undefined) return;
      undo.push(() => {
        reference.index = before;
      });
      reference.index = position;
      return;
    }
    if (before === undefined) return;
    undo.push(() => {
      reference.index = before;
    });
    delete reference.index;
    if (!mayBeRule || reference.id !== undefined) return;
    const id = this.split.run.tool.driver.rules?.[before]?.id;
    if (id !== undefined) reference.id = id;
  }

  /** Position of the taxonomy that a reference names (section 3.54; indices count the taxonomies in this context). */
  #taxonomyOf({ toolComponent }: ReportingDescriptorReference): number | undefined {
    const taxonomies = this.split.run.taxonomies ?? [];
    const index = toolComponent?.index ?? -1;
    const named = (candidate: ToolComponent | undefined) =>
      candidate !== undefined &&
      (toolComponent?.name === undefined || candidate.name.toLowerCase() === toolComponent.name.toLowerCase());
    if (index >= 0 && named(taxonomies[index])) return index;
    const found = taxonomies.findIndex(
      ({ guid, name }) =>
        (toolComponent?.guid !== undefined && guid?.toLowerCase() === toolComponent.guid.toLowerCase()) ||
        (toolComponent?.name !== undefined && name.toLowerCase() === toolComponent.name.toLowerCase()),
    );
    return found === -1 ? undefined : found;
  }

  #use(name: string, key: number | string, text: () => string): number {
    let pool = this.#pools.get(name);
    if (pool === undefined) {
      pool = new Pool();
      this.#pools.set(name, pool);
    }
    const known = pool.positionOf(key);
    if (known !== undefined) return known;
    const position = pool.reserve(key);
    this.#used.push(pool);
    const json = text();
    const before = pool.bytes;
    pool.setText(position, json);
    this.#pooledBytes += pool.bytes - before;
    return position;
  }
}

function rulesOf(component: ComponentPlace): string {
  return `rules ${component}`;
}

function taxaOf(taxonomy: number): string {
  return `taxa ${taxonomy}`;
}

function listJson(texts: readonly string[]): string {
  return `[${texts.join(',')}]`;
}

/** Positions are gone with the elements that the part lacks; ids stay. */
function withoutTargets(descriptor: ReportingDescriptor): ReportingDescriptor {
  if (descriptor.relationships === undefined) return descriptor;
  const relationships = descriptor.relationships.map(({ target: { index: _, ...target }, ...rest }) => ({ ...rest, target }));
  return { ...descriptor, relationships };
}

/** Room for the names and brackets of arrays that the empty header does not have. */
function emptyArraysBytes(run: RunHeader): number {
  let bytes = 0;
  for (const array of pooledArrays) bytes += array.length + 6;
  return bytes + (2 + (run.tool.extensions?.length ?? 0) + (run.taxonomies?.length ?? 0)) * '"rules":[],'.length;
}

