import { deepEqual, type Suppression } from '@sariflow/sarif';
import type { Severity } from '../shell/severity.ts';
import type { KeptValue } from '../values/fields.ts';
import type { JsonObject } from '../values/json-object.ts';
import { PackedPaths, Steps } from './packed-paths.ts';
import { worse } from './severity.ts';
import type { Vulnerability } from './vulnerability.ts';

/** What the entries of one dependency have told up to now: the same advisory, package and version along several paths. */
export interface DependencyGroup {
  /** Entries that are still to come, the current one included. */
  left: number;
  /** Entries that nothing excludes. */
  counting: number;
  /** Whether an exclusion is there that covers every path. */
  coversAll: boolean;
  severity: Severity;
  /** From the second entry on. */
  parts: GatheredParts | undefined;
}

/** What is gathered of the entries. */
export interface DependencyParts {
  /** Without the entry itself, which may be long. */
  readonly first: Omit<Vulnerability, 'entry'>;
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
}

/** The same while they are gathered. */
interface GatheredParts extends Omit<DependencyParts, 'paths' | 'upgradePaths'> {
  readonly paths: PackedPaths<string>;
  readonly upgradePaths: PackedPaths<string | false>;
}

/** Paths of one result: a dependency may be reached on more than anyone reads, and a result has to fit into an upload. */
export const mostPaths = 1000;
const mostSuppressions = 100;

/**
 * Puts entries that differ in nothing but the path together. They are counted in the first pass, and gathered in the second until
 * the last one comes. Memory: a counter for each package with an advisory, and the paths of those that are not complete.
 */
export class DependencyGroups {
  readonly #groups = new Map<string, DependencyGroup>();
  readonly #steps = new Steps();

  /** First pass. */
  count(key: string, { exclusions, severity }: Vulnerability): void {
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = { left: 0, counting: 0, coversAll: false, severity, parts: undefined };
      this.#groups.set(key, group);
    }
    group.left += 1;
    group.severity = worse(group.severity, severity);
    if (exclusions.length === 0) group.counting += 1;
    else group.coversAll ||= exclusions.some(({ coversAll }) => coversAll);
  }

  /** Second pass: the group of an entry. */
  of(key: string): DependencyGroup {
    const group = this.#groups.get(key);
    if (group === undefined) throw new Error('The second pass over the findings saw one that the first did not.');
    return group;
  }

  /** Second pass: adds an entry. Returns what was gathered when it is the last one. */
  add(vulnerability: Vulnerability, differing: JsonObject | undefined): DependencyParts | undefined {
    const { key } = vulnerability;
    const group = this.of(key);
    const parts = (group.parts ??= startedWith(vulnerability, this.#steps));
    gather(parts, vulnerability, differing);
    group.left -= 1;
    if (group.left > 0) return undefined;
    this.#groups.delete(key);
    return { ...parts, paths: parts.paths.unpack(), upgradePaths: parts.upgradePaths.unpack() };
  }
}

/** Why a finding does not count: undefined as long as one of its entries does, unless an exclusion covers all of them. */
export function suppressionsOf(group: DependencyGroup, last: Vulnerability): readonly Suppression[] {
  if (group.counting > 0 && !group.coversAll) return [];
  const all = [...(group.parts?.suppressions ?? [])];
  for (const { suppression } of last.exclusions) addOnce(all, suppression);
  return all;
}

function addOnce(suppressions: Suppression[], suppression: Suppression): void {
  if (suppressions.length < mostSuppressions && !suppressions.some((other) => deepEqual(other, suppression))) {
    suppressions.push(suppression);
  }
}

function startedWith(first: Vulnerability, steps: Steps): GatheredParts {
  const { entry: _entry, ...rest } = first;
  const { isUpgradable, isPatchable, isPinnable } = first;
  const lists = {
    fixedIn: new Set<string>(),
    differing: [],
    paths: new PackedPaths<string>(steps),
    upgradePaths: new PackedPaths<string | false>(steps),
    suppressions: [],
    kept: [...first.kept],
  };
  return { first: rest, ...lists, isUpgradable, isPatchable, isPinnable, entries: 0 };
}

function gather(parts: GatheredParts, vulnerability: Vulnerability, differing: JsonObject | undefined): void {
  const { path, upgradePath, exclusions, kept, severityText } = vulnerability;
  parts.entries += 1;
  // One way out is enough to say that there is one.
  parts.isUpgradable = either(parts.isUpgradable, vulnerability.isUpgradable);
  parts.isPatchable = either(parts.isPatchable, vulnerability.isPatchable);
  parts.isPinnable = either(parts.isPinnable, vulnerability.isPinnable);
  if (parts.entries > mostPaths) return;
  if (differing !== undefined && !parts.differing.some((known) => deepEqual(known, differing))) {
    parts.differing.push(differing);
  }
  for (const version of vulnerability.fixedIn) parts.fixedIn.add(version);
  if (path.length > 0) parts.paths.add(path);
  if (upgradePath.length > 0) parts.upgradePaths.add(upgradePath);
  for (const { suppression } of exclusions) addOnce(parts.suppressions, suppression);
  if (parts.entries === 1) return;
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
