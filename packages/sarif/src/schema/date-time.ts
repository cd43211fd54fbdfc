const leapDay = String.raw`(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29`;
const otherDay = String.raw`\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))`;
const midnight = String.raw`24:00(?::00(?:\.0+)?)?`;
const otherTime = String.raw`(?:[01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60)(?:\.\d+)?)?`;

const sarifDateTime = new RegExp(`^(?:${leapDay}|${otherDay})(?:T(?:${midnight}|${otherTime})Z)?$`);
const looseDateTime =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)((?::\d\d)?)((?:\.\d+)?)\s?(?:[Zz]|([+-])(\d\d):?(\d\d)?)?)?$/;

const minuteMs = 60_000;

/**
 * Whether a string is a date, or a date and a time in UTC, as section 3.9 wants it: `2016-02-08`, `2016-02-08T16:08Z`,
 * `2016-02-08T16:08:25.943Z`. A day that the calendar does not have is none; second 60 and 24:00 are legal.
 */
export function isDateTime(text: string): boolean {
  return sarifDateTime.test(text);
}

/**
 * The same moment in the form of section 3.9. A time without a zone is taken as UTC, an offset is converted; seconds
 * and their fraction keep their digits. Undefined when the string names no moment.
 */
export function repairedDateTime(text: string): string | undefined {
  const match = looseDateTime.exec(text.trim());
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second = '', fraction = '', sign, offsetHours, offsetMinutes] = match;
  const date = `${year}-${month}-${day}`;
  if (hour === undefined) return isDateTime(date) ? date : undefined;
  const local = `${date}T${hour}:${minute}${second}${second === '' ? '' : fraction}Z`;
  if (!isDateTime(local)) return undefined;
  if (sign === undefined) return local;
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes ?? 0)) * (sign === '-' ? -1 : 1);
  if (Math.abs(offset) > 24 * 60) return undefined;
  const utc = new Date(Date.parse(`${date}T${hour}:${minute}Z`) - offset * minuteMs);
  const repaired = `${utc.toISOString().slice(0, 16)}${second}${second === '' ? '' : fraction}Z`;
  return isDateTime(repaired) ? repaired : undefined;
}
