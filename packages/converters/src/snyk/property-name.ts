/** The property that a field of a Snyk report is kept under: `snyk/` and the field, without what every field of an application or a platform's answer stands in. */
export function propertyName(field: string): string {
  return `snyk/${field.replace(/^(?:applications|attributes(?:\.coordinates)?)\./, '')}`;
}
