const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Index of the value that a path leads to in a valid JSON text; of the innermost value on the way that exists, where the
 * path leads nowhere. With `name`, the index of the member's name instead of its value. A repeated member counts by its
 * last occurrence, as it does for the native parser.
 */
export function locate(text: Uint8Array, path: readonly (string | number)[], name = false): number {
  let at = skipSpace(text, 0);
  for (const [depth, segment] of path.entries()) {
    const found = step(text, at, String(segment));
    if (found === undefined) return at;
    at = name && depth === path.length - 1 ? found.name : found.value;
  }
  return at;
}

function step(text: Uint8Array, container: number, segment: string): { name: number; value: number } | undefined {
  let found: { name: number; value: number } | undefined;
  for (const child of childrenOf(text, container)) {
    if (child.key !== segment) continue;
    found = child;
    if (text[container] === 0x5b) break;
  }
  return found;
}

/** A member or an element: where it starts, and where its value does. */
interface Child {
  readonly key: string;
  readonly name: number;
  readonly value: number;
}

/** The members of an object or the elements of an array, in order; nothing for other values. */
function* childrenOf(text: Uint8Array, container: number): Generator<Child> {
  const isArray = text[container] === 0x5b;
  if (!isArray && text[container] !== 0x7b) return;
  yield* childrenFrom(text, isArray, skipSpace(text, container + 1), 0);
}

function* childrenFrom(text: Uint8Array, isArray: boolean, start: number, first: number): Generator<Child> {
  let at = start;
  for (let index = first; at < text.length && text[at] !== 0x5d && text[at] !== 0x7d; index += 1) {
    const name = at;
    let key = String(index);
    if (!isArray) {
      const end = skipValue(text, at);
      key = decodeString(text.subarray(at, end));
      at = skipSpace(text, skipSpace(text, end) + 1);
    }
    yield { key, name, value: at };
    at = skipSpace(text, skipValue(text, at));
    if (text[at] === 0x2c) at = skipSpace(text, at + 1);
  }
}

/**
 * Answers `locate` for many paths into one text: objects on the way are looked through once, and arrays from the element
 * that was asked for last, so that asking in the order of the text takes one walk.
 */
export class Locator {
  readonly #text: Uint8Array;
  readonly #objects = new Map<number, Map<string, number>>();
  readonly #arrays = new Map<number, { index: number; value: number }>();

  constructor(text: Uint8Array) {
    this.#text = text;
  }

  locate(path: readonly (string | number)[]): number {
    let at = skipSpace(this.#text, 0);
    for (const segment of path) {
      const next = this.#text[at] === 0x5b ? this.#element(at, Number(segment)) : this.#member(at, String(segment));
      if (next === undefined) return at;
      at = next;
    }
    return at;
  }

  #member(container: number, segment: string): number | undefined {
    let members = this.#objects.get(container);
    if (members === undefined) {
      members = new Map();
      for (const { key, value } of childrenOf(this.#text, container)) members.set(key, value);
      this.#objects.set(container, members);
    }
    return members.get(segment);
  }

  #element(container: number, index: number): number | undefined {
    const last = this.#arrays.get(container);
    const from = last !== undefined && last.index <= index ? last : undefined;
    const children =
      from === undefined ? childrenOf(this.#text, container) : childrenFrom(this.#text, true, from.value, from.index);
    for (const { key, value } of children) {
      if (Number(key) !== index) continue;
      this.#arrays.set(container, { index, value });
      return value;
    }
    return undefined;
  }
}

function decodeString(bytes: Uint8Array): string {
  return JSON.parse(decoder.decode(bytes)) as string;
}

/** Index just after the value that starts at `at`. */
export function skipValue(text: Uint8Array, at: number): number {
  let depth = 0;
  for (;;) {
    const byte = text[at];
    if (byte === undefined) return at;
    if (byte === 0x22) {
      at = skipString(text, at);
    } else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      at += 1;
    } else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1;
      at += 1;
    } else if (depth > 0) {
      at += 1;
    } else {
      while (at < text.length && !isDelimiter(text[at] as number)) at += 1;
    }
    if (depth <= 0) return at;
  }
}

function skipString(text: Uint8Array, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === 0x5c) at += 1;
    else if (text[at] === 0x22) return at + 1;
  }
  return text.length;
}

function skipSpace(text: Uint8Array, at: number): number {
  while (at < text.length && (text[at] as number) <= 0x20) at += 1;
  return at;
}

function isDelimiter(byte: number): boolean {
  return byte === 0x2c || byte === 0x5d || byte === 0x7d || byte <= 0x20;
}
