import type { Location, PropertyBag } from '@sariflow/sarif';
import { type ConversionContext, type OpenedRun, openedRun } from '../converter.ts';
import { type Doubt, noDoubt } from '../diagnostics/doubt.ts';
import { purlType } from '../locations/package-url.ts';
import { SourcePaths } from '../locations/source-paths.ts';
import type { JsonReport } from '../reading/json-report.ts';
import {
  type DescriptorDraft,
  type HeaderDraft,
  type Identity,
  type Outline,
  type RawFinding,
  Refusal,
  type ResultDraft,
  type RunDraft,
} from '../shell/drafts.ts';
import { FirstOfRule } from '../shell/first-of-rule.ts';
import { Notifications } from '../shell/notifications.ts';
import type { Severity } from '../shell/severity.ts';
import { cweOf } from '../taxonomies/cwe.ts';
import { owaspOf } from '../taxonomies/owasp.ts';
import type { Taxon } from '../taxonomies/taxon.ts';
import { webUri } from '../texts/absolute-uri.ts';
import { Fields, type KeptValue } from '../values/fields.ts';
import { isObject, type JsonObject, kindOf } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { type Dependency, dependencyBasis, isUnreachable, packageLocation } from './dependency.ts';
import { usableIdentity } from './placeholder.ts';
import { addressOf, readTime } from './platform-findings.ts';
import { isGone, suppressionsOf, type Triage } from './platform-triage.ts';
import { propertyName } from './property-name.ts';
import { severityOf } from './severity.ts';
import { semgrepDriver } from './tool.ts';

/** A place in the code that uses what is vulnerable. */
interface Usage {
  readonly path: string;
  readonly line: number | undefined;
  readonly endLine: number | undefined;
  readonly kept: readonly KeptValue[];
}

/** One entry of `vulns` of the platform's supply-chain API, checked. */
interface Vulnerability {
  readonly ruleId: string;
  readonly advisory: JsonObject;
  readonly title: string | undefined;
  readonly severity: Severity;
  readonly severityText: string | undefined;
  readonly dependency: Dependency;
  readonly line: number | undefined;
  readonly usages: readonly Usage[];
  readonly fixedIn: string | undefined;
  readonly groupKey: string | undefined;
  readonly triage: Triage | undefined;
  readonly viewer: string | undefined;
  readonly firstSeen: string | undefined;
  readonly kept: readonly KeptValue[];
}

const members = new Set([
  'title',
  'advisory',
  'dependencyFileLocation',
  'matchedDependency',
  'usages',
  'triage',
  'groupKey',
  'openedAt',
  'closestSafeDependency',
  'exposureType',
]);
const advisoryMembers = new Set(['ruleId', 'title', 'description', 'severity', 'references', 'ecosystem']);
const referenceMembers = new Set(['cveIds', 'cweIds', 'owaspIds', 'urls']);
const fileMembers = new Set(['path', 'startLine', 'url']);
const packageMembers = new Set(['name', 'versionSpecifier']);
const usageMembers = new Set(['location']);
const usageLocationMembers = new Set(['path', 'startLine', 'endLine']);

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

function parseVulnerability(value: unknown, doubt: Doubt): Vulnerability | Refusal {
  if (!isObject(value)) return new Refusal(`This finding is ${kindOf(value)} instead of an object.`);
  const advisory = value['advisory'];
  const ruleId = isObject(advisory) ? advisory['ruleId'] : undefined;
  if (!isObject(advisory) || typeof ruleId !== 'string' || ruleId === '') {
    return new Refusal('This finding has no "advisory.ruleId", so what is wrong with the dependency is not known.', [
      'advisory',
    ]);
  }
  const fields = new Fields(value, doubt);
  fields.keepUnknown(members);
  const advisoryFields = fields.at(advisory, ['advisory']);
  const file = fields.nested('dependencyFileLocation');
  file?.keepUnknown(fileMembers);
  const lockfile = file?.text('path') || undefined;
  if (lockfile === undefined)
    fields.doubt('SF-K103', undefined, 'The finding has no "dependencyFileLocation.path", so its file is not known.');
  const matched = fields.nested('matchedDependency');
  matched?.keepUnknown(packageMembers);
  const safe = fields.nested('closestSafeDependency');
  safe?.keepUnknown(packageMembers);
  if (safe?.object['name'] !== matched?.object['name']) safe?.keep('name');
  const ecosystem = advisoryFields.text('ecosystem');
  if (ecosystem !== undefined && purlType(ecosystem) === undefined) advisoryFields.keep('ecosystem');
  const dependency: Dependency = {
    ecosystem,
    name: matched?.text('name'),
    version: matched?.text('versionSpecifier'),
    lockfile,
    lockfileLine: undefined,
    manifest: undefined,
    reachability: fields.text('exposureType'),
    paths: [],
  };
  return {
    ruleId,
    advisory,
    title: fields.text('title') || advisoryFields.text('title'),
    ...readSeverity(advisoryFields),
    dependency,
    line: lineOf(file, 'startLine'),
    usages: readUsages(fields),
    fixedIn: safe?.text('versionSpecifier'),
    groupKey: usableIdentity(fields.label('groupKey')),
    triage: readTriage(fields),
    viewer: addressOf(file, 'url'),
    firstSeen: readTime(fields, 'openedAt'),
    kept: fields.kept,
  };
}

/** The weakness classes of an advisory, without doubts. */
function taxaOf(advisory: JsonObject): Taxon[] {
  const references = isObject(advisory['references']) ? advisory['references'] : {};
  const fields = new Fields(references, noDoubt);
  const taxa = [...fields.texts('cweIds').map(cweOf), ...fields.texts('owaspIds').map(owaspOf)];
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

function readSeverity(advisory: Fields): Pick<Vulnerability, 'severity' | 'severityText'> {
  const severityText = advisory.text('severity');
  const severity = severityText === undefined ? undefined : severityOf(severityText, true);
  if (severity !== undefined) return { severity, severityText };
  const words =
    severityText === undefined
      ? 'The finding has no "advisory.severity".'
      : `The severity ${JSON.stringify(severityText)} is none of Semgrep's.`;
  advisory.doubt('SF-K104', severityText === undefined ? undefined : 'severity', words);
  return { severity: 'unknown', severityText };
}

function readTriage(fields: Fields): Triage | undefined {
  const triage = fields.nested('triage');
  if (triage === undefined) return undefined;
  for (const name of Object.keys(triage.object)) if (name !== 'dismissReason') triage.keep(name);
  const read = { states: [triage.text('status')], reason: triage.text('dismissReason'), comment: undefined };
  if (suppressionsOf(read)?.[0] === undefined && read.reason !== '') triage.keep('dismissReason', read.reason);
  return read;
}

function readUsages(fields: Fields): Vulnerability['usages'] {
  return (fields.list('usages') ?? []).flatMap((usage, index) => {
    const place = isObject(usage) ? usage['location'] : undefined;
    if (!isObject(place)) {
      fields.doubtValue(['usages', index], usage, 'an object with a location');
      return [];
    }
    const location = fields.at(place, ['usages', index, 'location']);
    const path = location.text('path');
    if (path === undefined || path === '') {
      fields.keep('usages', usage);
      return [];
    }
    const own = fields.apart();
    own.at(usage as JsonObject, ['usages', index]).keepUnknown(usageMembers);
    own.at(place, ['usages', index, 'location']).keepUnknown(usageLocationMembers);
    return [{ path, line: lineOf(location, 'startLine'), endLine: lineOf(location, 'endLine'), kept: own.kept }];
  });
}

function lineOf(fields: Fields | undefined, name: string): number | undefined {
  const line = fields?.integer(name);
  if (line === undefined || line >= 1) return line;
  fields?.doubt('SF-K106', name, `Line ${line} is not a line: lines start at 1. It is left out.`);
  fields?.keep(name);
  return undefined;
}
