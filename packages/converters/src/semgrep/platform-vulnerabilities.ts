import type { Location, PropertyBag } from '@sariflow/sarif';
import { type ConversionContext, type OpenedRun, openedRun } from '../converter.ts';
import { type Doubt, noDoubt } from '../diagnostics/doubt.ts';
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
import { cweOf, cweTexts } from '../taxonomies/cwe.ts';
import { owaspOf } from '../taxonomies/owasp.ts';
import type { Taxon } from '../taxonomies/taxon.ts';
import { webUri } from '../texts/absolute-uri.ts';
import { Fields, type KeptValue } from '../values/fields.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { dependencyBasis, isUnreachable, packageLocation } from './dependency.ts';
import { isGone, suppressionsOf } from './platform-triage.ts';
import { parseVulnerability, type Vulnerability } from './platform-vulnerability.ts';
import { propertyName } from './property-name.ts';
import { semgrepDriver } from './tool.ts';

const advisoryMembers = new Set(['ruleId', 'title', 'description', 'severity', 'references', 'ecosystem']);
const referenceMembers = new Set(['cveIds', 'cweIds', 'owaspIds', 'urls']);

/** The run of an answer of the supply-chain API, which comes in pages. */
export function openPlatformVulnerabilities(
  report: JsonReport,
  root: JsonObject,
  context: ConversionContext,
): OpenedRun<unknown> {
  const fields = new Fields(root, report.doubt);
  fields.keepUnknown(
    new Set(['vulns', 'findings', 'results', 'errors', 'paths', 'skipped_rules', 'hasMore', 'cursor']),
  );
  const bag: PropertyBag = {};
  if (fields.flag('hasMore') === true) {
    fields.doubt('SF-K201', 'hasMore', 'The report says "hasMore": it is one page, and there are more findings.');
    bag['semgrep/truncated'] = true;
    fields.keep('cursor');
  }
  keepInProperties(bag, fields.kept, { nameOf: propertyName, losses: context.losses });
  return openedRun(new PlatformVulnerabilities(report, context, bag), new Notifications());
}

class PlatformVulnerabilities implements RunDraft<Vulnerability> {
  readonly #report: JsonReport;
  readonly #context: ConversionContext;
  readonly #properties: PropertyBag;
  readonly #paths: SourcePaths;
  readonly #firstAdvisory = new FirstOfRule();

  constructor(report: JsonReport, context: ConversionContext, bag: PropertyBag) {
    this.#report = report;
    this.#context = context;
    this.#properties = bag;
    this.#paths = new SourcePaths(context.options.sourceRoot);
  }

  findings(): AsyncIterable<RawFinding> {
    return this.#report.elements(['vulns']);
  }

  parse(value: unknown, doubt: Doubt): Vulnerability | Refusal {
    return parseVulnerability(value, doubt);
  }

  outline({ ruleId, advisory, severity, triage }: Vulnerability): Outline {
    const ownTaxa = !this.#firstAdvisory.agrees(ruleId, advisory, ['references']);
    return {
      ruleId,
      severity,
      security: true,
      suppressions: triage === undefined ? undefined : suppressionsOf(triage),
      absent: triage !== undefined && isGone(triage),
      ...(ownTaxa && { taxa: taxaOf(advisory) }),
    };
  }

  descriptor({ ruleId, advisory, title }: Vulnerability, _outline: Outline, doubt: Doubt): DescriptorDraft {
    this.#firstAdvisory.remember(ruleId, advisory);
    const fields = new Fields(advisory, doubt, ['advisory']);
    const description = fields.text('description') || undefined;
    const name = fields.text('title') || title;
    const references = fields.nested('references');
    references?.keepUnknown(referenceMembers);
    const cves = references?.texts('cveIds') ?? [];
    checkTaxa(references, 'cweIds', cweOf);
    checkTaxa(references, 'owaspIds', owaspOf);
    const urls = references?.texts('urls') ?? [];
    const helpUri = urls.map(webUri).find((uri) => uri !== undefined);
    for (const member of Object.keys(advisory)) if (!advisoryMembers.has(member)) fields.keep(member);
    const bag: PropertyBag = cves.length > 0 ? { cve: cves } : {};
    keepInProperties(bag, fields.kept, { nameOf: propertyName, losses: this.#context.losses });
    return {
      texts: {
        ...(name !== undefined && { shortDescription: { text: name } }),
        ...(description !== undefined && { fullDescription: { text: description } }),
        ...(helpUri !== undefined && { helpUri }),
        ...(urls.length > 0 && {
          help: { text: [description, 'References:', ...urls.map((url) => `- ${url}`)].filter(Boolean).join('\n') },
        }),
      },
      taxa: taxaOf(advisory),
      tags: ['supply-chain', ...cves],
      properties: bag,
    };
  }

  header(): HeaderDraft {
    const hasProperties = Object.keys(this.#properties).length > 0;
    return {
      driver: semgrepDriver(),
      executionSuccessful: true,
      run: hasProperties ? { properties: this.#properties } : {},
    };
  }

  identity({ ruleId, groupKey, dependency, line }: Vulnerability): Identity {
    return {
      fingerprints: groupKey === undefined ? {} : { 'semgrep/groupKey/v1': groupKey },
      basis: () => dependencyBasis(ruleId, dependency),
      line: line ?? 0,
      column: 0,
    };
  }

  result(finding: Vulnerability): ResultDraft {
    const { ruleId, title, dependency, fixedIn, severityText, viewer, firstSeen } = finding;
    const { name, version, reachability } = dependency;
    const bag: PropertyBag = {
      ...(severityText !== undefined && { 'semgrep/severity': severityText }),
      ...(reachability !== undefined && { 'semgrep/reachability': reachability }),
      ...(fixedIn !== undefined && { fix: { fixedIn: [fixedIn] } }),
    };
    keepInProperties(bag, finding.kept, { nameOf: propertyName, losses: this.#context.losses });
    const differing = this.#firstAdvisory.differing(ruleId, finding.advisory);
    if (differing !== undefined) {
      bag['semgrep/advisory'] = differing;
      this.#context.losses.keep('advisory');
    }
    const packageText = name === undefined ? '' : ` (${name}${version === undefined ? '' : `@${version}`})`;
    const location = this.#location(finding);
    const related = this.#usages(finding);
    const fields: ResultDraft['fields'] = {
      message: { text: `${title ?? ruleId}${packageText}` },
      ...(location !== undefined && { locations: [location] }),
      ...(related.length > 0 && { relatedLocations: related }),
      ...(viewer !== undefined && { hostedViewerUri: viewer }),
      ...(firstSeen !== undefined && { provenance: { firstDetectionTimeUtc: firstSeen } }),
    };
    return { fields, properties: bag, rank: isUnreachable(reachability) ? 5 : undefined };
  }

  #location({ dependency, line }: Vulnerability): Location | undefined {
    const logicalLocations = packageLocation(dependency);
    const { lockfile } = dependency;
    if (lockfile === undefined && logicalLocations.length === 0) return undefined;
    const region = line === undefined ? {} : { region: { startLine: line } };
    return {
      ...(lockfile !== undefined && {
        physicalLocation: { artifactLocation: this.#paths.locationOf(lockfile), ...region },
      }),
      ...(logicalLocations.length > 0 && { logicalLocations }),
    };
  }

  #keptProperties(kept: readonly KeptValue[]): { properties?: PropertyBag } {
    if (kept.length === 0) return {};
    const properties: PropertyBag = {};
    keepInProperties(properties, kept, { nameOf: propertyName, losses: this.#context.losses });
    return { properties };
  }

  #usages({ usages }: Vulnerability): Location[] {
    return usages.map(({ path, line, endLine, kept }, index) => ({
      id: index + 1,
      physicalLocation: {
        artifactLocation: this.#paths.locationOf(path),
        ...(line !== undefined && {
          region: { startLine: line, ...(endLine !== undefined && endLine >= line && { endLine }) },
        }),
      },
      message: { text: 'Uses the vulnerable code' },
      ...this.#keptProperties(kept),
    }));
  }
}

/** The weakness classes of an advisory, without doubts. */
function taxaOf(advisory: JsonObject): Taxon[] {
  const references = isObject(advisory['references']) ? advisory['references'] : {};
  const fields = new Fields(references, noDoubt);
  const taxa = [...fields.texts('cweIds').flatMap(cweTexts).map(cweOf), ...fields.texts('owaspIds').map(owaspOf)];
  return [
    ...new Map(
      taxa.filter((taxon) => taxon !== undefined).map((taxon) => [`${taxon.taxonomy} ${taxon.id}`, taxon]),
    ).values(),
  ];
}

function checkTaxa(references: Fields | undefined, name: string, parse: (text: string) => Taxon | undefined): void {
  for (const text of references?.texts(name) ?? []) {
    if (parse(text) !== undefined) continue;
    references?.doubt('SF-K108', name, `${JSON.stringify(text)} names no weakness class by number.`);
    references?.keep(name, text);
  }
}
