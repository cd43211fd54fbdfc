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
  const isArray = text[container] === 0x5b;
  if (!isArray && text[container] !== 0x7b) return undefined;
  let found: { name: number; value: number } | undefined;
  let at = skipSpace(text, container + 1);
  for (let index = 0; at < text.length && text[at] !== 0x5d && text[at] !== 0x7d; index += 1) {
    const start = at;
    let matches = isArray && String(index) === segment;
    if (!isArray) {
      const end = skipValue(text, at);
      matches = decodeString(text.subarray(at, end)) === segment;
      at = skipSpace(text, skipSpace(text, end) + 1);
    }
    if (matches) found = { name: start, value: at };
    if (matches && isArray) return found;
    at = skipSpace(text, skipValue(text, at));
    if (text[at] === 0x2c) at = skipSpace(text, at + 1);
  }
  return found;
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
