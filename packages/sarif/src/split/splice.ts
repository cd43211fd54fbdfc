import type { ByteBuffer } from './byte-buffer.ts';

/** A place in the bytes of a result where a number is to be replaced. */
interface Site {
  readonly start: number;
  readonly end: number;
  readonly name: 'ruleIndex' | 'rule' | 'artifact';
}

/** Where the indices of a result are to point. Each is `undefined` when the result has no such index. */
export interface NewIndices {
  readonly ruleIndex: number | undefined;
  readonly ruleReference: number | undefined;
  /** The new position of an artifact by its old one. Called only once every index is accounted for. */
  readonly artifactAt: (index: number) => number;
  /** How many references to artifacts the result holds. */
  readonly artifactReferences: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const decoder = new TextDecoder();

/**
 * Copies the JSON text of a result, written without white space, with its indices replaced. Writes nothing and
 * gives `false` when it cannot be sure of every index from the bytes alone: when the same names occur in property bags, or other indices than those of
 * rules and artifacts do. What is then written from the object is the same.
 */
export function spliceIndices(bytes: Uint8Array, indices: NewIndices, out: ByteBuffer): boolean {
  const sites: Site[] = [];
  const expected = {
    ruleIndex: indices.ruleIndex === undefined ? 0 : 1,
    rule: indices.ruleReference === undefined ? 0 : 1,
    artifact: indices.artifactReferences,
  };
  for (let x = bytes.indexOf(0x78); x !== -1; x = bytes.indexOf(0x78, x + 1)) {
    const name = nameEndingAt(bytes, x);
    if (name === undefined) continue;
    const start = x + 3;
    const end = numberEnd(bytes, start);
    if (end === start) return false;
    const owner = name === 'ruleIndex' ? name : ownerOf(bytes, x - 5);
    if (owner === 'toolComponent') continue;
    const site = owner === undefined ? undefined : siteNames.get(owner);
    if (site === undefined) return false;
    expected[site] -= 1;
    sites.push({ start, end, name: site });
  }
  if (expected.ruleIndex !== 0 || expected.rule !== 0 || expected.artifact !== 0) return false;
  writeWith(bytes, sites, indices, out);
  return true;
}

/** What an index is of, by the member that it or its object is the value of. */
const siteNames: ReadonlyMap<string, Site['name']> = new Map([
  ['ruleIndex', 'ruleIndex'],
  ['rule', 'rule'],
  ['artifactLocation', 'artifact'],
  ['analysisTarget', 'artifact'],
]);

/** `ruleIndex` or `index`, when a member of that name has its `x` here. */
function nameEndingAt(bytes: Uint8Array, x: number): 'ruleIndex' | 'index' | undefined {
  if (bytes[x + 1] !== QUOTE || bytes[x + 2] !== 0x3a) return undefined;
  if (bytes[x - 1] !== 0x65 || bytes[x - 2] !== 0x64 || bytes[x - 3] !== 0x6e) return undefined;
  const first = bytes[x - 4];
  if (first === 0x69) return bytes[x - 5] === QUOTE && bytes[x - 6] !== BACKSLASH ? 'index' : undefined;
  if (first !== 0x49 || bytes[x - 9] !== QUOTE || bytes[x - 10] === BACKSLASH) return undefined;
  const isRule = bytes[x - 5] === 0x65 && bytes[x - 6] === 0x6c && bytes[x - 7] === 0x75 && bytes[x - 8] === 0x72;
  return isRule ? 'ruleIndex' : undefined;
}

/** The name of the member whose value is the object around the byte at `from`; `undefined` in an array and at the root. */
function ownerOf(bytes: Uint8Array, from: number): string | undefined {
  let depth = 0;
  for (let at = from - 1; at >= 0; at -= 1) {
    const byte = bytes[at];
    if (byte === QUOTE) at = stringStart(bytes, at);
    else if (byte === 0x7d || byte === 0x5d) depth += 1;
    else if (byte === 0x5b) depth -= 1;
    else if (byte === 0x7b) {
      if (depth > 0) depth -= 1;
      else return memberNameBefore(bytes, at);
    }
    if (depth < 0) return undefined;
  }
  return undefined;
}

function memberNameBefore(bytes: Uint8Array, brace: number): string | undefined {
  if (bytes[brace - 1] !== 0x3a || bytes[brace - 2] !== QUOTE) return undefined;
  const start = stringStart(bytes, brace - 2);
  return decoder.decode(bytes.subarray(start + 1, brace - 2));
}

/** Index of the quote that opens the string which the quote at `end` closes. */
function stringStart(bytes: Uint8Array, end: number): number {
  let at = end - 1;
  while (at >= 0 && (bytes[at] !== QUOTE || isEscaped(bytes, at))) at -= 1;
  return at;
}

function isEscaped(bytes: Uint8Array, at: number): boolean {
  let slashes = 0;
  while (bytes[at - 1 - slashes] === BACKSLASH) slashes += 1;
  return slashes % 2 === 1;
}

function numberEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && (bytes[at] as number) >= 0x30 && (bytes[at] as number) <= 0x39) at += 1;
  const next = bytes[at];
  return next === 0x2c || next === 0x7d ? at : start;
}

function numberAt(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at += 1) value = value * 10 + (bytes[at] as number) - 0x30;
  return value;
}

function writeWith(bytes: Uint8Array, sites: readonly Site[], indices: NewIndices, out: ByteBuffer): void {
  let from = 0;
  for (const { start, end, name } of sites) {
    out.appendRange(bytes, from, start);
    if (name === 'artifact') out.appendNumber(indices.artifactAt(numberAt(bytes, start, end)));
    else out.appendNumber((name === 'rule' ? indices.ruleReference : indices.ruleIndex) as number);
    from = end;
  }
  out.appendRange(bytes, from, bytes.length);
}
