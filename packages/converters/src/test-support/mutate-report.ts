import type { PathSegment } from '@sariflow/sarif';
import { type Extent, type FindingExtents, patternOf } from './json-extents.ts';
import { below, oneOf, type Random } from './seeded.ts';

/** A report that something was done to. */
export interface Mutant {
  readonly bytes: Uint8Array;
  /** What was done, for the message of a test that fails. */
  readonly what: string;
  /** How many findings no longer have the bytes, or the value, that they had. */
  readonly damaged: number;
  /** How many of these are not there at all, so that nobody could say that they are missing. */
  readonly gone: number;
  /** Whether the change is inside a list of findings. Around it, it may make the whole report unreadable. */
  readonly amongFindings: boolean;
}

/** A report that is to be changed. */
export interface Original extends FindingExtents {
  readonly bytes: Uint8Array;
  /** Of a JSON report the patterns of the arrays that hold findings; other reports are only changed byte by byte. */
  readonly patterns?: readonly string[] | undefined;
}

/** One change, chosen by `random`: bytes cut, turned, left out or put in, and of JSON values retyped and members removed. */
export function mutate(original: Original, random: Random): Mutant {
  const changes = [cutShort, turnByte, leaveOut, putIn];
  if (original.patterns !== undefined) changes.push(retype, retype, retype, removeMember, removeMember, renameMember);
  return oneOf(random, changes)(original, random);
}

function cutShort(original: Original, random: Random): Mutant {
  const end = below(random, original.bytes.length);
  return edited(original, { start: end, end: original.bytes.length }, new Uint8Array(0), `cut at byte ${end}`);
}

function turnByte(original: Original, random: Random): Mutant {
  const at = below(random, original.bytes.length);
  const byte = (original.bytes[at] as number) ^ (1 << below(random, 8));
  return edited(original, { start: at, end: at + 1 }, Uint8Array.of(byte), `byte ${at} became ${byte}`);
}

function leaveOut(original: Original, random: Random): Mutant {
  const start = below(random, original.bytes.length);
  const end = Math.min(original.bytes.length, start + oneOf(random, [1, 1, 2, 7, 40]));
  return edited(original, { start, end }, new Uint8Array(0), `bytes ${start} to ${end} were left out`);
}

const junk = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\\',
  '<',
  '&',
  '\u0000',
  '\n',
  'x',
  '-',
  '9e999',
  '"__proto__":',
  'ü',
];
const brokenSequences = [Uint8Array.of(0xff), Uint8Array.of(0xc3), Uint8Array.of(0xed, 0xa0, 0x80)];

function putIn(original: Original, random: Random): Mutant {
  const at = below(random, original.bytes.length);
  const inserted = oneOf(random, [...junk.map((text) => new TextEncoder().encode(text)), ...brokenSequences]);
  const what = `${JSON.stringify(new TextDecoder().decode(inserted))} was put in at byte ${at}`;
  return edited(original, { start: at, end: at }, inserted, what);
}

function edited({ bytes, findings, lists }: Original, { start, end }: Extent, put: Uint8Array, what: string): Mutant {
  const mutant = new Uint8Array(start + put.length + bytes.length - end);
  mutant.set(bytes.subarray(0, start));
  mutant.set(put, start);
  mutant.set(bytes.subarray(end), start + put.length);
  // What is put in right before or behind a finding touches it: `{…}x` is no finding and something else, but a finding too many.
  const touches = (extent: Extent) => start <= extent.end && end >= extent.start;
  const isCut = put.length === 0 && end === bytes.length;
  return {
    bytes: mutant,
    what,
    damaged: findings.filter(touches).length,
    gone: findings.filter((extent) => start <= extent.start && extent.end <= end).length,
    amongFindings: lists.some((list) => list.start <= start && (isCut || end <= list.end)),
  };
}

const values: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  1e308,
  '',
  'mutant',
  'A'.repeat(5_000),
  '\u0000\ud800',
  '../../etc/passwd',
  'javascript:alert(1)',
  [],
  [null],
  [[['mutant']]],
  {},
  { mutant: { mutant: [] } },
  JSON.parse('{"__proto__":{"mutant":1},"constructor":2}'),
];

interface Place {
  readonly container: Record<string, unknown>;
  readonly name: string;
  readonly path: readonly PathSegment[];
}

function retype(original: Original, random: Random): Mutant {
  const value = oneOf(random, values);
  return changed(original, random, `became ${String(JSON.stringify(value)).slice(0, 60)}`, ({ container, name }) => {
    define(container, name, value);
  });
}

function removeMember(original: Original, random: Random): Mutant {
  return changed(original, random, 'was removed', ({ container, name }) => {
    if (Array.isArray(container)) container.splice(Number(name), 1);
    else delete container[name];
  });
}

function renameMember(original: Original, random: Random): Mutant {
  const other = oneOf(random, ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'mutant', '']);
  return changed(original, random, `was renamed to ${other}`, ({ container, name }) => {
    const value = container[name];
    if (Array.isArray(container)) container.splice(Number(name), 1, other);
    else {
      delete container[name];
      define(container, other, value);
    }
  });
}

function changed(original: Original, random: Random, what: string, change: (place: Place) => void): Mutant {
  const root: unknown = JSON.parse(new TextDecoder().decode(original.bytes));
  const place = oneOf(random, placesIn(root));
  const patterns = original.patterns ?? [];
  const finding = findingOf(place.path, patterns);
  const isWhole = typeof place.path.at(-1) === 'number' && patterns.includes(patternOf(place.path.slice(0, -1)));
  const held = finding ? 0 : findingsBelow(place.container[place.name], place.path, patterns);
  change(place);
  const isThere = !what.startsWith('was ') && !what.endsWith('[]') && !what.endsWith('null');
  return {
    bytes: new TextEncoder().encode(JSON.stringify(root)),
    what: `/${place.path.join('/')} ${what}`,
    damaged: finding ? 1 : 0,
    gone: isWhole ? 1 : isThere ? 0 : held,
    amongFindings: finding,
  };
}

/** Not an assignment: `__proto__` may be the name. */
function define(container: object, name: string, value: unknown): void {
  Object.defineProperty(container, name, { value, enumerable: true, configurable: true, writable: true });
}

/** How many findings a value holds. */
function findingsBelow(value: unknown, path: readonly PathSegment[], patterns: readonly string[]): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value) && patterns.includes(patternOf(path))) return value.length;
  return Object.entries(value).reduce((sum, [name, member]) => {
    const step = Array.isArray(value) ? Number(name) : name;
    return sum + findingsBelow(member, [...path, step], patterns);
  }, 0);
}

/** Whether a path leads to a finding or into one. */
function findingOf(path: readonly PathSegment[], patterns: readonly string[]): boolean {
  return path.some((step, at) => typeof step === 'number' && patterns.includes(patternOf(path.slice(0, at))));
}

function placesIn(root: unknown): Place[] {
  const places: Place[] = [];
  const walk = (value: unknown, path: readonly PathSegment[]) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      const here = [...path, Array.isArray(value) ? Number(name) : name];
      places.push({ container: value as Record<string, unknown>, name, path: here });
      walk(member, here);
    }
  };
  walk(root, []);
  return places;
}
