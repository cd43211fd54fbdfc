import type { ConverterPage } from '../documentation/converter-page.ts';

/** What goes where. Losses of a conversion are named by the fields of this table. */
export const sonarqubePage: ConverterPage = {
  title: 'SonarQube',
  intro: `Read: answers of \`api/issues/search\`, \`api/hotspots/search\`, \`api/hotspots/show\`, \`api/rules/show\` and \`api/rules/search\` of
SonarQube Server, Community Build and Cloud (SonarCloud) of all versions, preview reports of the scanner (6.x and 7.x), documents of
sonar-report, and the generic format for issues of other tools, of before and since version 10.3. A report may be one answer, an array of
answers (pages), a document that holds issues, hotspots, components and rules together, or an array of nothing but issues or hotspots.
Pages in files of their own, given together, are read as one report where project, page size and total agree.

All pages of one project are one run, and its driver is always called "SonarQube"; each generic report is a run of its own. Pages of
several projects become a run each, where each page has the components of one project only. A finding that two pages have is written
once and counted as merged: pages move while the server goes on working. Properties that carry Sonar's own values start with \`sonar/\`.`,
  sections: [
    {
      title: 'The document',
      text: 'Rules and components may stand before or behind the findings. An address of the server, from the option `serverUrl` or the report, gives findings and rules their links.',
      rows: [
        {
          from: 'version',
          to: '`driver.version`, and `semanticVersion` when it is one (preview reports)',
          fate: 'placed',
        },
        {
          from: 'paging.total, total',
          to: 'SF-K201 and `run.properties["sonar/truncated"]` when the report holds fewer findings',
          fate: 'placed',
        },
        {
          from: 'components[].key, components[].path, components[].qualifier',
          to: 'the paths of findings; a project or module becomes a logical location of kind `module`',
          fate: 'placed',
        },
        { from: 'hotspotKeys', to: 'says which issues of sonar-report are hotspots', fate: 'placed' },
        { from: 'sonarBaseURL, serverUrl', to: '`hostedViewerUri` of results, `helpUri` of rules', fate: 'placed' },
        { from: 'branch, pullRequest', to: '`automationDetails.id`, `hostedViewerUri`', fate: 'placed' },
        {
          from: 'errors[].msg',
          to: 'notifications `sonar/error`; without issues or hotspots the run is not successful and has no `results`',
          fate: 'placed',
        },
        { from: 'rules[]', to: 'rules that no finding names are left out', fate: 'left out' },
        { from: 'users, actives', to: 'people, and quality profiles of rules', fate: 'left out' },
        { from: 'effortTotal, debtTotal, facets, *', to: '`run.properties["sonar/…"]`', fate: 'kept' },
      ],
    },
    {
      title: 'An issue or a hotspot',
      rows: [
        {
          from: 'rule, ruleKey',
          to: '`ruleId`; for hotspots of versions that do not name the rule, `hotspot:` and the security category',
          fate: 'placed',
        },
        {
          from: 'key',
          to: '`partialFingerprints["sonar/issueKey/v1"]` or `["sonar/hotspotKey/v1"]`, and `properties["sonar/key"]`; without it `generic/v1` is computed from rule, component, and line hash or message',
          fate: 'placed',
        },
        {
          from: 'hash',
          to: '`partialFingerprints["sonar/lineHash/v1"]`; `properties["sonar/lineHash"]` without a key',
          fate: 'placed',
        },
        {
          from: 'message, messageFormattings',
          to: '`message.text`, and `message.markdown` with code marked',
          fate: 'placed',
        },
        { from: 'messageFormattings', to: 'what does not fit into the message: `properties`', fate: 'kept' },
        {
          from: 'component, project, subProject',
          to: '`artifactLocation.uri`: the path of the component, else its key without the key of its project or module; a directory ends in `/`',
          fate: 'placed',
        },
        {
          from: 'textRange, startLine, startOffset, endLine, endOffset, line',
          to: '`region`, in UTF-16 units: offsets count from 0, columns from 1; offsets of 0 at both ends are whole lines; no region for a finding about the file',
          fate: 'placed',
        },
        { from: 'textRange.*, line', to: 'what makes no sense: `properties`', fate: 'kept' },
        {
          from: 'flows',
          to: '`relatedLocations` when no flow has a type and each has one location; else a code flow each, turned round, because Sonar writes them from their end',
          fate: 'placed',
        },
        { from: 'flows[].type, flows[].description', to: 'properties and message of the code flow', fate: 'placed' },
        { from: 'flows.*', to: 'what cannot be read: `properties["sonar/flows…"]`', fate: 'kept' },
        {
          from: 'severity, vulnerabilityProbability',
          to: '`level`, `rank`, and `security-severity` of security findings, as below; as written in `properties["sonar/severity"]`',
          fate: 'placed',
        },
        { from: 'impacts', to: 'as below, and `properties["sonar/impacts"]`', fate: 'kept' },
        {
          from: 'type',
          to: 'VULNERABILITY makes a security finding, BUG the tag `correctness`, CODE_SMELL `maintainability`; kept as well',
          fate: 'kept',
        },
        {
          from: 'securityCategory',
          to: 'the rule\'s tags; `properties["sonar/securityCategory"]`',
          fate: 'kept',
        },
        {
          from: 'status, resolution, issueStatus',
          to: 'FALSE-POSITIVE, WONTFIX, ACCEPTED, SAFE and ACKNOWLEDGED → an external suppression, accepted; CLOSED, FIXED and REMOVED → `baselineState` absent, and then unchanged for all others; all are kept',
          fate: 'kept',
        },
        {
          from: 'comments, comment, changelog',
          to: 'the last comment is part of the `justification` of a suppression; further ones and changes go to `properties`, without the people who made them',
          fate: 'kept',
        },
        {
          from: 'isNew',
          to: '`baselineState` new or unchanged, when every finding of the run has it and none is gone; else `properties["sonar/isNew"]`',
          fate: 'placed',
        },
        { from: 'creationDate', to: '`provenance.firstDetectionTimeUtc`', fate: 'placed' },
        { from: 'effort, debt', to: '`properties["sonar/effortMinutes"]`; a day has eight hours', fate: 'placed' },
        {
          from: 'tags',
          to: '`properties.tags`, and `taxa` where they name a class of CWE or OWASP that the rule does not; a category of CWE, which is no weakness, stays in `properties["sonar/tags"]`',
          fate: 'placed',
        },
        {
          from: 'project, projectName, organization, branch, pullRequest',
          to: '`run.properties["sonar/…"]` where all findings agree, else the properties of each',
          fate: 'placed',
        },
        {
          from: 'author, authors, assignee, assigneeName, reporter, users',
          to: '`properties` with the option `keepPeople`',
          fate: 'on request',
        },
        { from: 'actions, transitions, canChangeStatus', to: 'what the one who asked may do', fate: 'left out' },
        { from: 'component.*, project.*, *', to: '`properties["sonar/…"]`', fate: 'kept' },
      ],
      text: 'The message of an issue of the OWASP Dependency-Check plug-in (`Filename: … | Reference: … | CVSS Score: …`) is read as well: a logical location of kind `package`, `properties.cve`, `taxa`, and the CVSS number as `security-severity` where it agrees with the severity.',
    },
    {
      title: 'A rule',
      text: 'All that the report says of a rule is put together: the short list beside the issues, `api/rules`, the rule of a hotspot, the rules of sonar-report. HTML becomes plain text and Markdown without scripts, images and attributes.',
      rows: [
        { from: 'rule.name', to: '`shortDescription`', fate: 'placed' },
        {
          from: 'rule.htmlDesc, rule.mdDesc, rule.descriptionSections, rule.riskDescription, rule.vulnerabilityDescription, rule.fixRecommendations, rule.htmlNote, rule.mdNote',
          to: '`help`, each section under its heading',
          fate: 'placed',
        },
        {
          from: 'rule.securityStandards',
          to: '`relationships` to `run.taxonomies` for CWE and OWASP; without CWE among them, the classes that the description links to',
          fate: 'placed',
        },
        {
          from: 'rule.securityStandards',
          to: 'other standards: `properties["sonar/securityStandards"]`',
          fate: 'kept',
        },
        {
          from: 'rule.sysTags, rule.tags, rule.lang, rule.securityCategory',
          to: '`properties.tags`; `cwe-79` and `owasp-a3` are taxa as well',
          fate: 'placed',
        },
        { from: 'rule.tags', to: 'categories of CWE: `properties["sonar/tags"]`', fate: 'kept' },
        {
          from: 'rule.key',
          to: 'of imported issues (`external_<engine>:…`) `properties.ruleSource` is the engine',
          fate: 'placed',
        },
        {
          from: 'rule.cleanCodeAttribute, rule.impacts, rule.*',
          to: '`properties["sonar/…"]` of the rule',
          fate: 'kept',
        },
      ],
    },
    {
      title: 'Severity',
      text: `| severity | severity of an impact | probability of a hotspot | level | rank | security-severity of a security finding |
| --- | --- | --- | --- | --- | --- |
| BLOCKER | BLOCKER | | error | 95 | 9.5 |
| CRITICAL | HIGH | HIGH | error | 80 | 8.0 |
| MAJOR | MEDIUM | MEDIUM | warning | 55 | 5.5 |
| MINOR | LOW | LOW | note | 20 | 2.0 |
| INFO | INFO | | note | 5 | |
| anything else | | | note, with SF-K104 | | |

Where a finding has impacts, the one on SECURITY counts, else the highest; the option \`mode: 'standard'\` lets the severity count
instead. Security findings are those of type VULNERABILITY, hotspots, and those with an impact on SECURITY.

A hotspot waits for a person, for which SARIF has \`kind\` "review" and then wants the level "none", which consumers hide. So it is a
failure with the level of its probability and its rule has the tag \`security-hotspot\`, unless the option \`hotspots: 'review'\` asks
for the other.`,
      rows: [],
    },
    {
      title: 'The generic format',
      text: 'The driver has the name of the engine, or "SonarQube generic issues" where there are several. Since version 10.3 types and severities stand with the rules of the report.',
      rows: [
        {
          from: 'engineId, ruleId',
          to: '`ruleId` `engine:rule`; the engine is `properties.ruleSource` of the rule',
          fate: 'placed',
        },
        { from: 'primaryLocation', to: '`message`, `locations`; columns count from 0', fate: 'placed' },
        { from: 'secondaryLocations', to: '`relatedLocations`', fate: 'placed' },
        { from: 'effortMinutes', to: '`properties["sonar/effortMinutes"]`', fate: 'placed' },
        { from: 'severity', to: 'as above; as written in `properties["sonar/severity"]`', fate: 'placed' },
        { from: 'type, cleanCodeAttribute, impacts', to: 'as above, and `properties["sonar/…"]`', fate: 'kept' },
        { from: 'rule.name, rule.description', to: '`shortDescription`, `help` of the rule', fate: 'placed' },
        { from: 'primaryLocation.*, secondaryLocations.*, *', to: '`properties["sonar/…"]`', fate: 'kept' },
      ],
    },
  ],
};
