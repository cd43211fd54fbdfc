const written = /^\s*(?:(\d{1,6})\s*d)?\s*(?:(\d{1,6})\s*h)?\s*(?:(\d{1,9})\s*min)?\s*$/;
const hoursOfDay = 8;
/** Longer texts are no efforts, and not worth looking at. */
const mostCharacters = 40;

/** Minutes of an effort such as `1d 2h`, `1h30min` or `5min`; a day of Sonar has eight hours. Undefined for other texts. */
export function effortMinutes(text: string): number | undefined {
  if (text.length > mostCharacters) return undefined;
  if (known.has(text)) return known.get(text);
  const minutes = minutesIn(text);
  if (known.size < mostKnown) known.set(text, minutes);
  return minutes;
}

/** Efforts that were read before: rules have few different ones. */
const known = new Map<string, number | undefined>();
const mostKnown = 1000;

function minutesIn(text: string): number | undefined {
  const match = written.exec(text);
  if (match === null || text.trim() === '') return undefined;
  const [days, hours, minutes] = [match[1], match[2], match[3]].map((digits) => Number(digits ?? 0)) as [
    number,
    number,
    number,
  ];
  return (days * hoursOfDay + hours) * 60 + minutes;
}
