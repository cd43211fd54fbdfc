import type { ConverterPage } from '../documentation/converter-page.ts';

/** What goes where. Losses of a conversion are named by the fields of this table. */
export const jfrogPage: ConverterPage = {
  title: 'JFrog Xray',
  intro: `Read: \`jf audit\` and \`jf scan\` with \`--format=json\` or \`simple-json\`, of all versions; the answers of Xray's scans of
packages, files and builds; summaries of artifacts and builds; vulnerability, violation, operational risk and exposure
reports; violations, ignored ones too, and exports of Xray 2. Reports of one kind are written in several dialects: all names below are
understood in all of them. Properties that carry Xray's own values start with \`xray/\`.`,
  sections: [
    {
      title: 'Runs',
      text: `A report, a summary or a scan is one run; several scans in one document are several runs. \`simple-json\` becomes one run for
each kind of scan that took place or found something: dependencies, licences and operational risks (driver "JFrog Xray"), secrets
("JFrog Secrets"), infrastructure as code ("JFrog IaC"), static analysis ("JFrog SAST") and malicious code ("JFrog Malicious
Code"); \`automationDetails.id\` tells them apart. SARIF that JFrog writes itself is read as SARIF, and repaired by \`normalize\`.
A run is not successful when the report has errors, when a scan's status is not "completed", or when a status code is not 0.`,
      rows: [
        { from: 'errors[], scansStatus', to: 'execution notifications, level error', fate: 'placed' },
        {
          from: 'artifacts[].general.name, artifacts[].general.path, artifacts[].general.sha256',
          to: '`run.artifacts`',
          fate: 'placed',
        },
        { from: 'artifacts.general.*', to: '`properties` of the artifact', fate: 'kept' },
        {
          from: 'total_rows, total_count, total_violations, violations_count',
          to: 'SF-K201 when the report has fewer entries; the number in `run.properties`',
          fate: 'kept',
        },
        {
          from: 'scan_id, component_id, package_type, status, multiScanId, more_details_url, top_vulnerability_severity, build, summary, alerts.*',
          to: '`run.properties`; the component is part of `automationDetails.id`',
          fate: 'kept',
        },
        {
          from: 'licenses, artifacts[].licenses, rows[].license',
          to: 'nothing: which licences the packages have is an inventory, and no finding',
          fate: 'left out',
        },
        {
          from: 'scans',
          to: '`run.properties`, with SF-K205: a summary has numbers only, and the run has no results',
          fate: 'kept',
        },
        { from: '*', to: '`run.properties["xray/…"]`', fate: 'kept' },
      ],
    },
    {
      title: 'A finding about a package',
      text: 'An entry whose `components` is an object affects several components, and is a finding for each of them. Entries with the severity "Scanned - No Issues" are no findings. Entries that `simple-json` repeats word by word are one result; `properties["xray/occurrences"]` says how many they are.',
      rows: [
        {
          from: 'cves[].cve, cves[].id, properties[].cve, cve, issue_id, issueId, id',
          to: '`ruleId`: the CVE when there is exactly one, else the issue, else a number made of provider and summary; all CVEs are in `properties.cve` and the tags of the rule',
          fate: 'placed',
        },
        { from: 'licenseKey, license_key', to: '`ruleId` "license/…"', fate: 'placed' },
        {
          from: 'riskReason, risk_reason, operational_risk.risk_reason',
          to: '`ruleId` "operational-risk/…"',
          fate: 'placed',
        },
        {
          from: 'severity, risk, jfrog_severity',
          to: '`level`, `rank` and `security-severity` as below; as written in `properties["xray/severity"]`',
          fate: 'placed',
        },
        {
          from: 'summary, description, extended_information, jfrogResearchInformation, references',
          to: 'descriptions, help and `helpUri` of the rule, first sentence in `message`; what differs from the first finding of the rule: `properties["xray/advisory"]`',
          fate: 'placed',
        },
        { from: 'advisory', to: '`properties["xray/advisory"]`', fate: 'kept' },
        { from: 'cves[].cwe, properties[].cwe', to: '`relationships` and tags of the rule', fate: 'placed' },
        {
          from: 'cves',
          to: '`properties["xray/cves"]` of the rule, with vectors; the highest number of the newest CVSS version is `security-severity` when it falls into the band of the severity',
          fate: 'kept',
        },
        {
          from: 'impactedPackageName, vulnerable_component, source_comp_id, infected_components, components',
          to: 'logical locations of kind `package`, with package URLs',
          fate: 'placed',
        },
        {
          from: 'components[].location, impact_path, impact_paths, impactPaths, path, infected_file_path',
          to: 'the file: a manifest, else where the package lies in what was scanned, else what was scanned. `:` in names of images and packages becomes `_`. Other files are related locations; image layers are logical locations of kind `layer`',
          fate: 'placed',
        },
        {
          from: 'impact_path, impact_paths, impactPaths',
          to: '`properties.dependencyPaths`, each from the root to the package; their number is `occurrenceCount`',
          fate: 'placed',
        },
        { from: 'impact_path', to: 'of more than a hundred related places the others', fate: 'left out' },
        {
          from: 'fixed_versions, fixedVersions, fix_versions',
          to: '`properties.fix.fixedIn` without brackets and signs; as written in `properties["xray/fixedVersions"]`',
          fate: 'placed',
        },
        {
          from: 'applicable, applicability_result, applicability_details[].result, cves[].applicability.status',
          to: '`properties["xray/applicability"]` and a tag; what does not apply gets `rank` 5',
          fate: 'placed',
        },
        { from: 'cves[].applicability.evidence', to: '`relatedLocations`', fate: 'placed' },
        { from: 'impacted_artifact, impacted_artifacts, impact_artifacts', to: '`relatedLocations`', fate: 'placed' },
        {
          from: 'violation_id',
          to: '`partialFingerprints["xray/violationId/v1"]`; without it `generic/v1` is computed from rule, package and manifest or artifact',
          fate: 'placed',
        },
        {
          from: 'provider, issue_type, created, edited, published, updated, artifact_scan_time, package_type, component_versions.*, applicability, applicability_details, cves.*, properties.*, *',
          to: '`properties["xray/…"]`',
          fate: 'kept',
        },
      ],
    },
    {
      title: 'A violation',
      text: 'A violation that repeats a vulnerability, a secret or another finding of the same report is part of that result: what it says beyond the finding stands in `properties["xray/violations"]`. Violations are told from each other by what was found, and by package and version, or by file and place. Others, and those beyond the first 5,000 of a run, are results of their own. All have the tag `policy-violation`.',
      rows: [
        {
          from: 'watch, watch_name, watch_id, policies, policy_names, matched_policies, fail_build, fail_pull_request, ignore_url, violation_details_url',
          to: '`properties["xray/…"]`',
          fate: 'kept',
        },
        {
          from: 'ignore_rule_info, ignore_rule_details, ignored, is_ignored',
          to: '`suppressions`: external, accepted, with the notes as justification; an expired or deleted rule suppresses nothing. A report with `violations_count` lists ignored violations',
          fate: 'placed',
        },
        { from: 'ignore_rule_info.*, ignore_rule_details.*', to: '`properties`', fate: 'kept' },
      ],
    },
    {
      title: 'A finding in a file',
      rows: [
        { from: 'ruleId', to: '`ruleId`; older versions write none, and it is made of `finding`', fate: 'placed' },
        { from: 'finding', to: '`message.text`', fate: 'placed' },
        {
          from: 'scannerShortDescription, scannerDescription',
          to: 'descriptions and help of the rule',
          fate: 'placed',
        },
        {
          from: 'file, startLine, startColumn, endLine, endColumn, lineColumn, snippet, text',
          to: '`physicalLocation`; secrets stay masked',
          fate: 'placed',
        },
        { from: 'cwe', to: '`relationships` and tags of the rule, `taxa` of results that differ', fate: 'placed' },
        { from: 'codeFlow', to: '`codeFlows[0]`, a thread flow for each inner list', fate: 'placed' },
        { from: 'fingerprint', to: '`partialFingerprints["xray/fingerprint/v1"]`', fate: 'placed' },
        {
          from: 'applicability.status',
          to: '`properties["xray/applicability"]` and a tag: of a secret whether it is active',
          fate: 'placed',
        },
        { from: 'applicability.evidence', to: '`relatedLocations`', fate: 'placed' },
        { from: 'origin, applicability.*', to: '`properties["xray/…"]`', fate: 'kept' },
        {
          from: 'exposure_id, details, sast_details, file_path, location',
          to: 'exposures of reports and violations: rule, file and line; the other members of `details` are kept',
          fate: 'placed',
        },
        {
          from: 'category, repository, evidence, token_validation, details.*, sast_details.*',
          to: '`properties`',
          fate: 'kept',
        },
      ],
    },
    {
      title: 'Severity',
      text: `| Xray | level | rank | security-severity of a security finding |
| --- | --- | --- | --- |
| Critical | error | 95 | 9.5 |
| High | error | 80 | 8.0 |
| Medium | warning | 55 | 5.5 |
| Low | note | 20 | 2.0 |
| Information | note | 5 | |
| Unknown, or empty | note | | |
| anything else | note, with SF-K104 | | |

Licences and operational risks have no \`security-severity\`. \`rank\` is ten times the \`security-severity\` where there is one.`,
      rows: [],
    },
  ],
};
