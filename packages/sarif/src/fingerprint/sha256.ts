/**
 * SHA-256 of short texts, synchronous and without the platform: `crypto.subtle` is asynchronous and `node:crypto` is
 * not everywhere. One finding's identity is a few hundred bytes, hashed once.
 */
const roundConstants = fractionalRoots(64, 1 / 3);
const initialState = fractionalRoots(8, 1 / 2);
const encoder = new TextEncoder();
const schedule = new Int32Array(64);
const state = new Int32Array(8);
const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
let buffer = new Uint8Array(1024);

/** The hash of the text's UTF-8 bytes, as 64 lower-case hexadecimal digits. Unpaired surrogates count as U+FFFD. */
export function sha256Hex(text: string): string {
  const length = encode(text);
  const padded = pad(length);
  state.set(initialState);
  for (let block = 0; block < padded; block += 64) compress(block);
  let hex = '';
  for (let at = 0; at < 8; at += 1) hex += hexOf(state[at] as number);
  return hex;
}

/** Eight digits. */
function hexOf(word: number): string {
  return `${hexPairs[word >>> 24]}${hexPairs[(word >>> 16) & 0xff]}${hexPairs[(word >>> 8) & 0xff]}${hexPairs[word & 0xff]}`;
}

/** Fills `buffer` with the text's bytes and leaves room for the padding. Returns the number of bytes. */
function encode(text: string): number {
  const most = text.length * 3 + 72;
  if (buffer.length < most) buffer = new Uint8Array(most * 2);
  return encoder.encodeInto(text, buffer).written;
}

/** Appends the bit 1, zeros, and the length in bits. Returns the length with padding, a multiple of 64. */
function pad(length: number): number {
  const padded = ((length + 8) >> 6) * 64 + 64;
  buffer[length] = 0x80;
  buffer.fill(0, length + 1, padded - 8);
  putWord(padded - 8, Math.floor(length / 2 ** 29));
  putWord(padded - 4, length << 3);
  return padded;
}

function putWord(at: number, word: number): void {
  buffer[at] = word >>> 24;
  buffer[at + 1] = word >>> 16;
  buffer[at + 2] = word >>> 8;
  buffer[at + 3] = word;
}

function compress(block: number): void {
  for (let i = 0; i < 16; i += 1) {
    const at = block + i * 4;
    schedule[i] = (at4(at) << 24) | (at4(at + 1) << 16) | (at4(at + 2) << 8) | at4(at + 3);
  }
  for (let i = 16; i < 64; i += 1) {
    const w15 = schedule[i - 15] as number;
    const w2 = schedule[i - 2] as number;
    const s0 = rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >>> 3);
    const s1 = rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >>> 10);
    schedule[i] = ((schedule[i - 16] as number) + s0 + (schedule[i - 7] as number) + s1) | 0;
  }
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let i = 0; i < 64; i += 1) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (roundConstants[i] as number) + (schedule[i] as number)) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  // Word by word: an array of the eight would be made for each block.
  state[0] = (state[0] as number) + a;
  state[1] = (state[1] as number) + b;
  state[2] = (state[2] as number) + c;
  state[3] = (state[3] as number) + d;
  state[4] = (state[4] as number) + e;
  state[5] = (state[5] as number) + f;
  state[6] = (state[6] as number) + g;
  state[7] = (state[7] as number) + h;
}

function at4(index: number): number {
  return buffer[index] as number;
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

/** The first 32 bits of the fractional parts of a root of the first primes: the constants of FIPS 180-4. */
function fractionalRoots(count: number, exponent: number): Int32Array {
  const words = new Int32Array(count);
  let found = 0;
  for (let candidate = 2; found < count; candidate += 1) {
    if (!isPrime(candidate)) continue;
    const root = candidate ** exponent;
    words[found] = Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;
    found += 1;
  }
  return words;
}

function isPrime(candidate: number): boolean {
  for (let divisor = 2; divisor * divisor <= candidate; divisor += 1) if (candidate % divisor === 0) return false;
  return true;
}
