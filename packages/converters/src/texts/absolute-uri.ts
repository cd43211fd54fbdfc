/**
 * The text as an absolute URI, or undefined when it is none. SARIF wants absolute URIs in `helpUri`, `hostedViewerUri`,
 * `workItemUris` and others; one bad value makes consumers refuse the whole file. Only web addresses are let through.
 */
export function webUri(text: string): string | undefined {
  const trimmed = text.trim();
  if (!/^https?:\/\/[^\s/?#]/i.test(trimmed) || !URL.canParse(trimmed)) return undefined;
  return new URL(trimmed).href.length > 0 && /^[\u0021-\u007e]+$/.test(trimmed) && !/["<>\\^`{|}]/.test(trimmed)
    ? trimmed
    : escapeUri(new URL(trimmed).href);
}

/** `URL` leaves a few characters that RFC 3986 does not have. */
function escapeUri(href: string): string {
  return href.replace(/["<>\\^`{|}]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
