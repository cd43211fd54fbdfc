const prefixes = /^(?:finding_details\.|finding_status\.|files\.source_file\.|library\.|vulnerability\.)/;

/** The property that a field of a Veracode report is kept under: `veracode/` and the field, without the object it stands in. */
export function propertyName(field: string): string {
  return `veracode/${field.replace(prefixes, '')}`;
}
