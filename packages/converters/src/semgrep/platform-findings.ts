import type { Location, PropertyBag, Result, VersionControlDetails } from '@sariflow/sarif';
import { type ConversionContext, type OpenedRun, openedRun } from '../converter.ts';
import type { Doubt } from '../diagnostics/doubt.ts';
import { SourcePaths } from '../locations/source-paths.ts';
import type { JsonReport } from '../reading/json-report.ts';
import type {
  DescriptorDraft,
  HeaderDraft,
  Identity,
  Outline,
  RawFinding,
  Refusal,
  ResultDraft,
  RunDraft,
} from '../shell/drafts.ts';
import { FirstOfRule } from '../shell/first-of-rule.ts';
import { Notifications } from '../shell/notifications.ts';
import { firstSentence } from '../texts/first-sentence.ts';
import { Fields } from '../values/fields.ts';
import type { JsonObject } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { packageLocation } from './dependency.ts';
import { type PlatformFinding, parsePlatformFinding } from './platform-finding.ts';
import { isGone, suppressionsOf } from './platform-triage.ts';
import { propertyName } from './property-name.ts';
import { plainRegion } from './region.ts';
import { semgrepDriver } from './tool.ts';

const ruleMembers = new Set([
  'name',
  'message',
  'cwe_names',
  'owasp_names',
  'confidence',
  'category',
  'vulnerability_classes',
]);
const precisions = new Set(['high', 'medium', 'low']);

/** The run of an answer of the findings API. */
export function openPlatformFindings(
  report: JsonReport,
  root: JsonObject,
  context: ConversionContext,
): OpenedRun<unknown> {
  const notifications = new Notifications();
  const fields = new Fields(root, report.doubt);
  fields.keepUnknown(new Set(['findings', 'results', 'vulns', 'errors', 'paths', 'skipped_rules']));
  const bag: PropertyBag = {};
  keepInProperties(bag, fields.kept, { nameOf: propertyName, losses: context.losses });
  return openedRun(new PlatformFindings(report, context, bag), notifications);
}

class PlatformFindings implements RunDraft<PlatformFinding> {
  readonly #report: JsonReport;
  readonly #context: ConversionContext;
  readonly #properties: PropertyBag;
  readonly #paths: SourcePaths;
  readonly #repositories = new Map<string, VersionControlDetails>();
  readonly #firstRule = new FirstOfRule();
  #hasTickets = false;

  constructor(report: JsonReport, context: ConversionContext, bag: PropertyBag) {
    this.#report = report;
    this.#context = context;
    this.#properties = bag;
    this.#paths = new SourcePaths(context.options.sourceRoot);
  }

  findings(): AsyncIterable<RawFinding> {
    return this.#report.elements(['findings']);
  }

  parse(value: unknown, doubt: Doubt): PlatformFinding | Refusal {
    return parsePlatformFinding(value, doubt);
  }

  outline(finding: PlatformFinding): Outline {
    const { ruleName, rule, severity, isSecurity, triage, taxa } = finding;
    const ownTaxa = !this.#firstRule.agrees(ruleName, rule, ['cwe_names', 'owasp_names']);
    return {
      ruleId: ruleName,
      severity,
      security: isSecurity,
      suppressions: suppressionsOf(triage),
      absent: isGone(triage),
      ...(ownTaxa && { taxa }),
    };
  }

  survey({ repository, repositoryName, branch, ticket }: PlatformFinding): void {
    this.#hasTickets ||= ticket !== undefined;
    if (repository === undefined) return;
    this.#repositories.set(JSON.stringify([repository, branch, repositoryName]), {
      repositoryUri: repository,
      ...(repositoryName !== undefined && { properties: { 'semgrep/name': repositoryName } }),
      ...(branch !== undefined && { branch }),
    });
  }

  descriptor(
    { ruleName, rule, message, confidence, taxa, advisory }: PlatformFinding,
    _outline: Outline,
    doubt: Doubt,
  ): DescriptorDraft {
    this.#firstRule.remember(ruleName, rule);
    const fields = new Fields(rule, doubt, ['rule']);
    const text = fields.text('message') ?? message;
    const precision = (fields.text('confidence') ?? confidence)?.toLowerCase();
    const isKnown = precision !== undefined && precisions.has(precision);
    if (precision !== undefined && !isKnown) {
      fields.doubt('SF-K105', undefined, `The confidence ${JSON.stringify(precision)} is none of high, medium, low.`);
      fields.keep('confidence', precision);
    }
    const { cves, ghsas } = advisory;
    const tags = [...fields.texts('category'), ...fields.texts('vulnerability_classes'), ...cves, ...ghsas];
    for (const name of Object.keys(rule)) if (!ruleMembers.has(name)) fields.keep(name);
    const bag: PropertyBag = { ...(isKnown && { precision }), ...(cves.length > 0 && { cve: cves }) };
    keepInProperties(bag, fields.kept, { nameOf: propertyName, losses: this.#context.losses });
    const texts =
      text === undefined || text === ''
        ? {}
        : { shortDescription: { text: firstSentence(text) }, fullDescription: { text } };
    return { texts, taxa, tags, properties: bag, provisional: Object.keys(rule).length === 0 };
  }

  header(): HeaderDraft {
    const provenance = [...this.#repositories.values()];
    return {
      driver: semgrepDriver(),
      executionSuccessful: true,
      run: {
        ...(provenance.length > 0 && { versionControlProvenance: provenance }),
        columnKind: 'unicodeCodePoints',
        ...(Object.keys(this.#properties).length > 0 && { properties: this.#properties }),
      },
    };
  }

  identity({ ruleName, path, message, span, fingerprints }: PlatformFinding): Identity {
    return {
      fingerprints,
      basis: () => [ruleName, path ?? '', (message ?? '').replace(/\s+/g, ' ').replace(/\d+/g, '#')],
      line: span?.start.line ?? 0,
      column: span?.start.column ?? 0,
    };
  }

  result(finding: PlatformFinding): ResultDraft {
    const { message, ruleName, viewer, ticket, firstSeen, severityText, span, repository, branch } = finding;
    const bag: PropertyBag = {
      ...(severityText !== undefined && { 'semgrep/severity': severityText }),
      ...(finding.fixedIn.length > 0 && { fix: { fixedIn: finding.fixedIn } }),
      ...(span?.start.column !== undefined && { 'semgrep/columnUnit': 'byte' }),
      ...(this.#repositories.size > 1 && repository !== undefined && { 'semgrep/repository': repository }),
      ...(this.#repositories.size > 1 && branch !== undefined && { 'semgrep/branch': branch }),
    };
    keepInProperties(bag, finding.kept, { nameOf: propertyName, losses: this.#context.losses });
    const differing = this.#firstRule.differing(ruleName, finding.rule);
    if (differing !== undefined) {
      bag['semgrep/rule'] = differing;
      this.#context.losses.keep('rule');
    }
    const location = this.#location(finding);
    const fields: ResultDraft['fields'] = {
      message: { text: message ?? ruleName },
      ...(location !== undefined && { locations: [location] }),
      ...(viewer !== undefined && { hostedViewerUri: viewer }),
      // Where some findings have tickets, the others have none (§3.27.27).
      ...(this.#hasTickets && { workItemUris: ticket === undefined ? [] : [ticket] }),
      ...(firstSeen !== undefined && {
        provenance: { firstDetectionTimeUtc: firstSeen } satisfies Result['provenance'],
      }),
    };
    return { fields, properties: bag };
  }

  #location({ path, span, dependency }: PlatformFinding): Location | undefined {
    const logicalLocations = dependency === undefined ? [] : packageLocation(dependency);
    if (path === undefined && logicalLocations.length === 0) return undefined;
    const region = span === undefined ? {} : { region: plainRegion(span) };
    return {
      ...(path !== undefined && { physicalLocation: { artifactLocation: this.#paths.locationOf(path), ...region } }),
      ...(logicalLocations.length > 0 && { logicalLocations }),
    };
  }
}
