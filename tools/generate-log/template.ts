import type { Random } from './random.ts';

/**
 * A result rendered once, with holes for what differs from result to result: line numbers and digests. Filling the
 * holes costs a copy and a few bytes, which is what makes a gigabyte a matter of seconds.
 */
export interface Template {
  readonly bytes: Uint8Array;
  readonly holes: readonly Hole[];
}

interface Hole {
  readonly kind: 'number' | 'hex';
  readonly offset: number;
  readonly length: number;
}

/** Stands for a whole number of exactly `digits` digits, chosen anew for each result. */
export function numberHole(digits: number): string {
  return `@@number:${digits}@@`;
}

/** Stands for `digits` hexadecimal digits inside a string, chosen anew for each result. */
export function hexHole(digits: number): string {
  return `@@hex:${digits}@@`;
}

const holePattern = /"@@number:(\d+)@@"|@@hex:(\d+)@@/g;
const hexDigits = Buffer.from('0123456789abcdef');

/** Turns JSON text with hole marks into a template. */
export function createTemplate(text: string): Template {
  const pieces: Buffer[] = [];
  const holes: Hole[] = [];
  let offset = 0;
  let taken = 0;

  const add = (piece: Buffer): void => {
    pieces.push(piece);
    offset += piece.length;
  };

  for (const mark of text.matchAll(holePattern)) {
    add(Buffer.from(text.slice(taken, mark.index)));
    const length = Number(mark[1] ?? mark[2]);
    holes.push({ kind: mark[1] === undefined ? 'hex' : 'number', offset, length });
    add(Buffer.alloc(length, '1'));
    taken = mark.index + mark[0].length;
  }
  add(Buffer.from(text.slice(taken)));

  return { bytes: Buffer.concat(pieces), holes };
}

/** Writes the template into `target` at `position` with fresh values in its holes. The caller makes sure it fits. */
export function fillTemplate(template: Template, target: Uint8Array, position: number, random: Random): void {
  target.set(template.bytes, position);
  for (const hole of template.holes) {
    const start = position + hole.offset;
    if (hole.kind === 'hex') fillHex(target, start, hole.length, random);
    else fillNumber(target, start, hole.length, random);
  }
}

function fillHex(target: Uint8Array, start: number, length: number, random: Random): void {
  let word = 0;
  for (let index = 0; index < length; index += 1) {
    if (index % 8 === 0) word = random.next();
    target[start + index] = hexDigits[word & 15] ?? 0;
    word >>>= 4;
  }
}

/** The first digit is never 0: a line number starts at 1, and JSON knows no leading zeros. */
function fillNumber(target: Uint8Array, start: number, length: number, random: Random): void {
  let word = random.next();
  target[start] = 0x31 + (word % 9);
  word = Math.floor(word / 9);
  for (let index = 1; index < length; index += 1) {
    target[start + index] = 0x30 + (word % 10);
    word = Math.floor(word / 10);
  }
}
