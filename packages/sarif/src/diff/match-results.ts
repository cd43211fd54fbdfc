import { fingerprintName } from '../fingerprint/fingerprint-name.ts';
import { computedName, lineHashName } from '../fingerprint/result-identity.ts';
import { valueDigest } from '../schema/value-digest.ts';
import { type FingerprintColumn, type ResultKeys, ruleKey } from './result-keys.ts';

/** How many results that could be the same are looked at for each. */
const maxTried = 16;

/** What a result after is, compared with those before. */
export const NEW = 0;
const UNCHANGED = 1;
export const UPDATED = 2;

/** What became of each result, by its number among the keys. */
export interface Matches {
  /** Of the results after: `NEW`, `UNCHANGED` or `UPDATED`. */
  readonly states: Uint8Array;
  /** Of the results before: 1 where one after is the same. */
  readonly isMatched: Uint8Array;
}

export interface MatchOptions {
  /** How far two results of one rule in one file may be apart to be taken for the same when nothing else tells, in lines. */
  readonly lineWindow: number;
  /** Old ids of rules, with the ids that they have now. */
  readonly renamed: ReadonlyMap<string, string>;
}

/**
 * Finds which results before and after are the same: by GUID, by fingerprints, by partial fingerprints, by what is computed of rule,
 * place and content, then by rule and place alone, the nearest line first; last of all under the old id of a rule. Each result is
 * matched once. Time grows with the number of results, not of pairs.
 */
export function matchResults(before: ResultKeys, after: ResultKeys, options: MatchOptions): Matches {
  return new Matching(before, after, options).matches();
}

/** One version of a fingerprint that both sides know. */
interface SharedName {
  readonly base: string;
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** By base names, each with its versions that both sides know, the latest first. */
type SharedNames = ReadonlyMap<string, readonly SharedName[]>;

/** Gives what equal results have in common; 0 for a result that has nothing to say. */
interface KeyOf {
  readonly before: (index: number) => number;
  readonly after: (index: number) => number;
}

type Agrees = (before: number, after: number) => boolean;

/** How results were found to be the same, which decides what may differ without being a change. */
type How = 'identity' | 'place' | 'rename';

class Matching {
  readonly #before: ResultKeys;
  readonly #after: ResultKeys;
  readonly #lineWindow: number;
  readonly #renamed: ReadonlyMap<number, number>;
  readonly #states: Uint8Array;
  readonly #isFound: Uint8Array;
  readonly #isMatched: Uint8Array;

  constructor(before: ResultKeys, after: ResultKeys, { lineWindow, renamed }: MatchOptions) {
    this.#before = before;
    this.#after = after;
    this.#lineWindow = lineWindow;
    this.#renamed = new Map([...renamed].map(([old, now]) => [ruleKey(old), ruleKey(now)]));
    this.#states = new Uint8Array(after.size);
    this.#isFound = new Uint8Array(after.size);
    this.#isMatched = new Uint8Array(before.size);
  }

  matches(): Matches {
    this.#byGuid();
    for (const versions of sharedNames(this.#before, this.#after, 'fingerprints').values()) {
      for (const name of versions) {
        this.#join(valuesOf(name), (before, after) => latestCommon(versions, before, after) === name, 'identity');
      }
    }
    this.#byRuleAndPlace((rule) => rule, 'identity', 'place');
    if (this.#renamed.size > 0) {
      this.#byRuleAndPlace((rule) => this.#renamed.get(rule) ?? rule, 'rename', 'rename');
    }
    return { states: this.#states, isMatched: this.#isMatched };
  }

  /** A GUID is a hint: it counts where the rule, and place or message, agree as well. */
  #byGuid(): void {
    const [one, other] = [this.#before, this.#after];
    this.#join(
      { before: (index) => one.guids[index] as number, after: (index) => other.guids[index] as number },
      (before, after) =>
        one.rules[before] === other.rules[after] &&
        (one.paths[before] === other.paths[after] || one.messages[before] === other.messages[after]),
      'place',
    );
  }

  #byRuleAndPlace(idOf: (rule: number) => number, exact: How, near: How): void {
    const [one, other] = [this.#before, this.#after];
    const withRule = (of: (keys: ResultKeys, index: number, isBefore: boolean) => number): KeyOf => {
      const keyIn = (keys: ResultKeys, isBefore: boolean) => (index: number) => {
        const value = of(keys, index, isBefore);
        return value === 0 ? 0 : combined(idOf(keys.rules[index] as number), value);
      };
      return { before: keyIn(one, true), after: keyIn(other, false) };
    };
    const withPlace = (name: SharedName) =>
      withRule((keys, index, isBefore) => {
        const value = (isBefore ? name.before : name.after)[index] ?? 0;
        return value === 0 ? 0 : combined(keys.paths[index] as number, value);
      });

    const partial = sharedNames(one, other, 'partialFingerprints');
    const contributing = [...partial].filter(([base]) => !dependent.has(base)).map(([, versions]) => versions);
    const agree: Agrees = (before, after) =>
      contributing.every((versions) => {
        const name = latestCommon(versions, before, after);
        return name === undefined || name.before[before] === name.after[after];
      });
    for (const versions of contributing) for (const name of versions) this.#join(withPlace(name), agree, exact);
    for (const name of partial.get(lineHashName) ?? []) this.#join(withPlace(name), always, exact);
    this.#join(
      withRule((keys, index) => keys.contents[index] as number),
      always,
      exact,
    );
    this.#nearest(
      withRule((keys, index) => keys.paths[index] as number),
      near,
    );
  }

  /** Matches results with equal keys: first those that are also in the same line of the same file, then in the order of the log. */
  #join({ before: keyBefore, after: keyAfter }: KeyOf, agrees: Agrees, how: How): void {
    for (const isExact of [true, false]) {
      const exactly = (keys: ResultKeys, index: number, key: number) =>
        isExact && key !== 0 ? combined(key, keys.paths[index] as number, keys.lines[index] as number) : key;
      const candidates = new Candidates(this.#before.size);
      for (let index = this.#before.size - 1; index >= 0; index -= 1) {
        if (this.#isMatched[index] === 0) candidates.add(exactly(this.#before, index, keyBefore(index)), index);
      }
      for (let index = 0; index < this.#after.size; index += 1) {
        if (this.#isFound[index] === 1) continue;
        const key = exactly(this.#after, index, keyAfter(index));
        const found = candidates.take(key, (candidate) => agrees(candidate, index));
        if (found !== undefined) this.#match(found, index, how);
      }
    }
  }

  /** Matches what is left with equal keys where the lines are near, the nearest first. */
  #nearest(keyOf: KeyOf, how: How): void {
    const left: Placed[] = [];
    const addLeft = (keys: ResultKeys, isDone: Uint8Array, isBefore: boolean) => {
      const of = isBefore ? keyOf.before : keyOf.after;
      for (let index = 0; index < keys.size; index += 1) {
        const line = keys.lines[index] as number;
        if (isDone[index] === 0 && line > 0) left.push({ key: of(index), line, index, isBefore });
      }
    };
    addLeft(this.#before, this.#isMatched, true);
    addLeft(this.#after, this.#isFound, false);
    left.sort((a, b) => a.key - b.key || a.line - b.line || a.index - b.index);
    let rest: readonly Placed[] = left;
    for (let distance = 0; distance <= this.#lineWindow && rest.length > 1; distance += 1) {
      rest = this.#withoutNeighbours(rest, distance, how);
    }
  }

  /** Matches neighbours of the two sides that are this near, and gives the others. */
  #withoutNeighbours(placed: readonly Placed[], distance: number, how: How): readonly Placed[] {
    const rest: Placed[] = [];
    for (const one of placed) {
      const other = rest.at(-1);
      const isNear = other?.key === one.key && other.isBefore !== one.isBefore && one.line - other.line <= distance;
      if (!isNear) rest.push(one);
      else {
        rest.pop();
        const [before, after] = one.isBefore ? [one, other] : [other, one];
        this.#match(before.index, after.index, how);
      }
    }
    return rest;
  }

  #match(before: number, after: number, how: How): void {
    this.#isMatched[before] = 1;
    this.#isFound[after] = 1;
    this.#states[after] = this.#hasChanged(before, after, how) ? UPDATED : UNCHANGED;
  }

  /** Level, message and file may not change; the line may where the content, or a fingerprint, says that it is the same finding. */
  #hasChanged(before: number, after: number, how: How): boolean {
    const [one, other] = [this.#before, this.#after];
    if (how === 'rename' || one.levels[before] !== other.levels[after]) return true;
    if (one.messages[before] !== other.messages[after] || one.paths[before] !== other.paths[after]) return true;
    const hasMoved = one.lines[before] !== other.lines[after];
    return how === 'place' && hasMoved && one.contents[before] !== other.contents[after];
  }
}

/** A result that is still to be matched. */
interface Placed {
  readonly key: number;
  readonly line: number;
  readonly index: number;
  readonly isBefore: boolean;
}

/** Partial fingerprints that have a stage of their own, or say something only beside one that has. */
const dependent: ReadonlySet<string> = new Set([
  lineHashName,
  'primaryLocationStartColumnFingerprint',
  fingerprintName(computedName).base,
]);

const always: Agrees = () => true;

/** Lists of results by key, each in order, from which results are taken. */
class Candidates {
  readonly #first = new Map<number, number>();
  readonly #next: Int32Array;

  constructor(size: number) {
    this.#next = new Int32Array(size).fill(-1);
  }

  /** Puts a result in front of those with its key. Without a key it stays out. */
  add(key: number, index: number): void {
    if (key === 0) return;
    this.#next[index] = this.#first.get(key) ?? -1;
    this.#first.set(key, index);
  }

  /** Takes the first that suits, of the first few. */
  take(key: number, suits: (index: number) => boolean): number | undefined {
    if (key === 0) return undefined;
    let previous = -1;
    let index = this.#first.get(key) ?? -1;
    for (let tried = 0; index >= 0 && tried < maxTried; tried += 1) {
      const next = this.#next[index] as number;
      if (suits(index)) {
        if (previous === -1) this.#first.set(key, next);
        else this.#next[previous] = next;
        return index;
      }
      previous = index;
      index = next;
    }
    return undefined;
  }
}

/** The latest version of a fingerprint that both of two results have. */
function latestCommon(versions: readonly SharedName[], before: number, after: number): SharedName | undefined {
  return versions.find((name) => (name.before[before] ?? 0) !== 0 && (name.after[after] ?? 0) !== 0);
}

function valuesOf({ before, after }: SharedName): KeyOf {
  return { before: (index) => before[index] ?? 0, after: (index) => after[index] ?? 0 };
}

function sharedNames(before: ResultKeys, after: ResultKeys, member: FingerprintColumn['member']): SharedNames {
  const found: (SharedName & { readonly version: number })[] = [];
  for (const column of before.columns) {
    const same = after.columns.find((other) => other.member === member && other.name === column.name);
    if (column.member !== member || same === undefined) continue;
    found.push({ ...fingerprintName(column.name), before: column.values, after: same.values });
  }
  found.sort((one, other) => (one.base === other.base ? other.version - one.version : one.base < other.base ? -1 : 1));
  return Map.groupBy(found, ({ base }) => base);
}

/** Never 0. */
function combined(...parts: readonly number[]): number {
  return valueDigest(parts) || 1;
}
