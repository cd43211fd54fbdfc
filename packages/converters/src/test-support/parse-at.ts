/** The JSON value that starts at a byte: the shortest text from there that parses. */
export function parseAt(bytes: Uint8Array, offset: number): unknown {
  for (let end = offset + 1; end <= bytes.length; end += 1) {
    const next = bytes[end];
    const isWord = next !== undefined && /[\w.+-]/.test(String.fromCharCode(next));
    if (isWord && !/["}\]]/.test(String.fromCharCode(bytes[end - 1] as number))) continue;
    try {
      return JSON.parse(new TextDecoder().decode(bytes.subarray(offset, end)));
    } catch {
      // Not a whole value yet.
    }
  }
  return undefined;
}
