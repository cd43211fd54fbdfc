import { canonicalJson } from '../digest/canonical-json.ts';
import type { Run, RunAutomationDetails, RunHeader, ToolComponent } from '../model/model.ts';
import { ownerOfIndex } from '../positions/own-index.ts';
import { type PooledArray, pooledArrayNames, pooledArrays } from '../positions/references.ts';
import { type MoveUri, moveSarifUris } from '../positions/sarif-uris.ts';
import { runIdentityOf } from '../run/run-identity.ts';
import { deepEqual } from '../schema/deep-equal.ts';
import { jsonCopy } from '../split/json-copy.ts';
import { wholeRun } from '../split/part-id.ts';
import { namesPlaces } from './names-places.ts';
import { type ElementHome, placeElements, placeFirst } from './place-elements.ts';
import { UnitedArray } from './united-array.ts';
import { bodyOf, descriptorArrays, type UnitedComponent, UnitedComponents, unitedList } from './united-components.ts';
import { UnitedInvocations } from './united-invocations.ts';
import { UnitedPositions } from './united-positions.ts';
import { unitedProperties } from './united-properties.ts';

/** A run's header without what `UnitedRun` keeps elsewhere. */
type Rest = Omit<Run, PooledArray | 'results'>;

/** One run made of several: what they say twice stands there once, and all that points to it does so at its new place. */
export class UnitedRun {
  readonly #driver = new UnitedComponents();
  readonly #extensions = new UnitedComponents();
  readonly #taxonomies = new UnitedComponents();
  readonly #invocations = new UnitedInvocations();
  readonly #arrays = new Map(pooledArrayNames.map((name) => [name, new UnitedArray()]));
  readonly #rests: Rest[] = [];
  /** Objects that name places of their log. These move once all places are known. */
  readonly #linked: { readonly kind: string; readonly value: object; readonly source: UnitedPositions }[] = [];

  readonly #ownIndices: { readonly home: ElementHome; readonly position: number }[] = [];

  /** Adds a run that agrees with those before on what `runKey` says. The run itself stays as it is. */
  add(given: RunHeader): UnitedPositions {
    const whole = wholeRun(given);
    const run = jsonCopy(whole ?? given);
    const source = new UnitedPositions(run);
    const isLinked = (kind: string, value: object) => {
      if (!namesPlaces(kind, value)) return false;
      this.#linked.push({ kind, value, source });
      return true;
    };
    const homes = this.#homes(run, source.byElement);
    const place = this.#rests.length === 0 ? placeFirst : placeElements;
    place({
      homes,
      positions: source.byElement,
      pointersOf: (element, { kind }) => withoutOwnIndex(element, kind, () => source.pointersOf(kind, element)),
      isUnlike: (element) => isLinked((homes.get(element) as ElementHome).kind, element),
      onOwnIndex: (home, position) => this.#ownIndices.push({ home, position }),
    });

    const rest = restOf(run);
    const { conversion, ...others } = rest;
    source.move('run', others);
    if (conversion !== undefined) source.moveConversion(conversion);
    const key = canonicalJson(run.automationDetails ?? null);
    source.invocations = this.#invocations.add(
      rest.invocations ?? [],
      { key, isPart: whole !== undefined },
      (invocation) => isLinked('invocation', invocation),
    );
    const { invocations: _, ...plain } = rest;
    isLinked('run', plain);
    this.#addBodies(rest, source);
    this.#rests.push(rest);
    return source;
  }

  /** How many invocations there are. */
  get invocations(): number {
    return this.#invocations.elements.length;
  }

  /** Rewrites the places of the log that headers name. Nothing can be added from here on. */
  finish(moveOf: (source: UnitedPositions) => MoveUri | undefined): void {
    for (const { kind, value, source } of this.#linked) {
      const move = moveOf(source);
      if (move !== undefined) moveSarifUris(kind, value, move);
    }
    for (const { home, position } of this.#ownIndices) {
      const owner = ownerOfIndex(home.array.elements[position] as object, home.kind);
      if (owner !== undefined) owner.index = position;
    }
  }

  /** The header of the runs that have been added. */
  header(): RunHeader {
    const [first] = this.#rests as [Rest, ...Rest[]];
    const all = <Name extends keyof Rest>(name: Name) => this.#rests.map((rest) => rest[name]);
    const [driver] = this.#driver.written() as [ToolComponent];
    const extensions = this.#extensions.written();
    const taxonomies = this.#taxonomies.written();
    const toolProperties = unitedProperties(this.#rests.map(({ tool }) => tool.properties));
    const conversion = unitedConversion(all('conversion'));
    const tokens = all('redactionTokens').flatMap((list) => list ?? []);
    const arrays = [...this.#arrays].map(([name, { elements }]) => [name, listOrNothing(elements)] as const);
    return withoutNothing({
      ...first,
      tool: withoutNothing({
        ...first.tool,
        driver,
        extensions: listOrNothing(extensions),
        properties: toolProperties,
      }),
      conversion,
      invocations: all('invocations').some((list) => list !== undefined) ? this.#invocations.elements : undefined,
      ...unitedDetails(all('automationDetails'), all('runAggregates')),
      versionControlProvenance: unitedList(all('versionControlProvenance')),
      redactionTokens: tokens.length > 0 ? [...new Set(tokens)] : undefined,
      specialLocations: agreed(all('specialLocations')),
      translations: unitedList(all('translations')),
      policies: unitedList(all('policies')),
      taxonomies: listOrNothing(taxonomies),
      properties: unitedProperties(all('properties')),
      ...Object.fromEntries(arrays),
    });
  }

  /** Where each element of the run's arrays is to go. Components get their places right away. */
  #homes(run: RunHeader, positions: Map<object, number>): ReadonlyMap<object, ElementHome> {
    const homes = new Map<object, ElementHome>();
    const { driver, extensions = [] } = run.tool;
    const addComponent = (component: ToolComponent, united: UnitedComponent) => {
      for (const name of descriptorArrays) {
        const home = { array: united.arrays[name], kind: 'reportingDescriptor' };
        for (const descriptor of component[name] ?? []) homes.set(descriptor, home);
      }
    };
    addComponent(driver, this.#driver.at(this.#driver.unite(driver)));
    for (const [components, united] of [
      [extensions, this.#extensions],
      [run.taxonomies ?? [], this.#taxonomies],
    ] as const) {
      for (const component of components) {
        const position = united.unite(component);
        positions.set(component, position);
        addComponent(component, united.at(position));
      }
    }
    for (const [name, array] of this.#arrays) {
      for (const element of run[name] ?? []) homes.set(element, { array, kind: pooledArrays[name] });
    }
    return homes;
  }

  #addBodies({ tool, taxonomies = [] }: Rest, source: UnitedPositions): void {
    this.#driver.at(0).bodies.push(tool.driver);
    for (const [index, body] of (tool.extensions ?? []).entries()) {
      this.#extensions.at(source.component(index) as number).bodies.push(body);
    }
    for (const [index, body] of taxonomies.entries()) {
      this.#taxonomies.at(source.taxonomy(index) as number).bodies.push(body);
    }
  }
}

/** Looks at an element as if it did not state its own position. */
function withoutOwnIndex<T>(element: object, kind: string, look: () => T): T {
  const owner = ownerOfIndex(element, kind);
  const index = owner?.index;
  if (owner === undefined || index === undefined) return look();
  delete owner.index;
  const seen = look();
  owner.index = index;
  return seen;
}

/** The header without the arrays whose elements have been placed. What it holds is shared with the run. */
function restOf(run: RunHeader): Rest {
  const rest: RunHeader = {
    ...run,
    tool: withoutNothing({
      ...run.tool,
      driver: bodyOf(run.tool.driver),
      extensions: run.tool.extensions?.map(bodyOf),
    }),
  };
  if (run.taxonomies !== undefined) rest.taxonomies = run.taxonomies.map(bodyOf);
  for (const name of pooledArrayNames) delete rest[name];
  return rest;
}

/** One run's details stay as they are; several runs are named in `runAggregates`, and the whole has their category (section 3.14.6). */
function unitedDetails(
  all: readonly (RunAutomationDetails | undefined)[],
  aggregates: readonly (readonly RunAutomationDetails[] | undefined)[],
): { [Member in 'automationDetails' | 'runAggregates']: Run[Member] | undefined } {
  const runAggregates = unitedList(aggregates);
  const [first] = all;
  if (all.every((details) => deepEqual(details, first))) return { automationDetails: first, runAggregates };
  const { category } = runIdentityOf({ automationDetails: all.find((each) => each?.id !== undefined) ?? {} });
  const correlationGuid = all.find((each) => each?.correlationGuid !== undefined)?.correlationGuid;
  const details = withoutNothing({ id: category === '' ? undefined : `${category}/`, correlationGuid });
  return {
    automationDetails: Object.keys(details).length === 0 ? undefined : details,
    runAggregates: unitedList([runAggregates, all.filter((each) => each !== undefined)]),
  };
}

/** Conversions agree but for the places that they point to. */
function unitedConversion(all: readonly (Run['conversion'] | undefined)[]): Run['conversion'] | undefined {
  const [first] = all;
  if (first === undefined) return undefined;
  const analysisToolLogFiles = unitedList(all.map((conversion) => conversion?.analysisToolLogFiles));
  return analysisToolLogFiles === undefined ? first : { ...first, analysisToolLogFiles };
}

/** What all that say anything say; `undefined` when they differ. */
function agreed<T>(all: readonly (T | undefined)[]): T | undefined {
  const [first, ...others] = all.filter((value) => value !== undefined);
  return others.every((other) => deepEqual(other, first)) ? first : undefined;
}

function listOrNothing<T>(list: readonly T[]): T[] | undefined {
  return list.length > 0 ? [...list] : undefined;
}

type WithoutNothing<T> = { [Member in keyof T]: Exclude<T[Member], undefined> };

/** The object without members that are `undefined`. */
function withoutNothing<T extends object>(object: T): WithoutNothing<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as WithoutNothing<T>;
}
