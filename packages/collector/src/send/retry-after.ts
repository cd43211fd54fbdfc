/**
 * How long the server asked us to wait, in milliseconds, or `undefined` when it did not say so in a form that is known,
 * or named a time that has passed.
 *
 * Reads `Retry-After` as seconds or as a date (RFC 9110 §10.2.3, its three date forms, and dates with a zone), then
 * `RateLimit-Reset` and `X-RateLimit-Reset` as seconds from now or seconds or milliseconds since 1970. Dates are
 * compared with the server's own `Date`, so that a wrong clock here does not matter.
 *
 * @param header gives a header by its lower-case name
 * @param epochMs the time here, used where the server does not name its own
 */
export function retryAfterMs(header: (name: string) => string | undefined, epochMs: number): number | undefined {
  const serverNow = parseHttpDate(header('date') ?? '') ?? epochMs;
  const told = header('retry-after')?.trim();
  if (told !== undefined && told !== '') {
    const seconds = parseSeconds(told);
    if (seconds !== undefined) return positive(seconds * 1000);
    const date = parseHttpDate(told);
    if (date !== undefined) return positive(date - serverNow);
  }
  for (const name of ['ratelimit-reset', 'x-ratelimit-reset']) {
    const reset = parseSeconds(header(name)?.trim() ?? '');
    if (reset === undefined) continue;
    if (reset > 1e12) return positive(reset - serverNow);
    if (reset > 1e9) return positive(reset * 1000 - serverNow);
    return positive(reset * 1000);
  }
  return undefined;
}

/** A wait that is not positive, or not a number, is none. */
function positive(ms: number): number | undefined {
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}

function parseSeconds(text: string): number | undefined {
  return /^\d{1,15}(\.\d{1,6})?$/.test(text) ? Number(text) : undefined;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
// Sun, 06 Nov 1994 08:49:37 GMT   or with a zone   +0200
const imfDate = /^[A-Za-z]{3}, +(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) (GMT|UTC|Z|[+-]\d{4})$/;
// Sunday, 06-Nov-94 08:49:37 GMT
const rfc850Date = /^[A-Za-z]{6,9}, (\d{2})-([A-Za-z]{3})-(\d{2}) (\d{2}):(\d{2}):(\d{2}) (GMT|UTC|Z)$/;
// Sun Nov  6 08:49:37 1994
const asctimeDate = /^[A-Za-z]{3} ([A-Za-z]{3}) +(\d{1,2}) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/;

/** An HTTP date in milliseconds since 1970, or `undefined`. Two-digit years are read as 1970 to 2069. */
export function parseHttpDate(text: string): number | undefined {
  const imf = imfDate.exec(text);
  if (imf !== null) return utc(imf[3], imf[2], imf[1], imf[4], imf[5], imf[6], imf[7]);
  const old = rfc850Date.exec(text);
  if (old !== null) {
    const year = Number(old[3]);
    return utc(String(year < 70 ? 2000 + year : 1900 + year), old[2], old[1], old[4], old[5], old[6], old[7]);
  }
  const plain = asctimeDate.exec(text);
  if (plain !== null) return utc(plain[6], plain[1], plain[2], plain[3], plain[4], plain[5], 'GMT');
  return undefined;
}

function utc(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  hour: string | undefined,
  minute: string | undefined,
  second: string | undefined,
  zone: string | undefined,
): number | undefined {
  const monthIndex = months.indexOf((month ?? '').toLowerCase());
  if (monthIndex === -1) return undefined;
  const local = Date.UTC(Number(year), monthIndex, Number(day), Number(hour), Number(minute), Number(second));
  return Number.isNaN(local) ? undefined : local - offsetMs(zone ?? 'GMT');
}

function offsetMs(zone: string): number {
  const match = /^([+-])(\d{2})(\d{2})$/.exec(zone);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === '-' ? -minutes : minutes) * 60_000;
}
