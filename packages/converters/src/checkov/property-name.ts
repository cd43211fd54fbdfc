/** The property that a field of a Checkov report is kept under: `checkov/` and the field. */
export function propertyName(field: string): string {
  return `checkov/${field.replace(/^check_result\./, '')}`;
}
