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
  'SF-K109': {
    level: 'error',
    title: 'A finding cannot be read',
    explanation:
      'The bytes of one finding break the grammar of JSON or XML, or the report ends in the middle of it. It is counted as rejected and named in a notification of the run; all other findings are converted.',
    remedy:
      'Look at the place in the report. A disk that was full, a log line in between, and edits by hand are the usual causes.',
    notify: true,
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
      'An object of the report has two members of one name. The last one counts, as in every JSON parser; findings in the first are not converted. A finding that has one twice may be what is left of two.',
    remedy: 'Write the report again; merge reports with a tool rather than by hand.',
    notify: true,
  },
  'SF-K203': {
    level: 'error',
    title: 'The report ends early',
    explanation:
      'The report stops before its brackets or tags are closed, or cannot be made out from some place on. What is complete before that is converted; nobody knows how many findings are missing, so an upload holds such a report back.',
    remedy: 'Run the scan again. A scanner that was killed and a full disk are the usual causes.',
    notify: true,
  },
  'SF-K204': {
    level: 'error',
    title: 'Something around the findings is damaged',
    explanation:
      'A comma or a tag is missing or one too many, a reference is none, or something else stands there. The findings around it are converted.',
    remedy: 'Look at the place in the report; merge reports with a tool rather than by hand.',
    notify: true,
  },
  'SF-K205': {
    level: 'warning',
    title: 'The report counts findings without listing them',
    explanation: 'There is nothing to convert. The run has no results, which is not the same as having found nothing.',
    remedy: 'Let the tool write a report that lists what it found.',
    notify: true,
  },
  'SF-K206': {
    level: 'note',
    title: 'The report is not alone in its file, or not in UTF-8',
    explanation:
      'Lines of a log stand in front of the report, or it was written in UTF-16, as PowerShell does when output is redirected. It is converted as if it were as the tool writes it.',
    remedy: 'Let the tool write the report to a file itself, instead of redirecting what it prints.',
    notify: false,
  },
  'SF-K301': {
    level: 'warning',
    title: "Snyk's upgrade advice is written as a fix that destroys the manifest",
    explanation:
      'The fix would replace the whole first line of the manifest by the name of a package. It goes to `properties.fix.upgradeTo`; a SARIF fix has to be the exact replacement of a text.',
    remedy: 'Nothing; apply the upgrade with the package manager.',
    notify: false,
  },
  'SF-K302': {
    level: 'note',
    title: "Snyk's category has the time of the scan",
    explanation:
      '`automationDetails.id` ends with the time of the scan, so no two scans belong to the same category. The time goes to the properties.',
    remedy: 'Nothing.',
    notify: false,
  },
  'SF-K303': {
    level: 'note',
    title: "Snyk Code's priority is no rank",
    explanation: 'The priority score of 0 to 1000 is written as `rank` of 0 to 100, too, where consumers look for it.',
    remedy: 'Nothing.',
    notify: false,
  },
  'SF-K304': {
    level: 'warning',
    title: 'Snyk writes a level that SARIF does not have',
    explanation:
      'The level "unmapped", which stands for severities that Snyk has no level for, becomes "note". It is kept in the properties.',
    remedy: 'Nothing; look at the severity in Snyk if it matters.',
    notify: false,
  },
  'SF-K305': {
    level: 'warning',
    title: 'JFrog makes a rule of each finding',
    explanation:
      "The rule's id has the package and its version in it. The vulnerability becomes the rule, and package, version, impact paths and the rating of the package go to the result.",
    remedy: 'Nothing. Suppressions that name the old rule ids have to be written anew.',
    notify: false,
  },
  'SF-K306': {
    level: 'note',
    title: 'JFrog does not say whether the scan was successful',
    explanation:
      '`executionSuccessful` is required and missing. A scanner of JFrog that failed writes no results; this one did, so it is taken for successful.',
    remedy: 'Nothing.',
    notify: false,
  },
  'SF-K307': {
    level: 'note',
    title: 'JFrog makes up a place',
    explanation:
      'A file "Package Descriptor" does not exist, and offsets of 0 beside lines denote another text. Both are left out.',
    remedy:
      'Name a file for results without a place with the profile of the destination, or scan with `jf audit`, which knows the descriptors.',
    notify: false,
  },
  'SF-K308': {
    level: 'warning',
    title: 'JFrog hides findings whose severity is not known',
    explanation: 'The level "none" is for results that are no findings. It becomes "note".',
    remedy: 'Nothing; look at the severity in Xray if it matters.',
    notify: false,
  },
  'SF-K309': {
    level: 'warning',
    title: "JFrog's rules have an image that reports back",
    explanation:
      'The help of the rule has an image of another host, which learns who opens an alert, and when. It is left out.',
    remedy: 'Nothing.',
    notify: false,
  },
  'SF-K310': {
    level: 'warning',
    title: 'Semgrep withholds fingerprints without a login',
    explanation:
      'The words "requires login" stand in place of a fingerprint or of source text. They are left out; fingerprints are computed where they are needed.',
    remedy: "Log in with `semgrep login` before the scan, if the fingerprints have to be Semgrep's.",
    notify: false,
  },
  'SF-K311': {
    level: 'note',
    title: "Veracode's severity is written as a rank",
    explanation:
      "`rank` goes from 0 to 100, Veracode's severity from 0 to 5. The rank is written as for other tools, the severity goes to the properties.",
    remedy: 'Nothing.',
    notify: false,
  },
  'SF-K312': {
    level: 'note',
    title: "Veracode's messages are HTML",
    explanation: '`message.text` is plain text. The HTML is written as text, and as Markdown beside it.',
    remedy: 'Nothing.',
    notify: false,
  },
  'SF-K313': {
    level: 'note',
    title: 'Veracode writes empty fingerprints',
    explanation: 'The empty text is the same for all findings and would make them one. It is left out.',
    remedy: 'Nothing.',
    notify: false,
  },
} as const satisfies Readonly<Record<string, ConverterRule>>;

/** The id of a converter's diagnostic, such as `SF-K102`. */
export type ConverterRuleId = keyof typeof converterRules;
