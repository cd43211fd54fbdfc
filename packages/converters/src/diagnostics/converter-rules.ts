import type { DiagnosticLevel } from '@sariflow/sarif';

/** What a converter may have to say about a report. */
export interface ConverterRule {
  readonly level: DiagnosticLevel;
  /** One line for lists. */
  readonly title: string;
  /** Why it matters, and what happened to the value. */
  readonly explanation: string;
  /** What the user can do about it. */
  readonly remedy: string;
  /** Whether the converted log says it too, as a notification of the run. */
  readonly notify: boolean;
}

/** Every diagnostic of the converters. The ids are stable for ever; new ones are added at the end of their hundred. */
export const converterRules = {
  'SF-K001': {
    level: 'error',
    title: 'The format of the file is not recognised',
    explanation: 'The top level of the file fits none of the formats that can be converted, or fits several.',
    remedy: 'Name the format with --from, or give the report itself rather than a summary or an extract of it.',
    notify: false,
  },
  'SF-K002': {
    level: 'error',
    title: 'The format is known and cannot be converted',
    explanation: 'The file was recognised, and there is no converter for what it is.',
    remedy: 'Let the tool write SARIF, or one of the formats that can be converted.',
    notify: false,
  },
  'SF-K101': {
    level: 'error',
    title: 'A finding cannot become a result',
    explanation:
      'What identifies the finding is missing or has the wrong type, so a result would have to be invented. It is counted as rejected and named in a notification of the run; all other findings are converted.',
    remedy: 'Look at the place in the report. Reports that were edited or merged by a script are the usual cause.',
    notify: true,
  },
  'SF-K102': {
    level: 'warning',
    title: 'A field has the wrong type',
    explanation: 'The field is treated as absent and its value is kept in the properties of the result.',
    remedy: 'Look at the place in the report; write the report again with the tool itself.',
    notify: true,
  },
  'SF-K103': {
    level: 'warning',
    title: 'A field that every finding has is missing',
    explanation: 'The result is written without it. A missing place makes some consumers refuse the whole log.',
    remedy: 'Write the report again with a current version of the tool.',
    notify: true,
  },
  'SF-K104': {
    level: 'warning',
    title: 'The severity is missing or unknown',
    explanation: 'The result gets the level "note" and no rank, and the severity as written is kept in its properties.',
    remedy: 'Correct the severity of the rule, or report the new severity to this project.',
    notify: true,
  },
  'SF-K105': {
    level: 'warning',
    title: 'A value is none of the known ones',
    explanation:
      'The field has a fixed set of values and this is none of them. It is kept in the properties as written.',
    remedy: 'Nothing, if the tool is newer than this converter; report the new value to this project.',
    notify: true,
  },
  'SF-K106': {
    level: 'warning',
    title: 'A value makes no sense',
    explanation:
      'The value has the right type and cannot be true: a line below 1, an end before the start, an address that is none, a time without zone. It is left out of the result.',
    remedy: 'Look at the place in the report.',
    notify: true,
  },
  'SF-K107': {
    level: 'note',
    title: 'A field is not known',
    explanation:
      'The field has no place in SARIF that this converter knows of. It is kept in the properties, reported once per field.',
    remedy: 'Nothing; the value is not lost.',
    notify: false,
  },
  'SF-K108': {
    level: 'note',
    title: 'A weakness class cannot be read',
    explanation:
      'The text names no CWE or OWASP category by number, so no taxon is written. The text is kept in the properties.',
    remedy: 'Write it in the metadata of the rule like "CWE-89: SQL Injection" or "A03:2021 - Injection".',
    notify: false,
  },
  'SF-K201': {
    level: 'warning',
    title: 'The report is one page of several',
    explanation: 'The report says that there are more findings than it holds. The log is converted from what is there.',
    remedy: 'Fetch the other pages too.',
    notify: true,
  },
  'SF-K202': {
    level: 'warning',
    title: 'A member occurs twice',
    explanation:
      'An object of the report has two members of one name. The last one counts, as in every JSON parser; findings in the first are not converted.',
    remedy: 'Write the report again; merge reports with a tool rather than by hand.',
    notify: true,
  },
} as const satisfies Readonly<Record<string, ConverterRule>>;

/** The id of a converter's diagnostic, such as `SF-K102`. */
export type ConverterRuleId = keyof typeof converterRules;
