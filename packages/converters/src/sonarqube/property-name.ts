const short: ReadonlyMap<string, string> = new Map([
  ['rule.name', 'ruleName'],
  ['component.key', 'component'],
  ['project.key', 'project'],
]);

/** The property that a field of a Sonar report is kept under: `sonar/` and the field, without `rules.` of a rule's own. */
export function propertyName(field: string): string {
  let name = names.get(field);
  if (name === undefined) {
    name = `sonar/${short.get(field) ?? field.replace(/^rules?\./, '')}`;
    if (names.size < mostNames) names.set(field, name);
  }
  return name;
}

/** Names that were asked for before: a report has few fields, and each in most of its findings. */
const names = new Map<string, string>();
const mostNames = 1000;
