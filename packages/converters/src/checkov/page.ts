import type { ConverterPage } from '../documentation/converter-page.ts';

/** What goes where. Losses of a conversion are named by the fields of this table. */
export const checkovPage: ConverterPage = {
  title: 'Checkov',
  intro: `Read: \`checkov -o json\`, of one kind of checks (an object), of several (an array), and of none (a summary alone). Each
kind of checks is one run. Properties that carry Checkov's own values start with \`checkov/\`.`,
  sections: [
    {
      title: 'The report',
      rows: [
        { from: 'check_type', to: '`automationDetails.id`, and a tag of the rules', fate: 'placed' },
        { from: 'summary.checkov_version, checkov_version', to: '`driver.version`', fate: 'placed' },
        { from: 'results.parsing_errors', to: 'execution notifications, level warning, with the file', fate: 'placed' },
        { from: 'passed_checks', to: 'checks that were passed are no findings', fate: 'left out' },
        { from: 'summary.*, url', to: '`run.properties["checkov/…"]`', fate: 'kept' },
        {
          from: 'summary.failed',
          to: 'SF-K205 when there are failed checks and no list of them: the run has no results',
          fate: 'placed',
        },
      ],
    },
    {
      title: 'A check',
      text: 'Failed checks and skipped ones become results; skipped ones are suppressed.',
      rows: [
        { from: 'check_id, bc_check_id, vulnerability_details.id', to: '`ruleId`', fate: 'placed' },
        {
          from: 'check_name',
          to: '`message.text`, `shortDescription`; of advisories, which all have the same, a property',
          fate: 'placed',
        },
        {
          from: 'repo_file_path, file_path, file_line_range, code_block',
          to: '`physicalLocation`, without the slash at the start, in the repository where that is known; lines below 1 mean the whole file',
          fate: 'placed',
        },
        { from: 'caller_file_path, caller_file_line_range', to: '`relatedLocations`', fate: 'placed' },
        { from: 'resource', to: 'a logical location of kind `resource`', fate: 'placed' },
        { from: 'guideline, description, short_description, cwe, owasp', to: 'the rule', fate: 'placed' },
        {
          from: 'check_result.suppress_comment',
          to: '`suppressions`: in source, accepted, with the comment as justification',
          fate: 'placed',
        },
        {
          from: 'vulnerability_details.package_name, vulnerability_details.package_version, vulnerability_details.lowest_fixed_version',
          to: 'a logical location of kind `package`, `properties.fix.fixedIn`, `message.text`',
          fate: 'placed',
        },
        {
          from: 'vulnerability_details.license',
          to: '`message.text`; the rule has the tag `license` and no `security-severity`',
          fate: 'placed',
        },
        {
          from: 'vulnerability_details.cvss',
          to: '`security-severity` where it agrees with the severity, and a property',
          fate: 'kept',
        },
        {
          from: 'rule',
          to: 'what differs from the first check of the rule: `properties["checkov/rule"]`',
          fate: 'kept',
        },
        { from: 'evaluations, check_class, file_abs_path, *', to: '`properties["checkov/…"]`', fate: 'kept' },
      ],
    },
    {
      title: 'Severity',
      text: `| Checkov | level | rank | security-severity |
| --- | --- | --- | --- |
| CRITICAL | error | 95 | 9.5 |
| HIGH | error | 80 | 8.0 |
| MEDIUM, MODERATE | warning | 55 | 5.5 |
| LOW | note | 20 | 2.0 |
| INFO, NONE | note | 5 | |
| none said, as without an account | warning | 55 | |
| anything else | note, with SF-K104 | | |`,
      rows: [],
    },
  ],
};
