import { gzipSync } from 'node:zlib';
import { concatenate } from '../../packages/sarif/src/json/concatenate.ts';
import type { Dice } from '../../packages/sarif/src/json/test-support/dice.ts';

const encoder = new TextEncoder();
const byteOrderMark = new Uint8Array([0xef, 0xbb, 0xbf]);

const disguises: readonly ((bytes: Uint8Array, dice: Dice) => Uint8Array)[] = [
  (bytes) => concatenate([byteOrderMark, bytes]),
  (bytes, dice) => utf16(bytes, dice.chance(50), dice.chance(50)),
  (bytes, dice) => new Uint8Array(gzipSync(dice.chance(50) ? bytes : utf16(bytes, true, true), { level: 1 })),
  (bytes, dice) => bytes.subarray(0, dice.below(bytes.length + 1)),
  (bytes, dice) =>
    concatenate([bytes, encoder.encode(dice.pick(['\nScan finished.\n', '{}', '\0\0', ' null', ']', '\n[]']))]),
  (bytes, dice) => concatenate([bytes, encoder.encode(dice.pick(['', '\n', ','])), bytes]),
  (bytes, dice) => concatenate([encoder.encode(dice.pick(['[', '{"runs":', '\n\n', '\0', 'null'])), bytes]),
  (_, dice) => encoder.encode(dice.pick(['', ' \n', '[]', '"x"', '7', 'null', '{}', '{"runs":[]}', '<html>', '<?xml'])),
];

/** A log as it reaches us when something between the scanner and us meant well: in another encoding, compressed, cut, with more around it. */
export function disguise(bytes: Uint8Array, dice: Dice): Uint8Array {
  return dice.pick(disguises)(bytes, dice);
}

function utf16(bytes: Uint8Array, isLittleEndian: boolean, hasMark: boolean): Uint8Array {
  const text = (hasMark ? '\ufeff' : '') + new TextDecoder().decode(bytes);
  const encoded = Buffer.from(text, 'utf16le');
  return new Uint8Array(isLittleEndian ? encoded : encoded.swap16());
}
