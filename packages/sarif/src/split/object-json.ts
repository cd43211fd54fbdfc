/** A member whose value is JSON text already. */
export type RawMember = readonly [name: string, json: string];

/** The JSON text of an object with these further members at its end. */
export function objectJson(members: object, raw: readonly RawMember[]): string {
  const start = JSON.stringify(members).slice(0, -1);
  const rest = raw.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',');
  return `${start}${start.length > 1 && rest !== '' ? ',' : ''}${rest}}`;
}
