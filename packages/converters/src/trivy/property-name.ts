/** The property that a field of a Trivy report is kept under: `trivy/` and the field. */
export function propertyName(field: string): string {
  return `trivy/${field}`;
}
