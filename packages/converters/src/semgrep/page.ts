import type { ConverterPage } from '../documentation/converter-page.ts';

/** What goes where. Losses of a conversion are named by the fields of this table. */
export const semgrepPage: ConverterPage = {
  title: 'Semgrep',
  intro: `Read: the JSON of \`semgrep scan\` and \`semgrep ci\` of all versions (Community, Pro, Supply Chain, Secrets), several of
them in an array, their \`results\` alone, and answers of the platform's findings and supply-chain APIs. One report is one run; its
driver is always called "Semgrep". Properties that carry Semgrep's own values start with \`semgrep/\`.`,
  sections: [
    {
      title: 'The report',
      rows: [
        { from: 'version', to: '`driver.version`, and `semanticVersion` when it is one', fate: 'placed' },
        { from: 'engine_requested', to: '`driver.properties["semgrep/engineRequested"]`', fate: 'placed' },
        {
          from: 'interfile_languages_used',
          to: '`driver.properties["semgrep/interfileLanguagesUsed"]`',
          fate: 'placed',
        },
        {
          from: 'errors[].type',
          to: '`descriptor.id` of a notification; rule and set-up errors are configuration notifications, all others execution notifications; details of a type are kept',
          fate: 'placed',
        },
        { from: 'errors[].level', to: '`level`: error, warn → warning, info → note', fate: 'placed' },
        {
          from: 'errors[].message, errors[].long_msg, errors[].short_msg',
          to: '`message.text`, the first that is there, without terminal escape sequences',
          fate: 'placed',
        },
        { from: 'errors[].path, errors[].spans', to: '`locations`', fate: 'placed' },
        { from: 'errors[].rule_id', to: '`associatedRule`', fate: 'placed' },
        { from: 'errors[].code, errors[].help, errors[].type', to: '`properties`', fate: 'kept' },
        {
          from: 'paths.skipped[]',
          to: 'notifications `semgrep/skipped/<reason>`, level note, a hundred of each reason and then their number',
          fate: 'placed',
        },
        { from: 'skipped_rules[]', to: 'configuration notifications, level warning', fate: 'placed' },
        { from: 'paths.scanned', to: '`run.artifacts` with the option `scannedFiles`', fate: 'on request' },
        {
          from: 'time, profiling_results, explanations',
          to: '`run.properties` with the option `keepProfile`',
          fate: 'on request',
        },
        { from: '*', to: '`run.properties["semgrep/…"]`', fate: 'kept' },
      ],
      text: 'A run is not successful (`executionSuccessful: false`) when there is an error of type Fatal error, Invalid YAML or InvalidRuleSchemaError, or an error with code 2 or higher and no finding. Without findings such a run has no `results` at all: it did not find nothing, it did not look.',
    },
    {
      title: 'A finding',
      rows: [
        {
          from: 'check_id',
          to: '`ruleId`; the option `stripRulePrefix` removes a dotted directory in front',
          fate: 'placed',
        },
        {
          from: 'path',
          to: '`artifactLocation.uri`, percent-encoded, `/` between segments; relative to `SRCROOT` when the source root is given',
          fate: 'placed',
        },
        {
          from: 'start, end',
          to: '`region`: lines and columns as they are, the end already being exclusive; columns count bytes and are turned into code points where the lines are known',
          fate: 'placed',
        },
        {
          from: 'start.offset, end.offset',
          to: '`byteOffset` and `byteLength` with the option `byteOffsets`',
          fate: 'on request',
        },
        { from: 'extra.message', to: '`message.text`', fate: 'placed' },
        {
          from: 'extra.severity, extra.metadata.sca-severity',
          to: '`level`, `rank` and the rule\'s `security-severity` as below; as written in `properties["semgrep/severity"]`',
          fate: 'placed',
        },
        {
          from: 'extra.lines',
          to: 'snippet of the `contextRegion`, or of the `region` when whole lines match; not when it is the place-holder `requires login`',
          fate: 'placed',
        },
        { from: 'extra.fix', to: '`fixes[0]`: replaces exactly the region; the empty text deletes it', fate: 'placed' },
        { from: 'extra.fix', to: '`properties["semgrep/fix"]` when the place of the match is not known', fate: 'kept' },
        {
          from: 'extra.fingerprint',
          to: '`partialFingerprints["semgrep/matchBasedId/v1"]` and `fingerprints["matchBasedId/v1"]`; without it `generic/v1` is computed from rule, path, and lines or message',
          fate: 'placed',
        },
        { from: 'extra.is_ignored', to: '`suppressions`: kind inSource, status accepted', fate: 'placed' },
        {
          from: 'extra.dataflow_trace',
          to: '`codeFlows[0]`, one thread flow in execution order, every step with its own file; kept as well when a part of it cannot be read',
          fate: 'placed',
        },
        { from: 'extra.dataflow_trace', to: '`properties["semgrep/dataflowTrace"]`', fate: 'kept' },
        { from: 'extra.engine_kind', to: '`properties["semgrep/engineKind"]`', fate: 'kept' },
        {
          from: 'extra.validation_state',
          to: '`properties["semgrep/validationState"]`; CONFIRMED_VALID sets `rank` to 100, CONFIRMED_INVALID to 10',
          fate: 'kept',
        },
        { from: 'extra.historical_info', to: '`properties["semgrep/historical"]`', fate: 'kept' },
        {
          from: 'extra.fix_regex',
          to: '`properties["semgrep/fixRegex"]`: it cannot be applied without the source',
          fate: 'kept',
        },
        {
          from: 'extra.metavars, extra.fixed_lines',
          to: '`properties` with the option `includeSource`',
          fate: 'on request',
        },
        { from: 'extra.extra_extra, extra.*, *', to: '`properties["semgrep/…"]`', fate: 'kept' },
      ],
    },
    {
      title: 'A rule',
      text: 'The report has no rules of its own: their metadata is repeated in each finding. The first finding of a rule describes it; what differs in a later one goes to that result\'s `properties["semgrep/metadata"]` and `taxa`.',
      rows: [
        {
          from: 'extra.metadata.shortDescription',
          to: '`shortDescription`; without it the first sentence of the first message',
          fate: 'placed',
        },
        {
          from: 'extra.metadata.cwe, extra.metadata.owasp',
          to: '`relationships` to `run.taxonomies`, and tags `external/cwe/cwe-079`, `external/owasp/a03-2021`',
          fate: 'placed',
        },
        { from: 'extra.metadata.cwe, extra.metadata.owasp', to: 'texts without a number: `properties`', fate: 'kept' },
        {
          from: 'extra.metadata.source, extra.metadata.source-rule-url, extra.metadata.shortlink, extra.metadata.references',
          to: '`help`; the first web address is `helpUri`',
          fate: 'placed',
        },
        { from: 'extra.metadata.confidence', to: '`properties.precision`', fate: 'placed' },
        {
          from: 'extra.metadata.cve, extra.metadata.ghsa, extra.metadata.sca-vuln-database-identifier',
          to: 'tags and `properties.cve` of the rule',
          fate: 'placed',
        },
        {
          from: 'extra.metadata.category, extra.metadata.technology, extra.metadata.vulnerability_class',
          to: '`properties.tags`, and `properties`',
          fate: 'placed',
        },
        { from: 'extra.metadata.security-severity', to: '`properties["security-severity"]`', fate: 'placed' },
        { from: 'extra.metadata.*', to: '`properties["semgrep/…"]`', fate: 'kept' },
        {
          from: 'extra.metadata',
          to: 'what differs from the first finding of the rule: `result.properties["semgrep/metadata"]`',
          fate: 'kept',
        },
      ],
    },
    {
      title: 'A dependency',
      rows: [
        {
          from: 'extra.sca_info.dependency_match.found_dependency',
          to: 'a logical location of kind `package` with its package URL; lock file and manifest are `relatedLocations`; other members are kept',
          fate: 'placed',
        },
        {
          from: 'extra.sca_info.dependency_match.dependency_paths',
          to: '`properties.dependencyPaths`, and their number as `occurrenceCount`',
          fate: 'placed',
        },
        {
          from: 'extra.sca_info.kind, extra.sca_info.reachable',
          to: '`properties["semgrep/reachability"]`; what is not reachable gets `rank` 5',
          fate: 'placed',
        },
        {
          from: 'extra.metadata.sca-fix-versions',
          to: "`properties.fix.fixedIn`, and the rule's properties",
          fate: 'kept',
        },
        { from: 'extra.sca_info.*', to: '`properties["semgrep/sca_info.…"]`', fate: 'kept' },
      ],
    },
    {
      title: 'Severity',
      text: `| Semgrep | level | rank | security-severity of a security rule |
| --- | --- | --- | --- |
| CRITICAL | error | 95 | 9.5 |
| ERROR, HIGH | error | 80 | 8.0 |
| WARNING, MEDIUM | warning | 55 | 5.5 |
| LOW, and INFO of a security rule | note | 20 | 2.0 |
| INFO of another rule, EXPERIMENT, INVENTORY | note | 5 | |
| anything else | note, with SF-K104 | | |

A rule is a security rule when its category is \`security\`, or it has no category and names a weakness class or a
\`security-severity\`; dependency and secret findings always are.`,
      rows: [],
    },
    {
      title: 'Platform findings',
      rows: [
        { from: 'id, match_based_id, syntactic_id', to: '`partialFingerprints`', fate: 'placed' },
        { from: 'rule_name, rule_message', to: '`ruleId`, `message.text`', fate: 'placed' },
        {
          from: 'rule.message, rule.cwe_names, rule.owasp_names, rule.category, rule.vulnerability_classes, rule.confidence',
          to: 'the rule: descriptions, taxa, tags, `precision`',
          fate: 'placed',
        },
        { from: 'rule.*', to: '`properties` of the rule', fate: 'kept' },
        { from: 'location', to: '`physicalLocation`', fate: 'placed' },
        { from: 'severity', to: 'as above', fate: 'placed' },
        {
          from: 'state, status, triage_state',
          to: 'fixed, removed → `baselineState` absent, and then unchanged for all others; ignored → an external suppression with `triage_reason` and `triage_comment`; all three are kept',
          fate: 'kept',
        },
        { from: 'triage_reason, triage_comment', to: '`justification` of the suppression', fate: 'placed' },
        { from: 'line_of_code_url', to: '`hostedViewerUri`', fate: 'placed' },
        { from: 'external_ticket.url', to: '`workItemUris`', fate: 'placed' },
        { from: 'repository.url, ref', to: '`run.versionControlProvenance`', fate: 'placed' },
        { from: 'created_at', to: '`provenance.firstDetectionTimeUtc`', fate: 'placed' },
        {
          from: 'vulnerability_identifier',
          to: 'tags and `properties.cve` of the rule, of supply-chain findings',
          fate: 'placed',
        },
        {
          from: 'found_dependency, fix_recommendations',
          to: 'a logical location of kind `package`; `properties.fix.fixedIn`',
          fate: 'placed',
        },
        { from: 'external_ticket.*, *', to: '`properties["semgrep/…"]`', fate: 'kept' },
      ],
    },
    {
      title: 'Platform supply chain',
      rows: [
        { from: 'advisory.ruleId', to: '`ruleId`', fate: 'placed' },
        {
          from: 'title, advisory.title, advisory.description, advisory.references',
          to: 'the rule: descriptions, taxa, `properties.cve`, help',
          fate: 'placed',
        },
        { from: 'advisory.severity', to: 'as above', fate: 'placed' },
        { from: 'advisory.*', to: '`properties` of the rule', fate: 'kept' },
        {
          from: 'dependencyFileLocation.path, dependencyFileLocation.startLine, dependencyFileLocation.url',
          to: '`physicalLocation`, `hostedViewerUri`',
          fate: 'placed',
        },
        { from: 'matchedDependency', to: 'a logical location of kind `package`', fate: 'placed' },
        { from: 'usages[].location', to: '`relatedLocations`', fate: 'placed' },
        { from: 'closestSafeDependency', to: '`properties.fix.fixedIn`', fate: 'placed' },
        { from: 'exposureType', to: '`properties["semgrep/reachability"]`', fate: 'placed' },
        { from: 'groupKey', to: '`partialFingerprints["semgrep/groupKey/v1"]`', fate: 'placed' },
        { from: 'triage.status', to: 'as in platform findings; all members of `triage` are kept', fate: 'placed' },
        { from: 'openedAt', to: '`provenance.firstDetectionTimeUtc`', fate: 'placed' },
        { from: 'hasMore', to: 'SF-K201 and `run.properties["semgrep/truncated"]`', fate: 'placed' },
        { from: 'triage.*, cursor, *', to: '`properties["semgrep/…"]`', fate: 'kept' },
      ],
    },
  ],
};
