import type {
  Address,
  LogicalLocation,
  RunHeader,
  ThreadFlowLocation,
  WebRequest,
  WebResponse,
} from '../model/model.ts';
import { mostParents } from './most-parents.ts';

/** The arrays of a run whose objects results repeat by index, with the kind of their elements. */
export const cachedArrays = {
  address: 'addresses',
  logicalLocation: 'logicalLocations',
  threadFlowLocation: 'threadFlowLocations',
  webRequest: 'webRequests',
  webResponse: 'webResponses',
} as const;

export type CachedKind = keyof typeof cachedArrays;

export interface CachedTypes {
  readonly address: Address;
  readonly logicalLocation: LogicalLocation;
  readonly threadFlowLocation: ThreadFlowLocation;
  readonly webRequest: WebRequest;
  readonly webResponse: WebResponse;
}

/** Members that belong to each use of an object, so that the cached object neither gives nor contradicts them (section 3.38). */
const perUse: ReadonlySet<string> = new Set([
  'executionOrder',
  'executionTimeUtc',
  'importance',
  'nestingLevel',
  'state',
  'stack',
  'taxa',
  'webRequest',
  'webResponse',
]);

/** The same of the location of a thread flow location. */
const perUseOfLocation: ReadonlySet<string> = new Set(['id', 'message', 'relationships', 'properties']);

/** The object of the run that another one stands for; `undefined` when it stands for itself, or for none that exists. */
export function cachedObject<K extends CachedKind>(
  kind: K,
  { index }: { readonly index?: number },
  run: RunHeader,
): CachedTypes[K] | undefined {
  if (index === undefined || index < 0) return undefined;
  return run[cachedArrays[kind]]?.[index] as CachedTypes[K] | undefined;
}

/**
 * An object as its readers see it: what it leaves out is that of the cached object its `index` points to. Where both say
 * something, the object itself counts (sections 3.33.3, 3.38.2, 3.32.5).
 */
export function withCached<K extends CachedKind>(kind: K, use: CachedTypes[K], run: RunHeader): CachedTypes[K] {
  const cached = cachedObject(kind, use, run);
  if (cached === undefined || cached === use) return use;
  const merged: Record<string, unknown> = { ...use };
  for (const [name, value] of Object.entries(cached)) {
    if (isPerUse(kind, name)) continue;
    if (merged[name] === undefined) merged[name] = value;
    else if (kind === 'threadFlowLocation' && name === 'location')
      merged[name] = { ...value, ...(merged[name] as object) };
  }
  return merged as unknown as CachedTypes[K];
}

/** Whether a cached object says nothing about this member of the objects that point to it. */
export function isPerUse(kind: CachedKind, member: string): boolean {
  return member === 'index' || member === 'properties' || (kind === 'threadFlowLocation' && perUse.has(member));
}

/** The same of the members of a thread flow location's `location`. */
export function isPerUseOfLocation(member: string): boolean {
  return perUseOfLocation.has(member);
}

/** The name of a parent is made once for all its children, which mostly stand together. */
const mostKnown = 10_000;

/** Gives logical locations of one run their fully qualified names (section 3.33.5). */
export class QualifiedNames {
  readonly #run: RunHeader;
  readonly #known = new Map<number, string>();
  #separators: { readonly byParent: ReadonlyMap<number, string>; readonly usual: string } | undefined;

  constructor(run: RunHeader) {
    this.#run = run;
  }

  /**
   * The name a location states; else its own name below that of its parent, separated as the parent's other children separate
   * theirs. `undefined` for a location without a name.
   */
  of(use: LogicalLocation): string | undefined {
    const { fullyQualifiedName, name, parentIndex } = withCached('logicalLocation', use, this.#run);
    return fullyQualifiedName ?? (name === undefined ? undefined : this.#below(parentIndex, name));
  }

  /** A name below the parent at this index. */
  #below(parentIndex: number | undefined, name: string): string {
    const outer = this.#nameAt(parentIndex ?? -1);
    return outer === undefined ? name : outer + this.#separatorBelow(parentIndex ?? -1) + name;
  }

  #nameAt(index: number): string | undefined {
    let outermost = this.#known.get(index);
    if (outermost !== undefined) return outermost;
    const chain: { readonly at: number; readonly name: string }[] = [];
    const all = this.#run.logicalLocations ?? [];
    const seen = new Set<number>();
    for (let at = index; at >= 0 && seen.size < mostParents && !seen.has(at); at = all[at]?.parentIndex ?? -1) {
      outermost = all[at]?.fullyQualifiedName;
      if (outermost !== undefined) break;
      seen.add(at);
      const name = all[at]?.name;
      if (name !== undefined) chain.push({ at, name });
    }
    for (const { at, name } of chain.reverse()) {
      outermost = outermost === undefined ? name : outermost + this.#separatorBelow(all[at]?.parentIndex ?? -1) + name;
    }
    if (this.#known.size >= mostKnown) this.#known.clear();
    if (outermost !== undefined) this.#known.set(index, outermost);
    return outermost;
  }

  #separatorBelow(parentIndex: number): string {
    this.#separators ??= separatorsOf(this.#run.logicalLocations ?? []);
    return this.#separators.byParent.get(parentIndex) ?? this.#separators.usual;
  }
}

/** What stands between the names of a parent and its children, by the first child that tells. */
function separatorsOf(locations: readonly LogicalLocation[]) {
  const byParent = new Map<number, string>();
  let usual: string | undefined;
  for (const { name, fullyQualifiedName, parentIndex = -1 } of locations) {
    const parent = locations[parentIndex];
    if (parent === undefined || name === undefined || fullyQualifiedName === undefined) continue;
    const separator = separatorIn(fullyQualifiedName, parent.fullyQualifiedName ?? parent.name ?? '', name);
    if (separator === undefined) continue;
    if (!byParent.has(parentIndex)) byParent.set(parentIndex, separator);
    usual ??= separator;
  }
  return { byParent, usual: usual ?? '.' };
}

function separatorIn(whole: string, parent: string, name: string): string | undefined {
  const length = whole.length - parent.length - name.length;
  if (parent === '' || length < 1 || length > 3 || !whole.startsWith(parent) || !whole.endsWith(name)) return undefined;
  return whole.slice(parent.length, parent.length + length);
}
