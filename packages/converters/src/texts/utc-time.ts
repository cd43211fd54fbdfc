const internetTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(Z|UTC|[+-]\d{2}:?\d{2})$/;

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
  const zone = internetTime.exec(text)?.[1];
  if (zone === undefined) return undefined;
  if (zone === 'Z' && text[10] === 'T' && !Number.isNaN(Date.parse(text))) return text;

  const iso = text
    .replace(' ', 'T')
    .replace(/\s?(UTC|Z)$/, 'Z')
    .replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
  const time = Date.parse(iso);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().replace('.000Z', 'Z');
}
