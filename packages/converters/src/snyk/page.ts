import type { ConverterPage } from '../documentation/converter-page.ts';

/** What goes where. Losses of a conversion are named by the fields of this table. */
export const snykPage: ConverterPage = {
  title: 'Snyk',
  intro: `Read: the JSON of \`snyk test\`, \`snyk container test\`, \`snyk iac test\` (one project, or an array of several) and unmanaged
dependencies; unified test results; answers of the REST and V1 APIs, and of the server that the command line asks. \`snyk code test
--json\` is SARIF already. One project is one run, an application inside of an image is one too, and so is each file of
infrastructure as code; all pages of an answer of the REST API are one run, also when each is a
file of its own: their addresses tell that they belong together. \`automationDetails.id\` is
\`snyk/<product>/<project>/\`, with the file as well where projects of a report share a name, and never a time.
Properties that carry Snyk's own values start with \`snyk/\`.`,
  sections: [
    {
      title: 'A project',
      rows: [
        {
          from: 'projectName, displayTargetFile, targetFile, path',
          to: '`automationDetails.id`, and the place of the findings; also `run.properties`',
          fate: 'kept',
        },
        {
          from: 'docker, platform, packageManager',
          to: 'the product in `driver.name`: "Snyk Open Source", "Snyk Container", "Snyk IaC", "Snyk Code", "Snyk Secrets", and "Snyk" for answers of APIs; also `run.properties`',
          fate: 'kept',
        },
        {
          from: 'error, code',
          to: 'a notification of level error and `executionSuccessful: false`; a project that could not be tested is a run without `results`',
          fate: 'placed',
        },
        { from: 'applications[]', to: 'runs of their own', fate: 'placed' },
        {
          from: 'remediation.upgrade, remediation.pin, remediation.patch, remediation.ignore',
          to: '`properties.fix` of the results they are about, and `run.properties`',
          fate: 'kept',
        },
        {
          from: 'remediation.unresolved, depGraphData, depsFilePaths, issues, issuesData, affectedPkgs',
          to: 'they say again what the findings say',
          fate: 'left out',
        },
        { from: 'policy', to: 'the text of a policy file', fate: 'left out' },
        {
          from: 'fileSignaturesDetails',
          to: 'the directory of an unmanaged dependency is the place of its findings, and the rest `properties["snyk/fileSignature"]`',
          fate: 'placed',
        },
        { from: 'links', to: 'addresses of pages', fate: 'left out' },
        { from: 'applications.*, *', to: '`run.properties["snyk/…"]`', fate: 'kept' },
      ],
    },
    {
      title: 'A vulnerability or licence issue',
      text: `Entries that differ in nothing but the path are one result: one for each advisory, package and version of a project. The summary
counts the others as merged. It stands where the last of its entries stands.`,
      rows: [
        { from: 'id', to: '`ruleId`', fate: 'placed' },
        {
          from: 'name, version, packageVersion',
          to: 'a logical location of kind `package` with its package URL',
          fate: 'placed',
        },
        {
          from: 'displayTargetFile, targetFile, path',
          to: '`artifactLocation.uri`: the manifest that belongs to a lock file, with the lock file as `relatedLocation`; the Dockerfile; the image with `_` for `:`, and the file inside of it behind that; no region',
          fate: 'placed',
        },
        { from: 'title', to: '`message`, with the package, the paths and the advice', fate: 'placed' },
        {
          from: 'from',
          to: '`properties.dependencyPaths`, root first, up to a thousand; their number is `occurrenceCount`. Of `--group-issues` all paths of an advisory stand in one entry, which is one result',
          fate: 'placed',
        },
        {
          from: 'from',
          to: 'paths beyond a thousand; and, in reports that no project writes, those beyond 16 MB of paths or 10,000 dependencies whose last entry is still to come',
          fate: 'left out',
        },
        {
          from: 'upgradePath, isUpgradable, isPatchable, isPinnable, nearestFixedInVersion',
          to: '`properties.fix`: `upgradeTo`, `pins`, `fixedIn` and the three answers; `properties["snyk/upgradePaths"]`. Never `fixes`: the report does not say which characters of which file to replace',
          fate: 'placed',
        },
        {
          from: 'severityWithCritical, severity, cvssScore',
          to: '`level`, `rank` and `security-severity` as below; as written in `properties["snyk/severity"]`',
          fate: 'placed',
        },
        { from: 'severity', to: '`properties`, where it is another than `severityWithCritical`', fate: 'kept' },
        {
          from: 'filtered.ignore[], filtered.patch[]',
          to: 'results with an external, accepted suppression; reason, author, expiry and path are its justification and properties. A dependency that is ignored along some paths only is not suppressed: what is ignored stands in `properties["snyk/ignoredPaths"]`',
          fate: 'placed',
        },
        { from: 'isIgnored, isPatched, ignoreReasons', to: 'the same, in answers of the V1 API', fate: 'placed' },
        {
          from: 'project, projects',
          to: 'in answers of the V1 API: findings of different projects are different, and the manifest of the project is their place',
          fate: 'placed',
        },
        { from: 'isFixed', to: '`baselineState` absent, and then unchanged for all others', fate: 'placed' },
        {
          from: 'advisory',
          to: 'what differs from the first finding of the rule: `result.properties["snyk/advisory"]`, and `taxa`',
          fate: 'kept',
        },
        { from: '*', to: '`properties["snyk/…"]`', fate: 'kept' },
      ],
    },
    {
      title: 'Its rule',
      text: 'The report has no rules of its own: the advisory is repeated in each finding. The first finding describes the rule.',
      rows: [
        { from: 'title, packageName', to: '`shortDescription`', fate: 'placed' },
        {
          from: 'description, references, legalInstructions, legalInstructionsArray',
          to: '`fullDescription`, `help`; HTML is shown as text, images become their description, and only web links stay links',
          fate: 'placed',
        },
        {
          from: 'identifiers.CWE',
          to: '`relationships` to `run.taxonomies`, tags `external/cwe/cwe-079`',
          fate: 'placed',
        },
        { from: 'identifiers.CVE, identifiers.GHSA', to: '`properties.cve`, tags', fate: 'placed' },
        { from: 'identifiers', to: '`properties`, where it has others', fate: 'kept' },
        {
          from: 'type',
          to: 'a licence has the tag `license` and no `security-severity`',
          fate: 'placed',
        },
        {
          from: 'CVSSv3, cvssScore, cvssDetails, cvssSources, exploit, exploitMaturity, exploitDetails, epssDetails, fixedIn, semver, patches, *',
          to: '`properties["snyk/…"]` of the rule',
          fate: 'kept',
        },
      ],
    },
    {
      title: 'Infrastructure as code',
      rows: [
        { from: 'publicId, id', to: '`ruleId`', fate: 'placed' },
        { from: 'title, msg', to: '`message.text`', fate: 'placed' },
        { from: 'targetFile, lineNumber', to: '`physicalLocation`; −1 is no line', fate: 'placed' },
        { from: 'path, cloudConfigPath', to: 'a logical location of kind `resource`', fate: 'placed' },
        {
          from: 'iacDescription, issue, impact, resolve, remediation, references, documentation, description',
          to: 'descriptions and help of the rule',
          fate: 'placed',
        },
        { from: 'isIgnored', to: '`suppressions`', fate: 'placed' },
        {
          from: 'infrastructureAsCodeSuccesses[]',
          to: 'results of kind `pass` with the option `includePassed`',
          fate: 'on request',
        },
        {
          from: 'infrastructureAsCodeSuccesses',
          to: 'results of kind `pass` with the option `includePassed`',
          fate: 'on request',
        },
        {
          from: 'rule',
          to: 'what differs from the first finding of the rule: `properties["snyk/rule"]`',
          fate: 'kept',
        },
        {
          from: 'subType, type, policyEngineType, compliance, isGeneratedByCustomRule, *',
          to: '`properties["snyk/…"]`',
          fate: 'kept',
        },
      ],
    },
    {
      title: 'Severity',
      text: `| Snyk | level | rank | security-severity |
| --- | --- | --- | --- |
| critical | error | 95 | 9.5 |
| high | error | 80 | 8.0 |
| medium | warning | 55 | 5.5 |
| low | note | 20 | 2.0 |
| info, none | note | 5 | |
| anything else | note, with SF-K104 | | |

A CVSS number takes the place of \`security-severity\` where it falls into the same band; otherwise Snyk, a distribution or a policy has
rated the finding on purpose, and the number is only kept. A risk score of a test result or an issue, of 0 to 1000, is ten times the \`rank\`.`,
      rows: [],
    },
    {
      title: 'Unified test results',
      rows: [
        {
          from: 'findings[].attributes.problems, problemStore, _problemRefs',
          to: 'the problem of Snyk is the rule; CVE, CWE and GHSA are its taxa, `properties.cve` and tags',
          fate: 'placed',
        },
        { from: 'attributes.problems.*', to: '`properties["snyk/…"]` of the rule', fate: 'kept' },
        {
          from: 'attributes.problems',
          to: 'what differs from the first finding of the rule: `properties["snyk/problem"]`',
          fate: 'kept',
        },
        {
          from: 'attributes.key',
          to: '`partialFingerprints["snyk/key/v1"]`; for code and secrets also the `fingerprints` of Snyk\'s own logs; a dependency has that of the command line, too',
          fate: 'placed',
        },
        {
          from: 'attributes.locations',
          to: '`physicalLocation` with lines and columns as they are, or the package in the manifest that was tested',
          fate: 'placed',
        },
        {
          from: 'attributes.evidence',
          to: 'paths to the package are `properties.dependencyPaths`, flows are `codeFlows` and kept as well',
          fate: 'kept',
        },
        { from: 'attributes.rating.severity, attributes.risk.risk_score', to: 'as above', fate: 'placed' },
        {
          from: 'attributes.suppression',
          to: '`suppressions`: ignored → accepted, pending_ignore_approval → underReview, anything else → rejected; one that had expired when the test was made is kept only',
          fate: 'kept',
        },
        {
          from: 'reachability',
          to: '`properties["snyk/reachability"]`',
          fate: 'kept',
        },
        {
          from: 'attributes.message, attributes.fingerprint',
          to: 'in findings as one part of the command line hands them to another: title, `message` and `partialFingerprints`',
          fate: 'kept',
        },
        { from: 'relationships.fix', to: '`properties.fix`, and kept', fate: 'kept' },
        { from: 'relationships.*, attributes.*', to: '`properties["snyk/…"]`', fate: 'kept' },
        { from: 'errors[], warnings[]', to: 'notifications', fate: 'placed' },
        {
          from: 'executionState, findingsComplete',
          to: '`executionSuccessful`, SF-K201; and `run.properties`',
          fate: 'kept',
        },
      ],
    },
    {
      title: 'Answers of the REST API',
      text: 'One result for each coordinate of an issue; an issue without coordinates is one result.',
      rows: [
        {
          from: 'attributes.key, attributes.problems, attributes.title',
          to: "`ruleId`: the advisory of a package, the id of a template's rule, the title of what is found in code",
          fate: 'placed',
        },
        { from: 'id, attributes.key', to: '`partialFingerprints`', fate: 'placed' },
        { from: 'attributes.effective_severity_level, attributes.severities', to: 'as above', fate: 'placed' },
        {
          from: 'attributes.status',
          to: 'resolved → `baselineState` absent, and then unchanged for all others',
          fate: 'placed',
        },
        { from: 'attributes.ignored, relationships.ignore', to: '`suppressions`', fate: 'placed' },
        { from: 'attributes.created_at', to: '`provenance.firstDetectionTimeUtc`', fate: 'placed' },
        { from: 'attributes.classes', to: '`relationships` to `run.taxonomies`', fate: 'placed' },
        {
          from: 'attributes.coordinates.remedies.details.upgrade_package',
          to: '`message.text`, `properties.fix.fixedIn`',
          fate: 'placed',
        },
        {
          from: 'attributes.coordinates',
          to: 'file and region, package, or resource; all else of a coordinate is kept',
          fate: 'placed',
        },
        {
          from: 'included[]',
          to: 'projects: their manifest is the place of the packages of issues, their name `properties["snyk/project"]`, their branch `properties["snyk/targetReference"]`',
          fate: 'placed',
        },
        { from: 'included.*', to: 'what else is said of projects', fate: 'left out' },
        { from: 'links.next', to: 'SF-K201 and `run.properties["snyk/truncated"]`', fate: 'placed' },
        { from: 'attributes.*, relationships.*, *', to: '`properties["snyk/…"]`', fate: 'kept' },
      ],
    },
  ],
};
