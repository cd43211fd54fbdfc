const decoder = new TextDecoder('utf-8', { fatal: true });

/** The value of a JSON text as the native parser reads it; `undefined` when the bytes are none. */
export function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}
