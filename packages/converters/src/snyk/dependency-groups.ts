import { deepEqual, type Suppression } from '@sariflow/sarif';
import type { Severity } from '../shell/severity.ts';
import type { KeptValue } from '../values/fields.ts';
import type { JsonObject } from '../values/json-object.ts';
import { DependencyTable } from './dependency-table.ts';
import { PackedPaths, PathMemory } from './packed-paths.ts';
import { rankOf, severityAt, worse } from './severity.ts';
import type { Vulnerability } from './vulnerability.ts';

/** What the entries of one dependency have told up to now: the same advisory, package and version along several paths. */
export interface DependencyGroup {
  /** Entries that are still to come, the current one included. */
  readonly left: number;
  /** Whether there are entries that nothing excludes. */
  readonly counts: boolean;
  /** Whether an exclusion is there that covers every path. */
  readonly coversAll: boolean;
  readonly severity: Severity;
  /** From the second entry on. */
  readonly parts: GatheredParts | undefined;
}

/** What is gathered of the entries. */
export interface DependencyParts {
  /** Without the entry itself, which may be long. */
  readonly first: Omit<Vulnerability, 'entry' | 'otherPaths'>;
  /** What entries say about the advisory, where that is not what the rule says. */
  readonly differing: JsonObject[];
  readonly fixedIn: Set<string>;
  readonly paths: (readonly string[])[];
  readonly upgradePaths: (readonly (string | false)[])[];
  readonly suppressions: Suppression[];
  readonly kept: KeptValue[];
  isUpgradable: boolean | undefined;
  isPatchable: boolean | undefined;
  isPinnable: boolean | undefined;
  entries: number;
  /** Entries of which nothing but the number is known: there were too many. */
  passedOver: number;
  /** Paths besides the one of each entry, and how many of those were not kept. */
  morePaths: number;
  cutPaths: number;
}

/** The same while they are gathered. */
interface GatheredParts extends Omit<DependencyParts, 'paths' | 'upgradePaths'> {
  readonly packed: PackedPaths;
}

/** Paths of one result: a dependency may be reached on more than anyone reads, and a result has to fit into an upload. */
export const mostPaths = 1000;
const mostSuppressions = 100;

/** Dependencies whose last entry is waited for, of which more is kept than a number. */
const mostOpen = 10_000;

const COUNTS = 1;
const COVERS_ALL = 2;
const SEVERITY = 4;

/**
 * Puts entries that differ in nothing but the path together. They are counted in the first pass, and gathered in the second until
 * the last one comes. Memory: a few numbers for each package with an advisory; of those that are not complete what was gathered,
 * as long as there are not too many of them, and their paths, packed, as long as these do not take too much.
 */
export class DependencyGroups {
  readonly #table = new DependencyTable();
  /** What is gathered, by the slot in the table. */
  readonly #open = new Map<number, GatheredParts>();
  readonly #memory: PathMemory;
  readonly #mostOpen: number;

  /** `maxPathBytes` and `maxOpen` say what is gathered at most; the defaults suit every project. */
  constructor({ maxPathBytes, maxOpen = mostOpen }: { maxPathBytes?: number; maxOpen?: number } = {}) {
    this.#memory = new PathMemory(maxPathBytes);
    this.#mostOpen = maxOpen;
  }

  /** First pass. */
  count(key: string, { exclusions, severity }: Vulnerability): void {
    const slot = this.#table.count(key);
    const flags = this.#table.flags(slot);
    const worst = this.#table.total(slot) === 1 ? severity : worse(severityIn(flags), severity);
    const counts = exclusions.length === 0 ? COUNTS : 0;
    const coversAll = exclusions.some((exclusion) => exclusion.coversAll) ? COVERS_ALL : 0;
    this.#table.setFlags(slot, (flags & (COUNTS | COVERS_ALL)) | counts | coversAll | (rankOf(worst) * SEVERITY));
  }

  /** Second pass: the group of an entry. */
  of(key: string): DependencyGroup {
    const slot = this.#table.slotOf(key);
    const flags = this.#table.flags(slot);
    return {
      left: this.#table.left(slot),
      counts: (flags & COUNTS) !== 0,
      coversAll: (flags & COVERS_ALL) !== 0,
      severity: severityIn(flags),
      parts: this.#open.get(slot),
    };
  }

  /** Second pass: adds an entry. Returns what was gathered when it is the last one. */
  add(vulnerability: Vulnerability, differing: JsonObject | undefined): DependencyParts | undefined {
    const slot = this.#table.slotOf(vulnerability.key);
    const left = this.#table.take(slot);
    let parts = this.#open.get(slot);
    if (parts === undefined) {
      if (left > 0 && this.#open.size >= this.#mostOpen) return undefined;
      parts = startedWith(vulnerability, this.#memory);
      // Those that came before are not known any more, if there are any.
      parts.passedOver = this.#table.total(slot) - left - 1;
      parts.entries = parts.passedOver;
      if (left > 0) this.#open.set(slot, parts);
    }
    gather(parts, vulnerability, differing, this.#memory);
    if (left > 0) return undefined;
    this.#open.delete(slot);
    const { packed, ...others } = parts;
    const all = packed.unpack();
    const paths = all.map(({ path }) => path).filter((path) => path.length > 0);
    const upgradePaths = all.map(({ upgradePath }) => upgradePath).filter((path) => path.length > 0);
    return { ...others, paths, upgradePaths };
  }
}

function severityIn(flags: number): Severity {
  return severityAt(Math.floor(flags / SEVERITY));
}

/** Why a finding does not count: undefined as long as one of its entries does, unless an exclusion covers all of them. */
export function suppressionsOf(group: DependencyGroup, last: Vulnerability): readonly Suppression[] {
  if (group.counts && !group.coversAll) return [];
  const all = [...(group.parts?.suppressions ?? [])];
  for (const { suppression } of last.exclusions) addOnce(all, suppression);
  return all;
}

function addOnce(suppressions: Suppression[], suppression: Suppression): void {
  if (suppressions.length < mostSuppressions && !suppressions.some((other) => deepEqual(other, suppression))) {
    suppressions.push(suppression);
  }
}

function startedWith(first: Vulnerability, memory: PathMemory): GatheredParts {
  const { entry: _entry, otherPaths: _otherPaths, ...rest } = first;
  const { isUpgradable, isPatchable, isPinnable } = first;
  const lists = {
    fixedIn: new Set<string>(),
    differing: [],
    packed: new PackedPaths(memory),
    suppressions: [],
    kept: [...first.kept],
  };
  const counts = { entries: 0, passedOver: 0, morePaths: 0, cutPaths: 0 };
  return { first: rest, ...lists, isUpgradable, isPatchable, isPinnable, ...counts };
}

function gather(
  parts: GatheredParts,
  vulnerability: Vulnerability,
  differing: JsonObject | undefined,
  memory: PathMemory,
): void {
  const { otherPaths, exclusions, kept, severityText } = vulnerability;
  parts.entries += 1;
  // One way out is enough to say that there is one.
  parts.isUpgradable = either(parts.isUpgradable, vulnerability.isUpgradable);
  parts.isPatchable = either(parts.isPatchable, vulnerability.isPatchable);
  parts.isPinnable = either(parts.isPinnable, vulnerability.isPinnable);
  const gathered = parts.entries - 1 - parts.passedOver;
  if (gathered >= mostPaths || (gathered > 0 && memory.isFull)) {
    parts.passedOver += 1;
    parts.morePaths += otherPaths.length;
    parts.cutPaths += otherPaths.length;
    return;
  }
  if (differing !== undefined && !parts.differing.some((known) => deepEqual(known, differing))) {
    parts.differing.push(differing);
  }
  for (const version of vulnerability.fixedIn) parts.fixedIn.add(version);
  parts.packed.add(vulnerability);
  for (const path of otherPaths) {
    const isFull = gathered + 1 + parts.morePaths - parts.cutPaths >= mostPaths || memory.isFull;
    parts.morePaths += 1;
    if (isFull) parts.cutPaths += 1;
    else parts.packed.add({ path, upgradePath: [] });
  }
  for (const { suppression } of exclusions) addOnce(parts.suppressions, suppression);
  if (gathered === 0) return;
  const otherSeverity = severityText === parts.first.severityText ? [] : [{ field: 'severity', value: severityText }];
  for (const value of [...kept, ...otherSeverity]) {
    const isKnown = parts.kept.some(
      ({ field, value: known }) => field === value.field && deepEqual(known, value.value),
    );
    if (!isKnown) parts.kept.push(value);
  }
}

function either(one: boolean | undefined, other: boolean | undefined): boolean | undefined {
  return one === undefined || other === undefined ? (one ?? other) : one || other;
}
