import type { ReportingDescriptorReference, Result, Run } from '../../model/model.ts';
import { RuleLookup } from '../../run/rule-lookup.ts';
import { walkTo } from '../../run/walk.ts';
import type { ValueShape } from '../../schema/shape.ts';
import { shapes } from '../../schema/shapes.generated.ts';

type Fields = Record<string, unknown>;

const arrayOf: Readonly<Record<string, string>> = {
  'artifactLocation.index': 'artifacts',
  'artifact.parentIndex': 'artifacts',
  'logicalLocation.index': 'logicalLocations',
  'logicalLocation.parentIndex': 'logicalLocations',
  'address.index': 'addresses',
  'address.parentIndex': 'addresses',
  'threadFlowLocation.index': 'threadFlowLocations',
  'webRequest.index': 'webRequests',
  'webResponse.index': 'webResponses',
  'graphTraversal.runGraphIndex': 'graphs',
};

/** For each array of a run, the positions of the elements that no result leads to. */
export function usedBy(run: Run): Map<string, { readonly unused: readonly number[] }> {
  const used = new Map<string, Set<number>>();
  const pending: { array: string; index: number }[] = [];
  const use = (array: string, index: number | undefined) => {
    if (index === undefined || elementsOf(run, array)[index] === undefined) return;
    const known = used.get(array) ?? new Set();
    used.set(array, known);
    if (known.has(index)) return;
    known.add(index);
    pending.push({ array, index });
  };
  const lookup = new RuleLookup(run);
  const useLinks = (value: unknown) => {
    for (const [array, index] of linksIn(JSON.stringify(value))) {
      use(array, index);
      if (array === 'rules driver') use(array, lookup.firstWithId('driver', run.tool.driver.rules?.[index]?.id ?? ''));
    }
  };
  for (const result of run.results ?? []) {
    useIndices('result', result, use);
    useRule(result, lookup, use);
    useTaxa('result', result, run, use);
    useLinks(result);
  }
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const element = elementsOf(run, next.array)[next.index] as Fields;
    useLinks(element);
    const shape = shapes['run']?.members[next.array];
    if (shape?.type === 'array' && shape.items.type === 'object') useIndices(shape.items.shape, element, use);
    if (next.array === 'threadFlowLocations') useTaxa('threadFlowLocation', element, run, use);
    for (const { target } of (element['relationships'] ?? []) as { target: ReportingDescriptorReference }[]) {
      if (next.array.startsWith('rules')) useTaxon(target, run, use);
    }
  }
  const arrays = [...new Set(Object.values(arrayOf)), 'rules driver'];
  for (const place of (run.tool.extensions ?? []).keys()) arrays.push(`rules ${place}`);
  for (const place of (run.taxonomies ?? []).keys()) arrays.push(`taxa ${place}`);
  const isAnyRuleUsed = [...used.keys()].some((array) => array.startsWith('rules'));
  const unused = arrays.map((array) => {
    const indices = [...elementsOf(run, array).keys()].filter((index) => !used.get(array)?.has(index));
    return [array, { unused: array.startsWith('rules') && !isAnyRuleUsed ? indices.slice(1) : indices }] as const;
  });
  return new Map(unused);
}

type Use = (array: string, index: number | undefined) => void;

function elementsOf(run: Run, array: string): readonly unknown[] {
  const [kind, place] = array.split(' ');
  if (kind === 'rules')
    return (place === 'driver' ? run.tool.driver : run.tool.extensions?.[Number(place)])?.rules ?? [];
  if (kind === 'taxa') return run.taxonomies?.[Number(place)]?.taxa ?? [];
  return ((run as unknown as Fields)[array] as unknown[] | undefined) ?? [];
}

function useIndices(name: string, value: object, use: Use): void {
  const { members, open } = shapes[name]!;
  if (open === true) return;
  for (const [member, child] of Object.entries(value)) {
    const array = arrayOf[`${name}.${member}`];
    if (array !== undefined) use(array, child as number);
    const shape = members[member];
    if (shape !== undefined) each(shape, child, (kind, object) => useIndices(kind, object, use));
  }
}

function each(shape: ValueShape, value: unknown, visit: (kind: string, value: object) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (shape.type === 'object') visit(shape.shape, value);
  else if (shape.type === 'array' && Array.isArray(value)) for (const item of value) each(shape.items, item, visit);
  else if (shape.type === 'map') for (const item of Object.values(value)) each(shape.values, item, visit);
}

function useRule(result: Result, lookup: RuleLookup, use: Use): void {
  const found = lookup.find(result);
  const places = [found, found.ruleId === undefined ? undefined : lookup.describing(found.ruleId)];
  for (const place of places) {
    if (place?.descriptor === undefined) continue;
    use(`rules ${place.component}`, place.index);
    // The first with the same id is what the id alone means.
    use(`rules ${place.component}`, lookup.firstWithId(place.component, place.descriptor.id));
  }
}

function useTaxon(
  { toolComponent, id, index, guid }: ReportingDescriptorReference,
  { taxonomies = [] }: Run,
  use: Use,
): void {
  if (toolComponent === undefined) return;
  for (const [place, { taxa = [] }] of taxonomies.entries()) {
    for (const [at, taxon] of taxa.entries()) {
      if (at === index || taxon.id === id || (guid !== undefined && taxon.guid === guid)) use(`taxa ${place}`, at);
    }
  }
}

const toTaxa = walkTo(['result', 'threadFlowLocation']);

function useTaxa(kind: string, value: object, run: Run, use: Use): void {
  toTaxa(kind, value, (_kind, { taxa }) => {
    for (const reference of taxa ?? []) useTaxon(reference, run, use);
  });
}

function* linksIn(text: string): Generator<[array: string, index: number]> {
  for (const [, array = '', index] of text.matchAll(/sarif:\/runs\/\d+\/(\w+)\/(\d+)/g)) yield [array, Number(index)];
  for (const [, index] of text.matchAll(/sarif:\/runs\/\d+\/tool\/driver\/rules\/(\d+)/g))
    yield ['rules driver', Number(index)];
}
