/**
 * The formats that the published schema names, by the grammars of the RFCs alone: what is compared with must not share
 * code with what is checked.
 */
const unreserved = String.raw`[A-Za-z0-9\-._~]`;
const subDelimiter = "[!$&'()*+,;=]";
const encoded = '%[0-9A-Fa-f]{2}';
const pathCharacter = `(?:${unreserved}|${encoded}|${subDelimiter}|[:@])`;
const octet = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const ipv4 = String.raw`(?:${octet}\.){3}${octet}`;
const hextet = '[0-9A-Fa-f]{1,4}';
const last32 = `(?:${hextet}:${hextet}|${ipv4})`;
const ipv6 = [
  `(?:${hextet}:){6}${last32}`,
  `::(?:${hextet}:){5}${last32}`,
  `(?:${hextet})?::(?:${hextet}:){4}${last32}`,
  `(?:(?:${hextet}:){0,1}${hextet})?::(?:${hextet}:){3}${last32}`,
  `(?:(?:${hextet}:){0,2}${hextet})?::(?:${hextet}:){2}${last32}`,
  `(?:(?:${hextet}:){0,3}${hextet})?::${hextet}:${last32}`,
  `(?:(?:${hextet}:){0,4}${hextet})?::${last32}`,
  `(?:(?:${hextet}:){0,5}${hextet})?::${hextet}`,
  `(?:(?:${hextet}:){0,6}${hextet})?::`,
].join('|');
const ipvFuture = `[Vv][0-9A-Fa-f]+\\.(?:${unreserved}|${subDelimiter}|:)+`;
const host = `(?:\\[(?:${ipv6}|${ipvFuture})\\]|(?:${unreserved}|${encoded}|${subDelimiter})*)`;
const userInformation = `(?:${unreserved}|${encoded}|${subDelimiter}|:)*`;
const authority = `(?:${userInformation}@)?${host}(?::[0-9]*)?`;
const afterAuthority = `(?:/${pathCharacter}*)*`;
const absolutePath = `/(?:${pathCharacter}+(?:/${pathCharacter}*)*)?`;
const rootless = `${pathCharacter}+(?:/${pathCharacter}*)*`;
const firstWithoutColon = `(?:${unreserved}|${encoded}|${subDelimiter}|@)+(?:/${pathCharacter}*)*`;
const tail = `(?:\\?(?:${pathCharacter}|[/?])*)?(?:#(?:${pathCharacter}|[/?])*)?`;
const scheme = String.raw`[A-Za-z][A-Za-z0-9+\-.]*`;

const uri = new RegExp(`^${scheme}:(?://${authority}${afterAuthority}|${absolutePath}|${rootless}|)${tail}$`);
const relativeReference = new RegExp(
  `^(?://${authority}${afterAuthority}|${absolutePath}|${firstWithoutColon}|)${tail}$`,
);

/** RFC 3986, section 3: with a scheme. */
export function isUri(text: string): boolean {
  return uri.test(text);
}

/** RFC 3986, section 4.1: with or without a scheme. */
export function isUriReference(text: string): boolean {
  return uri.test(text) || relativeReference.test(text);
}

const dateTime = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/** RFC 3339, section 5.6: a leap second is one only where it falls on the end of a day in UTC. */
export function isRfc3339DateTime(text: string): boolean {
  const match = dateTime.exec(text);
  if (match === null) return false;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const sign = match[7] === '-' ? -1 : 1;
  const [offsetHour, offsetMinute] = [Number(match[8] ?? 0), Number(match[9] ?? 0)];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false;
  if (hour > 23 || minute > 59 || offsetHour > 23 || offsetMinute > 59) return false;
  if (second < 60) return true;
  const inUtc = (((hour * 60 + minute - sign * (offsetHour * 60 + offsetMinute)) % 1440) + 1440) % 1440;
  return second === 60 && inUtc === 1439;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
