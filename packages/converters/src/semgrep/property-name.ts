const short: ReadonlyMap<string, string> = new Map([
  ['extra.engine_kind', 'engineKind'],
  ['extra.validation_state', 'validationState'],
  ['extra.historical_info', 'historical'],
  ['extra.fix_regex', 'fixRegex'],
  ['extra.fixed_lines', 'fixedLines'],
  ['extra.extra_extra', 'extraExtra'],
  ['extra.dataflow_trace', 'dataflowTrace'],
]);

/** The property that a field of a Semgrep report is kept under: `semgrep/` and the field, without `extra.` and `extra.metadata.`. */
export function propertyName(field: string): string {
  return `semgrep/${short.get(field) ?? field.replace(/^extra\.(?:metadata\.)?/, '')}`;
}
