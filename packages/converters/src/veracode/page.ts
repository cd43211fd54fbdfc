import type { ConverterPage } from '../documentation/converter-page.ts';

/** What goes where. Losses of a conversion are named by the fields of this table. */
export const veracodePage: ConverterPage = {
  title: 'Veracode',
  intro: `Read: results of pipeline scans (\`results.json\`, \`filtered_results.json\`), answers of the findings API (one, several
pages in an array or in files of their own, or the findings alone), the detailed report in XML, issues of the SCA REST API and
their export in CSV, and reports of the SCA agent. Each kind of scan is a run of its own, because their rules have nothing in common:
"Veracode Static Analysis", "Veracode Dynamic Analysis", "Veracode Manual Penetration Testing", "Veracode Software Composition
Analysis". Properties that carry Veracode's own values start with \`veracode/\`.`,
  sections: [
    {
      title: 'Severity',
      text: `| Veracode | level | rank | security-severity |
| --- | --- | --- | --- |
| 5 Very High | error | 95 | 9.5 |
| 4 High | error | 80 | 8.0 |
| 3 Medium | warning | 55 | 5.5 |
| 2 Low, 1 Very Low | note | 20 | 2.0 |
| 0 Informational | note | 5 | |
| anything else | note, with SF-K104 | | |

The SCA REST API and the SCA agent write a CVSS number instead: 9.0 and above is an error as in the first row, 7.0 as in the second,
4.0 a warning, everything above 0 a note. The CVSS number of a dependency is its \`security-severity\` where it falls into the band of
its severity.`,
      rows: [
        { from: 'severity', to: '`level`, `rank`; as written in `properties["veracode/severity"]`', fate: 'placed' },
      ],
    },
    {
      title: 'Pipeline scan',
      rows: [
        {
          from: 'cwe_id, issue_type',
          to: "`ruleId` `CWE-<n>`, the rule's name and its `relationships`; without a weakness the type is the rule",
          fate: 'placed',
        },
        { from: 'issue_type_id', to: 'tag of the rule', fate: 'placed' },
        {
          from: 'display_text',
          to: 'the first part is `message.text`; the second the help of the rule; links its references and `helpUri`',
          fate: 'placed',
        },
        {
          from: 'ruleName, ruleTags, remediation, references',
          to: 'what a finding says otherwise than the first one of its rule: `properties`',
          fate: 'kept',
        },
        { from: 'title', to: 'a logical location of kind `member`', fate: 'placed' },
        {
          from: 'files.source_file.file, files.source_file.line',
          to: '`physicalLocation`; the option `pathMap` leads from the packaged build to the repository; no region without a line',
          fate: 'placed',
        },
        {
          from: 'files.source_file.function_name, files.source_file.qualified_function_name, files.source_file.function_prototype, files.source_file.scope',
          to: 'logical locations of kinds `function` and `type`',
          fate: 'placed',
        },
        {
          from: 'flaw_match',
          to: '`partialFingerprints`: `veracode/flaw/v1`, `veracode/cause/v1`, `veracode/cause2/v1`, `veracode/procedure/v1`, `veracode/prototype/v1`; without a flaw and a cause `generic/v1` is computed',
          fate: 'placed',
        },
        { from: 'flaw_match.*', to: '`properties`, where they are not enough to know the flaw again', fate: 'kept' },
        {
          from: 'stack_dumps',
          to: '`codeFlows`, from the origin of the data to the flaw; the report writes them the other way round',
          fate: 'placed',
        },
        { from: 'stack_dumps.*', to: 'what cannot be read of them: `properties`', fate: 'kept' },
        { from: 'files.*', to: 'what cannot be read of it: `properties`', fate: 'kept' },
        { from: 'flaw_details_link', to: '`hostedViewerUri`', fate: 'placed' },
        { from: 'issue_id, gob', to: '`properties`', fate: 'kept' },
        {
          from: 'pipeline_scan, project_name, scan_id',
          to: '`driver.version`, `automationDetails.id`, `automationDetails.guid`',
          fate: 'placed',
        },
        {
          from: 'project_uri, project_ref, commit_hash',
          to: '`versionControlProvenance`',
          fate: 'placed',
        },
        {
          from: 'scan_status, message',
          to: 'a scan that did not succeed has `executionSuccessful: false`, a notification, and no `results` at all',
          fate: 'placed',
        },
        {
          from: 'modules, selected_modules, dev_stage, scan_app_id, scan_id, message, project_uri, project_ref, commit_hash',
          to: '`run.properties`; the last four where there is no other place for them',
          fate: 'kept',
        },
        { from: 'modules_count, _links', to: 'nothing', fate: 'left out' },
      ],
    },
    {
      title: 'Findings API',
      rows: [
        { from: 'scan_type', to: 'the run; where it is missing, the details of the finding tell', fate: 'placed' },
        {
          from: 'finding_details.cwe, finding_details.finding_category',
          to: '`ruleId` `CWE-<n>`, or the category; tags of the rule',
          fate: 'placed',
        },
        { from: 'description', to: 'as `display_text` above', fate: 'placed' },
        {
          from: 'finding_details.file_path, finding_details.file_name, finding_details.file_line_number',
          to: '`physicalLocation`; a finding without a file keeps its logical location',
          fate: 'placed',
        },
        {
          from: 'finding_details.procedure, finding_details.attack_vector, finding_details.vulnerable_parameter, finding_details.module',
          to: 'logical locations of kinds `function`, `member`, `parameter`, and `module` where there is no file',
          fate: 'placed',
        },
        {
          from: 'finding_details.url, finding_details.method',
          to: '`artifactLocation.uri` without credentials and fragment, and `webRequest`',
          fate: 'placed',
        },
        {
          from: 'context_guid, issue_id',
          to: '`partialFingerprints["veracode/issue/v1"]`',
          fate: 'placed',
        },
        { from: 'violates_policy', to: 'tag `policy-violation` of the result', fate: 'placed' },
        {
          from: 'finding_status.status, finding_status.resolution, finding_status.resolution_status, annotations',
          to: 'MITIGATED and POTENTIAL_FALSE_POSITIVE are an external suppression: APPROVED accepted, PROPOSED under review, REJECTED rejected; its justification is what was written in `annotations`. FIXED, and CLOSED without an accepted mitigation, is `baselineState` absent',
          fate: 'placed',
        },
        {
          from: 'finding_status.new',
          to: '`baselineState` new, and then unchanged for all others',
          fate: 'placed',
        },
        {
          from: 'finding_status.first_found_date, finding_status.last_seen_date',
          to: '`provenance`',
          fate: 'placed',
        },
        { from: 'count', to: '`occurrenceCount`', fate: 'placed' },
        {
          from: 'page',
          to: 'SF-K201 and `run.properties["veracode/truncated"]` when there are more findings elsewhere',
          fate: 'placed',
        },
        { from: '_links, page', to: 'nothing', fate: 'left out' },
        {
          from: 'issue_id, context_type, build_id, grace_period_expires_date, annotations.*, finding_status.*, finding_details.*',
          to: '`properties`',
          fate: 'kept',
        },
      ],
    },
    {
      title: 'Detailed report (XML)',
      text: `Read element by element. A flaw that cannot be read is rejected by name, and what is around it is converted; of a report
that ends early, everything that is complete. References beyond the five of XML stay as they are, a document type that declares
entities is refused, and nothing else is ever opened.`,
      rows: [
        { from: 'flaw@cweid, flaw@categoryname', to: '`ruleId`, taxon and tags', fate: 'placed' },
        {
          from: 'cwe@cwename, cwe/description, category/recommendations',
          to: 'name, `fullDescription` and help of the rule, where the weakness is that of the flaw',
          fate: 'placed',
        },
        {
          from: 'flaw@description',
          to: '`message.text` and help, in paragraphs as `display_text` above',
          fate: 'placed',
        },
        {
          from: 'flaw@sourcefilepath, flaw@sourcefile, flaw@line',
          to: '`physicalLocation`; line 0 means that it is not known',
          fate: 'placed',
        },
        {
          from: 'flaw@url, flaw@vuln_parameter',
          to: '`artifactLocation.uri`, `webRequest`, a logical location',
          fate: 'placed',
        },
        { from: 'flaw@scope, flaw@functionprototype, flaw@type', to: 'logical locations', fate: 'placed' },
        {
          from: 'flaw@mitigation_status, flaw/mitigations, flaw/annotations',
          to: 'an external suppression: accepted, proposed → under review, rejected; its justification is everything that was written',
          fate: 'placed',
        },
        {
          from: 'flaw@remediation_status',
          to: 'Fixed → `baselineState` absent, New → new; Mitigated and Potential False Positive → suppressed, where `mitigation_status` does not say otherwise',
          fate: 'placed',
        },
        { from: 'report@app_id, flaw@issueid', to: '`partialFingerprints["veracode/flawId/v1"]`', fate: 'placed' },
        { from: 'flaw@date_first_occurrence, flaw@count', to: '`provenance`, `occurrenceCount`', fate: 'placed' },
        { from: 'flaw@affects_policy_compliance', to: 'tag `policy-violation` of the result', fate: 'placed' },
        {
          from: 'vulnerability@cve_id, vulnerability@cwe_id, vulnerability@cve_summary, vulnerability@cvss_score',
          to: '`ruleId`, taxon, description and score of a dependency',
          fate: 'placed',
        },
        {
          from: 'component@library_id, component@file_name, component@version, component/file_paths',
          to: 'a logical location of kind `package` with its package URL; the first file is the place, the others are `relatedLocations`',
          fate: 'placed',
        },
        { from: 'vulnerability@mitigation, vulnerability/mitigations', to: 'a suppression', fate: 'placed' },
        {
          from: 'static-analysis@engine_version, report@app_name',
          to: '`driver.version`, `automationDetails.id`',
          fate: 'placed',
        },
        {
          from: 'report.*, analysis.*, customfields, cwe.*, component.*',
          to: '`properties` of the run, the rule or the result',
          fate: 'kept',
        },
        {
          from: 'module, note, remediationeffort, exploitLevel, categoryid, pcirelated, cia_impact, grace_period_expires, functionrelativelocation, location, cvss, capecid, exploitdifficulty, inputvector, exploit_desc, severity_desc, mitigations, remediation_status, mitigation_status, mitigation_type, mitigated_date',
          to: '`properties`',
          fate: 'kept',
        },
      ],
    },
    {
      title: 'SCA REST API and SCA agent',
      rows: [
        {
          from: 'vulnerability.cve, vulnerability.id, vulnerability.title',
          to: '`ruleId`: the CVE, else `SRCCLR-SID-<n>`; licence issues are `license/<name>`, old libraries `outdated-library`',
          fate: 'placed',
        },
        {
          from: 'library.id, library.name, library.version',
          to: 'a logical location of kind `package` with its package URL',
          fate: 'placed',
        },
        { from: 'ignored, ignored_comment', to: 'an external suppression', fate: 'placed' },
        { from: 'issue_status', to: 'fixed, resolved and closed → `baselineState` absent', fate: 'placed' },
        { from: 'id', to: '`partialFingerprints["veracode/scaIssue/v1"]`', fate: 'placed' },
        { from: 'created_date, _links.html', to: '`provenance`, `hostedViewerUri`', fate: 'placed' },
        { from: 'library_updated_version', to: '`properties.fix.upgradeTo`', fate: 'placed' },
        {
          from: 'records[].vulnerabilities[].libraries[]',
          to: 'one result for each library of a vulnerability; what its link leads to says which',
          fate: 'placed',
        },
        {
          from: 'records[].graphs',
          to: '`properties.dependencyPaths`, and the manifest as the place',
          fate: 'placed',
        },
        { from: 'records[].vulnMethods', to: '`codeFlows`', fate: 'placed' },
        {
          from: 'records[].unmatchedLibraries',
          to: 'notifications `veracode/unmatchedLibrary`, level note',
          fate: 'placed',
        },
        {
          from: 'title, summary, references, cvss, cvss3, cvssVector, cvss3Vector',
          to: 'what a finding says otherwise than the first one of its rule: `properties`',
          fate: 'kept',
        },
        {
          from: 'library.*, libraries.*, vulnerability.*, license.*, site_id, workspace_id, project_id, project_name, project_branch, project_tag, vulnerable_method, fixed_date, issue_type, metadata, disclosureDate, hasExploits, language',
          to: '`properties`',
          fate: 'kept',
        },
      ],
    },
    {
      title: 'SCA issues in CSV',
      text: `Columns may be separated by commas, semicolons or tabs. They are named here, and in the properties, by the words of their titles: "Issue opened: Scan date" is \`issue_opened_scan_date\`.`,
      rows: [
        {
          from: 'issue_type, vulnerability_id, cve, title, license',
          to: '`ruleId`: the CVE, else `SRCCLR-SID-<n>`; licence issues are `license/<name>`, old libraries `outdated-library`',
          fate: 'placed',
        },
        {
          from: 'library, version_in_use, package_manager, coordinate_1, coordinate_2',
          to: 'a logical location of kind `package` with its package URL',
          fate: 'placed',
        },
        { from: 'severity, cvss_score', to: '`level`, `rank`, `security-severity`', fate: 'placed' },
        { from: 'ignored', to: 'an external suppression', fate: 'placed' },
        { from: 'status', to: 'fixed, resolved and closed → `baselineState` absent', fate: 'placed' },
        { from: 'issue_id', to: '`partialFingerprints["veracode/scaIssue/v1"]`', fate: 'placed' },
        { from: 'issue_opened_scan_date', to: '`provenance`', fate: 'placed' },
        { from: 'updated_version', to: '`properties.fix.upgradeTo`', fate: 'placed' },
      ],
    },
    { title: 'Everything else', rows: [{ from: '*', to: '`properties["veracode/…"]`', fate: 'kept' }] },
  ],
};
