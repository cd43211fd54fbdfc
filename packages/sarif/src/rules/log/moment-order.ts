/**
 * Whether a date or time of section 3.9 is before another for certain: compared as far as both are written, so that `16:08:25Z` is not
 * before `16:08:25.9Z`, and a day is not before one of its hours.
 */
export function isBefore(one: string, other: string): boolean {
  const [first, second] = [partsOf(one), partsOf(other)];
  for (const [at, part] of first.entries()) {
    const against = second[at];
    if (against === undefined) return false;
    if (part !== against) return part < against;
  }
  return false;
}

/** Year, month, day, hour, minute and second as they are written, then the digits of the fraction one by one. */
function partsOf(text: string): string[] {
  const [date = '', time = ''] = text.replace('Z', '').split('T');
  const [clock = '', fraction = ''] = time.split('.');
  return [...date.split('-'), ...(clock === '' ? [] : clock.split(':')), ...fraction];
}
