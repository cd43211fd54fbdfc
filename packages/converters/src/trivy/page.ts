import type { ConverterPage } from '../documentation/converter-page.ts';

/** What goes where. Losses of a conversion are named by the fields of this table. */
export const trivyPage: ConverterPage = {
  title: 'Trivy',
  intro: `Read: the JSON of Trivy, schema version 2, of images, file systems, repositories, virtual machines and clusters
(\`trivy k8s\`), the list of results that versions before 0.20 wrote, and the reports
that Trivy's operator keeps in a cluster (\`kubectl get vulnerabilityreports -A -o json\`), one or a list. One report is one run. Properties that carry Trivy's own values start with \`trivy/\`.`,
  sections: [
    {
      title: 'The report',
      rows: [
        { from: 'Trivy.Version', to: '`driver.version`, and `semanticVersion` when it is one', fate: 'placed' },
        { from: 'ArtifactName', to: '`automationDetails.id`, without the tag of an image', fate: 'placed' },
        {
          from: 'Metadata.RepoURL, Metadata.Commit, Metadata.Branch',
          to: '`versionControlProvenance`, when the address names no user',
          fate: 'placed',
        },
        {
          from: 'SchemaVersion, ReportID, ArtifactID, ArtifactType, CreatedAt, ClusterName, Metadata',
          to: '`run.properties["trivy/…"]`',
          fate: 'kept',
        },
        { from: 'Resources[].Error, Findings[].Error', to: 'execution notifications', fate: 'placed' },
        {
          from: 'Results[].Packages',
          to: 'nothing, but for the lines of packages that have a vulnerability',
          fate: 'left out',
        },
        { from: 'Results[].CustomResources', to: 'nothing', fate: 'left out' },
        {
          from: 'metadata',
          to: 'of reports of the operator: the resource and, as properties, its container and image; all else nothing',
          fate: 'left out',
        },
        {
          from: 'Misconfigurations[].Status',
          to: 'checks that were passed are no findings, nor are controls of a benchmark without failed checks',
          fate: 'left out',
        },
      ],
    },
    {
      title: 'A finding',
      text: 'Vulnerabilities, failed checks of configurations, secrets and licences become results of one run. What was ignored or judged as not affecting the artifact (`ExperimentalModifiedFindings`), and checks with an exception, are suppressed results.',
      rows: [
        { from: 'VulnerabilityID, ID, RuleID, Name', to: '`ruleId`; of licences "license/…"', fate: 'placed' },
        {
          from: 'PkgPath, FilePath',
          to: 'the file',
          fate: 'placed',
        },
        {
          from: 'Target',
          to: 'else the file: of packages of an operating system the name of the image, with `_` for colons; what it is beside that is `properties["trivy/target"]`',
          fate: 'kept',
        },
        { from: 'Packages[].Locations, StartLine, EndLine, Code', to: '`region`', fate: 'placed' },
        {
          from: 'PkgName, InstalledVersion, PkgIdentifier.PURL',
          to: 'a logical location of kind `package`',
          fate: 'placed',
        },
        { from: 'Layer.DiffID, Layer.Digest', to: 'a logical location of kind `layer`', fate: 'placed' },
        { from: 'CauseMetadata.Resource', to: 'a logical location of kind `resource`', fate: 'placed' },
        { from: 'FixedVersion', to: '`properties.fix.fixedIn`, `message.text`', fate: 'placed' },
        { from: 'Title, Description, Resolution, References, PrimaryURL, CweIDs', to: 'the rule', fate: 'placed' },
        { from: 'Message', to: '`message.text`', fate: 'placed' },
        {
          from: 'CVSS',
          to: '`properties["trivy/CVSS"]` of the rule; `security-severity` where it agrees with the severity',
          fate: 'kept',
        },
        {
          from: 'VendorSeverity, PublishedDate, LastModifiedDate',
          to: '`properties["trivy/…"]` of the rule',
          fate: 'kept',
        },
        { from: 'Fingerprint', to: '`partialFingerprints["trivy/fingerprint/v1"]`', fate: 'placed' },
        { from: 'Statement', to: '`justification` of the suppression', fate: 'placed' },
        {
          from: 'rule',
          to: 'what differs from the first finding of the rule: `properties["trivy/rule"]`',
          fate: 'kept',
        },
        { from: 'VendorIDs, Status, SeveritySource, DataSource, *', to: '`properties["trivy/…"]`', fate: 'kept' },
      ],
    },
    {
      title: 'Severity',
      text: `| Trivy | level | rank | security-severity |
| --- | --- | --- | --- |
| CRITICAL | error | 95 | 9.5 |
| HIGH | error | 80 | 8.0 |
| MEDIUM | warning | 55 | 5.5 |
| LOW | note | 20 | 2.0 |
| UNKNOWN | note | | |
| anything else | note, with SF-K104 | | |

Licences have no \`security-severity\`.`,
      rows: [],
    },
  ],
};
