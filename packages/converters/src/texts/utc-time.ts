const internetTime = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s?(Z|UTC|[+-]\d{2}:?\d{2})$/;

/**
 * The time in UTC as SARIF wants it (§3.9), such as `2024-05-01T10:00:00Z`. Undefined when the text is no date and time
 * with a time zone: a time without zone could mean any of 26 hours.
 */
export function utcTime(text: string): string | undefined {
  // Findings of one scan often have one time.
  if (text === last.text) return last.time;
  const time = timeIn(text);
  last = { text, time };
  return time;
}

let last: { readonly text: string; readonly time: string | undefined } = { text: '', time: undefined };

function timeIn(text: string): string | undefined {
  const [, date, clock, zone] = internetTime.exec(text) ?? [];
  if (zone === undefined) return undefined;
  const isUtc = zone === 'Z' || zone === 'UTC' || /^[+-]00:?00$/.test(zone);
  const offset = isUtc ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const iso = `${date}T${clock}${offset}`;
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return undefined;
  return isUtc ? iso : new Date(time).toISOString().replace('.000Z', 'Z');
}
