/** The parameters of a query string, or the reason why it cannot be read. Repeating a parameter is refused: which one counts? */
export type QueryParameters =
  | { readonly status: 'parsed'; readonly get: (name: string) => string | undefined }
  | { readonly status: 'refused'; readonly reason: string };

/** Decodes a query strictly: a broken escape is an error of the client, not text. An empty value counts as absent. */
export function parseQuery(rawQuery: string): QueryParameters {
  const values = new Map<string, string>();
  for (const pair of rawQuery.split('&')) {
    if (pair === '') continue;
    const cut = pair.indexOf('=');
    const name = decode(cut === -1 ? pair : pair.slice(0, cut));
    const value = decode(cut === -1 ? '' : pair.slice(cut + 1));
    if (name === undefined || value === undefined) {
      return {
        status: 'refused',
        reason: 'The query holds a broken percent escape. Encode every value once, as UTF-8.',
      };
    }
    if (values.has(name)) return { status: 'refused', reason: `The query parameter ${name} was given twice.` };
    values.set(name, value);
  }
  return { status: 'parsed', get: (name) => values.get(name) || undefined };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // URIError is the only thing thrown here; the caller turns it into an answer.
    return undefined;
  }
}
