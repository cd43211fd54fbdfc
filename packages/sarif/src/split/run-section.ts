import type { RunStartEvent } from '../events/event.ts';
import type {
  Address,
  ConfigurationOverride,
  Invocation,
  ReportingDescriptor,
  ReportingDescriptorReference,
  Result,
  Run,
  RunHeader,
  ToolComponent,
} from '../model/model.ts';
import { removeDuplicates } from '../positions/distinct-lists.ts';
import {
  type PooledArray,
  pooledArrayNames,
  pooledArrays,
  type References,
  referencesOf,
} from '../positions/references.ts';
import { moveSarifUris, type SarifUri } from '../positions/sarif-uris.ts';
import type { ResultFacts } from '../recognise/result-facts.ts';
import type { RuleNames } from '../recognise/rule-names.ts';
import { pointAtRule } from '../run/point-at-rule.ts';
import { type ComponentPlace, type FoundRule, RuleLookup } from '../run/rule-lookup.ts';
import { duplicatesIn, hasDistinctItems } from '../schema/distinct-items.ts';
import { bareHeader, nameTarget, withoutNotifications } from './bare-header.ts';
import { jsonCopy } from './json-copy.ts';
import { JsonFrame, Marks, type SizedText, sized, utf8Length } from './json-frame.ts';
import { objectJson, type RawMember } from './object-json.ts';
import { ParentLinks } from './parent-links.ts';
import { partId } from './part-id.ts';
import { Pool } from './pool.ts';
import { ReferenceTargets } from './reference-target.ts';
import { toldApart } from './told-apart.ts';

/** What lookups in one run share, whatever number of parts it is spread over. */
export class SplitRun {
  readonly event: RunStartEvent;
  readonly run: RunHeader;
  readonly rules: RuleLookup;
  readonly targets: ReferenceTargets;
  /** The header as it stands in the run's first part, and in the others. */
  readonly firstHeader: RunHeader;
  readonly laterHeader: RunHeader;
  /** Whether the header, apart from its invocations, may name places of the log. */
  readonly hasHeaderUris: boolean;
  /** Of extensions that only rules tell apart, how many of the first rules every part has. */
  readonly rulesOfAlike: ReadonlyMap<number, number>;
  /** The same of taxonomies and their taxa. */
  readonly taxaOfAlike: ReadonlyMap<number, number>;
  /** How many parts hold results of this run so far. */
  sections = 0;
  /** Whether the second and later parts are in categories of their own. */
  readonly ownCategories: boolean;
  readonly #texts = new Map<object, SizedText>();
  readonly #namedTexts = new Map<object, SizedText>();
  readonly #frames = new Map<object, JsonFrame | null>();
  readonly #ruleFrames = new Map<object, RuleFrame>();
  /** For each list with equal elements, of those but the first the position of the first. */
  readonly #firsts = new Map<readonly unknown[], ReadonlyMap<number, number>>();
  readonly #parentLinks = new Map<PooledArray, ParentLinks>();

  constructor(event: RunStartEvent, ownCategories: boolean) {
    this.event = event;
    this.ownCategories = ownCategories;
    this.run = event.run;
    this.rules = new RuleLookup(event.run);
    this.targets = new ReferenceTargets(event.run);
    this.firstHeader = bareHeader(event.run, this.rules, this.targets);
    this.laterHeader = withoutNotifications(this.firstHeader);
    const { invocations: _, ...others } = this.firstHeader;
    this.hasHeaderUris = JSON.stringify(others).includes('sarif:');
    const { tool, taxonomies = [] } = this.firstHeader;
    this.rulesOfAlike = toldApart(tool.extensions ?? [], (place) => this.run.tool.extensions?.[place]?.rules);
    this.taxaOfAlike = toldApart(taxonomies, (place) => this.run.taxonomies?.[place]?.taxa);
  }

  /** Position of the first element that equals the one at an index: of equal elements a part has only one (section 3.7.3). */
  firstEqual(list: readonly unknown[] | undefined, index: number): number {
    if (list === undefined) return index;
    let firsts = this.#firsts.get(list);
    if (firsts === undefined) {
      const duplicates = hasDistinctItems(list) ? [] : Array.from(duplicatesIn(list));
      firsts = new Map(duplicates.map((duplicate) => [duplicate.index, duplicate.first]));
      this.#firsts.set(list, firsts);
    }
    return firsts.get(index) ?? index;
  }

  /** The same for a rule of a component. */
  firstEqualRule(component: ComponentPlace, index: number): number {
    const { driver, extensions } = this.run.tool;
    return this.firstEqual((component === 'driver' ? driver : extensions?.[component])?.rules, index);
  }

  /** Whether an element of an array of the run has another parent in parts, or none any more. */
  isCut(array: PooledArray, index: number): boolean {
    return this.#linksOf(array).isCut(index);
  }

  /** Position in the run of the parent that an element has in parts. An offset is one from the parent itself, and from no other. */
  keptParent(array: PooledArray, index: number): number | undefined {
    const isLost = array === 'addresses' && this.isCut(array, index);
    return isLost ? undefined : this.#linksOf(array).keptParent(index);
  }

  #linksOf(array: PooledArray): ParentLinks {
    let links = this.#parentLinks.get(array);
    if (links === undefined) {
      const elements = (this.run[array] ?? []) as readonly PoolElement[];
      links = new ParentLinks(elements, (index) => this.firstEqual(elements, index));
      this.#parentLinks.set(array, links);
    }
    return links;
  }

  /** The JSON text of an element that refers to nothing, made once. */
  textOf(element: object): SizedText {
    let text = this.#texts.get(element);
    if (text === undefined) {
      text = sized(JSON.stringify(element));
      this.#texts.set(element, text);
    }
    return text;
  }

  /** The text of a descriptor whose relationships name their targets, so that none has to come along. Made once. */
  namedTextOf(descriptor: ReportingDescriptor): SizedText {
    if (descriptor.relationships === undefined) return this.textOf(descriptor);
    let text = this.#namedTexts.get(descriptor);
    if (text === undefined) {
      const copy = jsonCopy(descriptor);
      for (const { target } of copy.relationships ?? []) nameTarget(target, this.targets);
      removeDuplicates('reportingDescriptor', copy);
      text = sized(JSON.stringify(copy));
      this.#namedTexts.set(descriptor, text);
    }
    return text;
  }

  /** The text of an element around the index by which it refers to itself, made once; `null` for one that refers to something else. */
  frameOf(array: PooledArray, element: PoolElement): JsonFrame | null {
    let frame = this.#frames.get(element);
    if (frame === undefined) {
      frame = frameOf(this.textOf(element).text, array, element);
      this.#frames.set(element, frame);
    }
    return frame;
  }

  /** The text of a rule around the positions of its taxa, made once. */
  ruleFrameOf(rule: ReportingDescriptor): RuleFrame {
    let frame = this.#ruleFrames.get(rule);
    if (frame === undefined) {
      frame = this.#newRuleFrame(rule);
      this.#ruleFrames.set(rule, frame);
    }
    return frame;
  }

  #newRuleFrame(rule: ReportingDescriptor): RuleFrame {
    const given = JSON.stringify(rule);
    const marks = new Marks(given);
    const copy = JSON.parse(given) as ReportingDescriptor;
    const taxa: TaxonPlace[] = [];
    const numbers = new Map<string, number>();
    for (const { target } of copy.relationships ?? []) {
      const found = this.targets.of(target);
      if (found?.type !== 'taxon') {
        nameTarget(target, this.targets);
        continue;
      }
      const { taxonomy } = found;
      const index = this.firstEqual(this.run.taxonomies?.[taxonomy]?.taxa, found.index);
      const name = `${taxonomy} ${index}`;
      const number = numbers.get(name) ?? taxa.length;
      if (number === taxa.length) taxa.push({ taxonomy, index });
      numbers.set(name, number);
      if (target.index !== undefined) target.index = marks.of(number);
    }
    removeDuplicates('reportingDescriptor', copy);
    return { text: new JsonFrame(JSON.stringify(copy), marks), taxa };
  }
}

/** Where a taxon stands in its run. */
interface TaxonPlace {
  readonly taxonomy: number;
  readonly index: number;
}

/** The text of a rule, whose gaps have the numbers of taxa, and those in the order in which they come along. */
interface RuleFrame {
  readonly text: JsonFrame;
  readonly taxa: readonly TaxonPlace[];
}

function frameOf(text: string, array: PooledArray, element: PoolElement): JsonFrame | null {
  if (text.includes('sarif:')) return null;
  const { indices, taxa } = referencesOf(pooledArrays[array], element);
  if (taxa.length > 0 || indices.length > 1) return null;
  const [only] = indices;
  const marks = new Marks(text);
  if (only === undefined) return new JsonFrame(text, marks);
  if (only.holder !== ownIndexOf(array, element) || only.member !== 'index') return null;
  const copy = JSON.parse(text) as PoolElement;
  const owner = ownIndexOf(array, copy);
  if (owner !== undefined) owner.index = marks.of(0);
  return new JsonFrame(JSON.stringify(copy), marks);
}

/** What holds the index by which an element of an array refers to itself. */
function ownIndexOf(array: PooledArray, element: PoolElement): { index?: number } | undefined {
  return array === 'artifacts' ? element.location : element;
}

/** One run as far as it stands in one part: the elements its results use, at positions of their own. */
export class RunSection {
  readonly split: SplitRun;
  readonly #number: number;
  /** Position of the run in the part. */
  readonly #runPosition: number;
  readonly #pools = new Map<string, Pool>();
  readonly #fixedBytes: number;
  #pooledBytes = 0;
  /** The pools that got an element since `begin`, once for each. */
  readonly #used: Pool[] = [];

  /** Another object whenever a position may have changed. */
  positions: object = {};
  /** Positions of rules by the numbers that the reader has for the ways of naming them, as far as they are known. */
  readonly #noted: (number | undefined)[] = [];
  #names: RuleNames | undefined;
  /** Positions of artifacts plus one, as far as they are known. */
  readonly #artifacts: Int32Array;

  constructor(split: SplitRun, runPosition: number) {
    this.split = split;
    this.#artifacts = new Int32Array(split.run.artifacts?.length ?? 0);
    this.#runPosition = runPosition;
    split.sections += 1;
    this.#number = split.sections;
    this.#fixedBytes = utf8Length(this.#header(true)) + emptyArraysBytes(split.run);
    for (const [extension, count] of split.rulesOfAlike) {
      for (let index = 0; index < count; index += 1) this.#usePlacedRule(extension, index);
    }
    for (const [taxonomy, count] of split.taxaOfAlike) {
      for (let index = 0; index < count; index += 1) this.#useTaxon(taxonomy, index);
    }
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
    if (this.#used.length > 0) {
      this.positions = {};
      this.#noted.length = 0;
      this.#artifacts.fill(0);
    }
    for (let pool = this.#used.pop(); pool !== undefined; pool = this.#used.pop()) {
      this.#pooledBytes -= pool.bytes;
      pool.removeLast();
      this.#pooledBytes += pool.bytes;
    }
  }

  /** The new position of a result's descriptor, which the part has from now on; -1 when the run has none. */
  useRule(found: FoundRule, added: ReportingDescriptor | undefined): number {
    if (added !== undefined) return this.addRule(added);
    const { ruleId, descriptor } = found;
    const known = descriptor?.id === ruleId ? this.#positionOfRule(found) : undefined;
    if (known !== undefined) return known;
    const position = descriptor === undefined ? -1 : this.#useDescriptor({ ...found, descriptor });
    // Receivers that compare ids alone find the descriptor with exactly this id, wherever the run has it.
    const { rules } = this.split;
    const exact = ruleId === undefined || descriptor?.id === ruleId ? undefined : rules.describing(ruleId);
    const other = exact ?? (ruleId === undefined || descriptor !== undefined ? undefined : this.#nearestRule(ruleId));
    if (other?.descriptor !== undefined) this.#useDescriptor({ ...other, descriptor: other.descriptor });
    return position;
  }

  /** What a reader would take for the descriptor of a result that has none, because the component that it names lacks it. */
  #nearestRule(ruleId: string): FoundRule | undefined {
    const { rules } = this.split;
    if (!rules.hasRules) return undefined;
    const id = rules.differingInCase(ruleId);
    return rules.naming(ruleId) ?? (id === undefined ? undefined : rules.describing(id));
  }

  /**
   * The same for a result whose bytes tell its rule; `undefined` when the run has no such rule, or not where the indices of the
   * result count. The part has its descriptor from now on in any case.
   */
  useNotedRule(facts: ResultFacts): number | undefined {
    const { key, names } = facts;
    if (this.#names !== names) {
      this.#names = names;
      this.#noted.length = 0;
    }
    const known = this.#noted[key];
    if (known !== undefined) return known;
    const found = this.split.rules.findByFacts(facts);
    const position = this.useRule(found, undefined);
    const counted = this.split.rules.indexedComponent(names.results[key]?.rule);
    if (found.descriptor === undefined || found.component !== counted) return undefined;
    this.#noted[key] = position;
    return position;
  }

  /** What `useNotedRule` gave for a result that names its rule in the same way. */
  positionOfNoted({ key, names }: ResultFacts): number | undefined {
    return this.#names === names ? this.#noted[key] : undefined;
  }

  /** What `useArtifact` gave. */
  positionOfArtifact(index: number): number | undefined {
    const known = this.#artifacts[index] ?? 0;
    return known > 0 ? known - 1 : undefined;
  }

  hasArtifact(index: number): boolean {
    return (this.#artifacts[index] ?? 0) > 0 || this.hasElement('artifacts', index);
  }

  /** The new position of an artifact that the run has; the part has it from now on. */
  useArtifact(index: number): number {
    const known = this.#artifacts[index] as number;
    if (known > 0) return known - 1;
    const position = this.useElement('artifacts', index) as number;
    this.#artifacts[index] = position + 1;
    return position;
  }

  /** Adds a descriptor to the driver that the run's header lacks. */
  addRule(rule: ReportingDescriptor): number {
    return this.#use(rulesOf('driver'), rule.id, () => this.#ruleText(rule));
  }

  /** Points the references of an object to the positions that their targets have in this part. Changes the object. */
  rewrite({ indices, taxa }: References): void {
    for (const { array, holder, member } of indices) {
      const position = this.useElement(array, holder[member] ?? -1);
      // An index that leads nowhere stays: no array of a part is longer than the run's, so it leads nowhere there, too.
      if (position !== undefined) holder[member] = position;
    }
    for (const taxon of taxa) this.#rewriteTaxon(taxon);
  }

  /** Rewrites the `sarif:` URIs of a result, which is the one at `resultIndex` in the log and at `position` in the part. */
  moveUris(result: object, resultIndex: number, position: number): void {
    moveSarifUris('result', result, (uri) => this.#movedUri(uri, { isHeader: false, resultIndex, position }));
  }

  /** Whether the run has an element at this index. */
  hasElement(array: PooledArray, index: number): boolean {
    return index >= 0 && (this.split.run[array]?.[index] ?? undefined) !== undefined;
  }

  /** The new position of an element, which the part has from now on; `undefined` when the run has no such element. */
  useElement(array: PooledArray, given: number): number | undefined {
    const elements = this.split.run[array] as readonly PoolElement[] | undefined;
    const index = this.split.firstEqual(elements, given);
    const pool = this.#poolOf(array);
    const known = pool.positionOf(index);
    if (known !== undefined) return known;
    // Parents come along. They get their positions first, one by one, however many there are.
    const added: { index: number; element: PoolElement; position: number }[] = [];
    for (let at: number | undefined = index; at !== undefined && pool.positionOf(at) === undefined; ) {
      const element: PoolElement | undefined = at < 0 ? undefined : elements?.[at];
      if (element === undefined) break;
      added.push({ index: at, element, position: this.#reserve(pool, at) });
      at = element.parentIndex === undefined ? undefined : this.split.keptParent(array, at);
    }
    for (const { index: at, element, position } of added) {
      this.#fill(pool, position, this.#elementText(array, at, element, position));
    }
    return added[0]?.position;
  }

  /** The run's JSON text up to the opening bracket of its results. */
  header(): string {
    return this.#header(false);
  }

  #header(isLongest: boolean): string {
    const { run, event, firstHeader, laterHeader } = this.split;
    const { invocations, ...others } = this.#number === 1 ? firstHeader : laterHeader;
    const { tool, taxonomies, ...plain } = this.split.hasHeaderUris ? this.#withMovedUris(others) : others;
    const head: Partial<Run> = { ...plain, ...partId(run, this.#number, this.split.ownCategories) };
    const raw: RawMember[] = [['tool', this.#toolJson(tool)]];
    if (taxonomies !== undefined) {
      raw.push(['taxonomies', listJson(taxonomies.map((taxonomy, place) => this.#taxonomyJson(taxonomy, place)))]);
    }
    if (invocations !== undefined) {
      raw.push(['invocations', this.#invocationsJson(invocations, isLongest)]);
    }
    for (const array of pooledArrayNames) {
      const texts = this.#pools.get(array)?.texts ?? [];
      if (texts.length > 0) raw.push([array, listJson(texts)]);
    }
    if (event.results === 'array') raw.push(['results', '[']);
    const json = objectJson(head, raw);
    return json.slice(0, -1);
  }

  #withMovedUris(header: Omit<RunHeader, 'invocations'>): Omit<RunHeader, 'invocations'> {
    const copy = jsonCopy(header);
    moveSarifUris('run', copy, (uri) => this.#movedUri(uri, { isHeader: true }));
    removeDuplicates('run', copy);
    return copy;
  }

  /** What closes the run after its results. */
  get footer(): string {
    return this.split.event.results === 'array' ? ']}' : '}';
  }

  #toolJson({ driver, extensions, ...rest }: Run['tool']): string {
    const standIn = this.#usesRules() ? undefined : this.#standIn();
    const raw: RawMember[] = [['driver', this.#componentJson(driver, 'driver', standIn)]];
    if (extensions !== undefined) {
      raw.push([
        'extensions',
        listJson(extensions.map((extension, place) => this.#componentJson(extension, place, standIn))),
      ]);
    }
    return objectJson(rest, raw);
  }

  #componentJson(component: ToolComponent, place: ComponentPlace, standIn: StandIn | undefined): string {
    let texts = this.#pools.get(rulesOf(place))?.texts ?? [];
    if (standIn?.place === place) texts = [standIn.text];
    const isAlike = place !== 'driver' && this.split.rulesOfAlike.has(place);
    const hasRules = texts.length > 0 || (isAlike && this.split.run.tool.extensions?.[place]?.rules !== undefined);
    return objectJson(component, hasRules ? [['rules', listJson(texts)]] : []);
  }

  /** The Collector wants at least one rule in every log, so a part that uses none keeps the first. */
  #standIn(): StandIn | undefined {
    const { driver, extensions = [] } = this.split.run.tool;
    const places: [ComponentPlace, ToolComponent][] = [['driver', driver], ...extensions.entries()];
    for (const [place, { rules }] of places) {
      if (rules?.[0] !== undefined) return { place, text: this.#withMovedLinks(this.split.namedTextOf(rules[0])).text };
    }
    return undefined;
  }

  #taxonomyJson(taxonomy: ToolComponent, place: number): string {
    const texts = this.#pools.get(taxaOf(place))?.texts ?? [];
    // A taxonomy without taxa is none, and this one has some that the part does not use.
    const hasTaxa = texts.length > 0 || this.split.run.taxonomies?.[place]?.taxa !== undefined;
    return objectJson(taxonomy, hasTaxa ? [['taxa', listJson(texts)]] : []);
  }

  #invocationsJson(invocations: readonly Invocation[], isLongest: boolean): string {
    const json = JSON.stringify(invocations.map((invocation) => this.#withOverrides(invocation, isLongest)));
    if (!json.includes('sarif:')) return json;
    const copy = { invocations: JSON.parse(json) as Invocation[] };
    moveSarifUris('run', copy, (uri) => this.#movedUri(uri, { isHeader: true }));
    removeDuplicates('run', copy);
    return JSON.stringify(copy.invocations);
  }

  /** Overrides of rules that the part does not have say nothing there, and by their ids could be taken for those of others. */
  #withOverrides(invocation: Invocation, isLongest: boolean): Invocation {
    const { ruleConfigurationOverrides } = invocation;
    if (ruleConfigurationOverrides === undefined) return invocation;
    const overrides = ruleConfigurationOverrides.flatMap((override): ConfigurationOverride[] => {
      const found = this.split.rules.find({ message: {}, rule: override.descriptor });
      if (isLongest) return [{ ...override, descriptor: longest(override.descriptor, found) }];
      const position = this.#positionOfRule(found);
      if (found.descriptor !== undefined && position === undefined) return [];
      const isReachable = found.component === this.split.rules.indexedComponent(override.descriptor);
      const carrier: Result = { message: {}, rule: override.descriptor };
      pointAtRule(carrier, found.ruleId, isReachable ? position : undefined);
      return [{ ...override, descriptor: carrier.rule ?? override.descriptor }];
    });
    return { ...invocation, ruleConfigurationOverrides: overrides };
  }

  #usesRules(): boolean {
    for (const [name, pool] of this.#pools) {
      if (name.startsWith('rules ') && pool.length > 0) return true;
    }
    return false;
  }

  /** A descriptor. Of those with the same id in one component, the first is there first: it is what the id alone means. */
  #useDescriptor({ component, index, descriptor }: FoundRule & { readonly descriptor: ReportingDescriptor }): number {
    const first = this.split.rules.firstWithId(component, descriptor.id);
    const firstDescriptor = first === undefined || first === index ? undefined : this.#ruleAt(component, first);
    if (first !== undefined && firstDescriptor !== undefined) this.#useRuleAt(component, first, firstDescriptor);
    return this.#useRuleAt(component, index, descriptor);
  }

  #useRuleAt(component: ComponentPlace, index: number, descriptor: ReportingDescriptor): number {
    const key = this.split.firstEqualRule(component, index);
    return this.#use(rulesOf(component), key, () => this.#ruleText(descriptor));
  }

  #positionOfRule({ component, index }: FoundRule): number | undefined {
    return this.#pools.get(rulesOf(component))?.positionOf(this.split.firstEqualRule(component, index));
  }

  /** The text of a rule, whose taxa come along. */
  #ruleText(rule: ReportingDescriptor): SizedText {
    if (rule.relationships === undefined) return this.#withMovedLinks(this.split.textOf(rule));
    const { text, taxa } = this.split.ruleFrameOf(rule);
    const positions = taxa.map(({ taxonomy, index }) => this.#useTaxon(taxonomy, index) as number);
    return this.#withMovedLinks(text.filled((gap) => positions[gap] as number));
  }

  /** The text of a descriptor whose own texts lead to no other place than they did. What they are about does not come along. */
  #withMovedLinks(descriptor: SizedText): SizedText {
    if (!descriptor.text.includes('sarif:')) return descriptor;
    const copy = JSON.parse(descriptor.text) as ReportingDescriptor;
    moveSarifUris('reportingDescriptor', copy, (uri) => this.#movedUri(uri, { isHeader: true }));
    return sized(JSON.stringify(copy));
  }

  #ruleAt(component: ComponentPlace, index: number): ReportingDescriptor | undefined {
    const { driver, extensions } = this.split.run.tool;
    return (component === 'driver' ? driver : extensions?.[component])?.rules?.[index];
  }

  /** The text of an element whose references point into the part. The index of its own that it may state does so as well. */
  #elementText(array: PooledArray, index: number, element: PoolElement, position: number): SizedText {
    const frame = this.split.frameOf(array, element);
    if (frame !== null) return frame.filled(() => position);
    const kind = pooledArrays[array];
    const { text } = this.split.textOf(element);
    const hasUris = text.includes('sarif:');
    const copy = JSON.parse(text) as PoolElement & Address;
    if (copy.parentIndex !== undefined && this.split.isCut(array, index)) {
      const parent = this.split.keptParent(array, index);
      if (parent === undefined) forgetParent(copy);
      else copy.parentIndex = parent;
    }
    const references = referencesOf(kind, copy);
    const owner = ownIndexOf(array, copy);
    const others = references.indices.filter(({ holder, member }) => holder !== owner || member !== 'index');
    if (owner?.index !== undefined) owner.index = position;
    this.rewrite({ indices: others, taxa: references.taxa });
    if (hasUris) moveSarifUris(kind, copy, (uri) => this.#movedUri(uri, { isHeader: false }));
    return sized(JSON.stringify(copy));
  }

  /** A taxon comes along. */
  #rewriteTaxon(reference: ReportingDescriptorReference): void {
    const target = this.split.targets.of(reference);
    if (target?.type !== 'taxon') return;
    const position = this.#useTaxon(target.taxonomy, target.index);
    if (reference.index !== undefined && position !== undefined) reference.index = position;
  }

  #movedUri({ run, path }: SarifUri, at: UriPlace): string | undefined {
    if (run !== this.split.event.runIndex) return undefined;
    const moved = this.#movedPath(path, at);
    return moved === undefined ? undefined : ['sarif:', 'runs', this.#runPosition, ...moved].join('/');
  }

  /** The same place in the part, and what stands there comes along; but not for the header, which is about no result. */
  #movedPath(path: readonly string[], at: UriPlace): readonly (string | number)[] | undefined {
    const [first = '', second = '', third = '', fourth = '', fifth = ''] = path;
    const changed = (length: number, position: number | undefined) =>
      position === undefined ? undefined : [...path.slice(0, length - 1), position, ...path.slice(length)];
    if (first === 'results') return numberOf(second) === at.resultIndex ? changed(2, at.position) : undefined;
    if (Object.hasOwn(pooledArrays, first)) {
      return changed(2, at.isHeader ? undefined : this.useElement(first as PooledArray, numberOf(second)));
    }
    if (first === 'tool' && second === 'driver' && third === 'rules') {
      return changed(4, at.isHeader ? undefined : this.#usePlacedRule('driver', numberOf(fourth)));
    }
    if (first === 'tool' && second === 'extensions' && fourth === 'rules') {
      return changed(5, at.isHeader ? undefined : this.#usePlacedRule(numberOf(third), numberOf(fifth)));
    }
    if (first === 'taxonomies' && third === 'taxa') {
      return changed(4, at.isHeader ? undefined : this.#useTaxon(numberOf(second), numberOf(fourth)));
    }
    const isNotification = first === 'invocations' && /^tool(Execution|Configuration)Notifications$/.test(third);
    return isNotification && this.#number > 1 ? undefined : path;
  }

  #usePlacedRule(component: ComponentPlace, index: number): number | undefined {
    const descriptor = this.#ruleAt(component, index);
    if (descriptor === undefined) return undefined;
    return this.#useDescriptor({ component, index, descriptor, ruleId: descriptor.id, by: 'index' });
  }

  #useTaxon(taxonomy: number, index: number): number | undefined {
    const taxa = this.split.run.taxonomies?.[taxonomy]?.taxa;
    const taxon = taxa?.[index];
    if (taxon === undefined) return undefined;
    return this.#use(taxaOf(taxonomy), this.split.firstEqual(taxa, index), () =>
      this.#withMovedLinks(this.split.namedTextOf(taxon)),
    );
  }

  #use(name: string, key: number | string, text: () => SizedText): number {
    const pool = this.#poolOf(name);
    const known = pool.positionOf(key);
    if (known !== undefined) return known;
    const position = this.#reserve(pool, key);
    this.#fill(pool, position, text());
    return position;
  }

  #poolOf(name: string): Pool {
    let pool = this.#pools.get(name);
    if (pool === undefined) {
      pool = new Pool();
      this.#pools.set(name, pool);
    }
    return pool;
  }

  /** What an element refers to may refer back to it, so it has a position before it has a text. */
  #reserve(pool: Pool, key: number | string): number {
    this.#used.push(pool);
    return pool.reserve(key);
  }

  #fill(pool: Pool, position: number, text: SizedText): void {
    const before = pool.bytes;
    pool.setText(position, text);
    this.#pooledBytes += pool.bytes - before;
  }
}

/** A reference at least as long as any that a part writes in place of this one. */
function longest(reference: ReportingDescriptorReference, { ruleId = '' }: FoundRule): ReportingDescriptorReference {
  return { id: ruleId, ...reference, index: Number.MAX_SAFE_INTEGER };
}

/** An element of any of the run's arrays, as far as this looks at it. */
interface PoolElement {
  readonly parentIndex?: number;
  index?: number;
  readonly location?: { index?: number };
}

/** Where a `sarif:` URI stands: in the header, in an element that results share, or in the result at these positions. */
interface UriPlace {
  readonly isHeader: boolean;
  /** In the log. */
  readonly resultIndex?: number;
  /** In the part. */
  readonly position?: number;
}

interface StandIn {
  readonly place: ComponentPlace;
  readonly text: string;
}

/** An offset from a parent says nothing without it. */
function forgetParent(element: Address): void {
  delete element.parentIndex;
  delete element.offsetFromParent;
}

function numberOf(segment: string): number {
  return /^(0|[1-9]\d{0,8})$/.test(segment) ? Number(segment) : -1;
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

/** Room for the names and brackets of arrays that the empty header does not have. */
function emptyArraysBytes(run: RunHeader): number {
  let bytes = 0;
  for (const array of pooledArrayNames) bytes += array.length + 6;
  return bytes + (2 + (run.tool.extensions?.length ?? 0) + (run.taxonomies?.length ?? 0)) * '"rules":[],'.length;
}
