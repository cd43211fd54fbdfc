import type { Dice } from '../../json/test-support/dice.ts';

type Fields = Record<string, unknown>;

const strangers: readonly unknown[] = [
  null,
  'critical',
  'error',
  '12',
  '',
  -5,
  -1,
  0,
  -0,
  1.5,
  100,
  100.5,
  1e9,
  2 ** 31,
  2 ** 32,
  1e300,
  2 ** 53,
  true,
  [],
  {},
  [null],
  ['x', 'x'],
  ['x', 'y'],
  [{}, {}],
  { text: 'x' },
  { index: 0 },
  { index: 4294967296 },
  '2016-02-30T00:00:00Z',
  '7a3f1f9e-8d1c-4a6e-9a53-00000000000',
];

/** Every object and array of a JSON value, itself included. */
export function containersIn(root: unknown): (Fields | unknown[])[] {
  if (typeof root !== 'object' || root === null) return [];
  return [root as Fields, ...Object.values(root).flatMap(containersIn)];
}

/** Changes one value inside, or by chance none. */
export function mutateValue(root: unknown, dice: Dice): void {
  const target = dice.pick(containersIn(root));
  if (Array.isArray(target)) {
    if (dice.chance(20)) target.length = 0;
    else if (target.length > 0 && dice.chance(60)) target.push(structuredClone(dice.pick(target)));
    else target.push(structuredClone(dice.pick(strangers)));
    return;
  }
  const names = Object.keys(target);
  if (names.length === 0 || dice.chance(15))
    target[dice.pick(['notSarif', 'tags', 'index', 'level'])] = structuredClone(dice.pick(strangers));
  else if (dice.chance(30)) delete target[dice.pick(names)];
  else if (dice.chance(20)) target[dice.pick(names)] = structuredClone(target[dice.pick(names)]);
  else target[dice.pick(names)] = structuredClone(dice.pick(strangers));
}

const pieces = [
  '"',
  '\\',
  ',',
  ':',
  '{',
  '}',
  '[',
  ']',
  ' ',
  '\n',
  '\t',
  '\u0001',
  '0',
  '1',
  '9',
  '-',
  '+',
  '.',
  'e',
  'E',
  'e9',
  'e-9',
  '.5',
  '-0',
  '00',
  'null',
  'true',
  'fals',
  '""',
  '{}',
  '[]',
  ',null',
  '"level":"error",',
  '"ruleIndex":4294967296,',
  '"rank":1.5e9,',
  '\\u0041',
  '\\ud83d',
  '\\/',
  '\\x',
  'é',
  '\ufeff',
  '"index":0,',
  '"a":1,',
  '"tags":[],',
  '"tags":["a","a"],',
  '\0',
  '4294967296',
  '100.0',
  '1e999',
].map((text) => new TextEncoder().encode(text));

const bytesOfInterest = [
  0x00, 0x1f, 0x20, 0x22, 0x2c, 0x2d, 0x2e, 0x30, 0x31, 0x39, 0x3a, 0x5b, 0x5c, 0x5d, 0x65, 0x7b, 0x7d, 0x7f, 0x80,
  0xbf, 0xc0, 0xc2, 0xe0, 0xed, 0xf0, 0xf4, 0xff,
];

/** A copy with one place changed. */
export function mutateBytes(bytes: Uint8Array, dice: Dice): Uint8Array {
  const at = dice.below(bytes.length);
  switch (dice.below(8)) {
    case 0: {
      const copy = new Uint8Array(bytes);
      copy[at] = (copy[at] as number) ^ (1 << dice.below(8));
      return copy;
    }
    case 1: {
      const copy = new Uint8Array(bytes);
      copy[at] = dice.chance(70) ? dice.pick(bytesOfInterest) : dice.below(256);
      return copy;
    }
    case 2:
      return spliced(bytes, at, at + 1 + dice.below(3), new Uint8Array(0));
    case 3:
      return spliced(bytes, at, at, new Uint8Array([dice.pick(bytesOfInterest)]));
    case 4:
    case 5:
      return spliced(bytes, at, at + (dice.chance(50) ? 1 : 0), dice.pick(pieces));
    case 6: {
      const from = dice.below(bytes.length);
      return spliced(bytes, at, at, bytes.subarray(from, from + 1 + dice.below(40)));
    }
    default:
      return memberChanged(bytes, dice);
  }
}

/** A number replaced, or a member repeated: changes that leave the text whole. */
function memberChanged(bytes: Uint8Array, dice: Dice): Uint8Array {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const matches = [...text.matchAll(/"[A-Za-z]+"\s*:\s*(-?[0-9.eE+-]+|"[^"\\]*"|true|false)(?=\s*[,}])/g)];
  if (matches.length === 0) return bytes;
  const match = dice.pick(matches);
  const [member, value = ''] = match;
  const numbers = [
    '-0',
    '0',
    '-1',
    '1.0',
    '1e1',
    '1.5e9',
    '4294967296',
    '2147483648',
    '9007199254740993',
    '1e999',
    '100.0',
    '00',
    '.5',
    '1.',
    '-',
  ];
  const changed = dice.chance(50)
    ? `${member},${member}`
    : member.slice(0, member.length - value.length) + dice.pick(numbers);
  return new TextEncoder().encode(text.slice(0, match.index) + changed + text.slice(match.index + member.length));
}

function spliced(bytes: Uint8Array, start: number, end: number, piece: Uint8Array): Uint8Array {
  const rest = bytes.subarray(Math.min(end, bytes.length));
  const out = new Uint8Array(start + piece.length + rest.length);
  out.set(bytes.subarray(0, start), 0);
  out.set(piece, start);
  out.set(rest, start + piece.length);
  return out;
}
