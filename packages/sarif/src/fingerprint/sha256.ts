/**
 * SHA-256 of short texts, synchronous and without the platform: `crypto.subtle` is asynchronous and `node:crypto` is
 * not everywhere. One finding's identity is a few hundred bytes, hashed once.
 */
const roundConstants = fractionalRoots(64, 1 / 3);
const initialState = fractionalRoots(8, 1 / 2);
const encoder = new TextEncoder();
const schedule = new Int32Array(64);
const state = new Int32Array(8);
let buffer = new Uint8Array(1024);

/** The hash of the text's UTF-8 bytes, as 64 lower-case hexadecimal digits. Unpaired surrogates count as U+FFFD. */
export function sha256Hex(text: string): string {
  const length = encode(text);
  const padded = pad(length);
  state.set(initialState);
  for (let block = 0; block < padded; block += 64) compress(block);
  let hex = '';
  for (const word of state) hex += (word >>> 0).toString(16).padStart(8, '0');
  return hex;
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
  buffer.fill(0, length + 1, padded);
  const view = new DataView(buffer.buffer, buffer.byteOffset);
  view.setUint32(padded - 8, Math.floor(length / 2 ** 29));
  view.setUint32(padded - 4, (length << 3) >>> 0);
  return padded;
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
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
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
  const step = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i += 1) state[i] = ((state[i] as number) + (step[i] as number)) | 0;
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
