import type { Location, LogicalLocation, PropertyBag, Result } from '@sariflow/sarif';
import type { ConversionContext } from '../converter.ts';
import { type Doubt, noDoubt } from '../diagnostics/doubt.ts';
import { SourcePaths } from '../locations/source-paths.ts';
import { Findings } from '../reading/findings.ts';
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
import { agreeingScore } from '../shell/severity.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { applicabilityTag } from './applicability.ts';
import { highestScore } from './cves.ts';
import { EntryPart, type EntryPlace, parseEntry, type XrayFinding } from './entry.ts';
import { evidenceLocation } from './evidence.ts';
import { messageOf } from './finding-message.ts';
import { fixedVersion } from './packages.ts';
import { propertyName } from './property-name.ts';
import { Repeats } from './repeats.ts';
import { hasRatings, ruleOf } from './rule-texts.ts';
import { saysNoIssues } from './severity.ts';
import { regionOf } from './source-span.ts';
import { ViolationTable } from './violation-table.ts';

/** A list of entries in a report. */
export interface EntryList {
  readonly elements: () => Findings;
  readonly place: EntryPlace;
}

/** More places than anybody looks at would only make the result long. */
const mostRelated = 100;

/** A run about packages: vulnerabilities, licences, operational risks, and violations of policies about them. */
export class XrayRun implements RunDraft<XrayFinding> {
  readonly #lists: readonly EntryList[];
  readonly #context: ConversionContext;
  readonly #header: HeaderDraft;
  readonly #paths: SourcePaths;
  readonly #firstAdvisory = new FirstOfRule();
  readonly #firstTaxa = new Map<string, string>();
  #violations: ViolationTable | undefined;
  readonly #repeats = new Repeats();
  readonly #repeatedViolations = new Repeats();
  #passes = 0;

  constructor(lists: readonly EntryList[], context: ConversionContext, header: HeaderDraft) {
    this.#lists = lists;
    this.#context = context;
    this.#header = header;
    this.#paths = new SourcePaths(context.options.sourceRoot);
  }

  /** Findings before the violations that may repeat them. */
  findings(): Findings {
    return Findings.concat(() => this.#eachList());
  }

  async *#eachList(): AsyncGenerator<Findings> {
    this.#passes += 1;
    this.#violations ??= await this.#readViolations();
    for (const isViolation of [false, true]) {
      for (const { elements, place } of this.#lists) {
        if (place.isViolation !== isViolation) continue;
        yield elements().flatMap((raw) => this.#parts(raw, place, this.#occurrences(raw.value, place)));
      }
    }
  }

  parse(value: unknown, doubt: Doubt): XrayFinding | Refusal {
    return parseEntry(value, doubt);
  }

  outline(finding: XrayFinding): Outline {
    const { ruleId, severity, category, suppressions, taxa, cves } = finding;
    const first = this.#firstTaxa.get(ruleId);
    const hasOwnTaxa = first !== undefined && first !== taxaKey(finding);
    const security = category === 'vulnerability' || category === 'exposure';
    return {
      ruleId,
      severity,
      security,
      score: security ? agreeingScore(severity, highestScore(cves)) : undefined,
      suppressions,
      ...(hasOwnTaxa && { taxa }),
    };
  }

  survey(finding: XrayFinding): void {
    if (!finding.isViolation) this.#violations?.mark(finding);
  }

  descriptor(finding: XrayFinding): DescriptorDraft {
    this.#firstAdvisory.remember(finding.ruleId, finding.about);
    this.#firstTaxa.set(finding.ruleId, taxaKey(finding));
    if (hasRatings(finding)) this.#context.losses.keep('cves');
    return ruleOf(finding);
  }

  header(): HeaderDraft {
    return this.#header;
  }

  identity(finding: XrayFinding): Identity {
    const { violationId, ruleId, components, identityPath, span } = finding;
    return {
      fingerprints: violationId === undefined ? {} : { 'xray/violationId/v1': violationId },
      basis: () => {
        const names = components.map(({ purl, name, version }) => purl ?? `${name}@${version ?? ''}`);
        return [ruleId, names.sort().join(' '), identityPath];
      },
      line: span?.startLine ?? 0,
      column: span?.startColumn ?? 0,
    };
  }

  /** Violations may repeat findings. */
  mayMerge(): boolean {
    return true;
  }

  result(finding: XrayFinding): ResultDraft | undefined {
    if (finding.occurrences === 0 || (finding.isViolation && this.#violations?.isTaken(finding))) return undefined;
    const violations = finding.isViolation ? [] : (this.#violations?.take(finding) ?? []);
    const location = this.#location(finding);
    const related = this.#related(finding);
    const fields: ResultDraft['fields'] = {
      message: messageOf(finding),
      ...(location !== undefined && { locations: [location] }),
      ...(related.length > 0 && { relatedLocations: related }),
      ...(finding.impact.paths.length > 0 && { occurrenceCount: finding.impact.paths.length }),
    };
    const rank = finding.applicability === 'Not Applicable' ? 5 : undefined;
    return { fields, properties: this.#properties(finding, violations), rank };
  }

  #location({ file, span, components, impact }: XrayFinding): Location | undefined {
    const logicalLocations: LogicalLocation[] = [
      ...components.map(({ name, version, purl }) => ({
        name,
        fullyQualifiedName: purl ?? (version === undefined ? name : `${name}@${version}`),
        kind: 'package',
      })),
      ...impact.layers.map((digest) => ({ name: `sha256:${digest}`, kind: 'layer' })),
    ];
    if (file === undefined && logicalLocations.length === 0) return undefined;
    return {
      ...(file !== undefined && {
        physicalLocation: {
          artifactLocation: this.#paths.locationOf(fileName(file)),
          ...(span !== undefined && { region: regionOf(span, undefined) }),
        },
      }),
      ...(logicalLocations.length > 0 && { logicalLocations: distinct(logicalLocations) }),
    };
  }

  /** Other files that bring the package in, what it is part of, and code that reaches it. */
  #related({ file, manifests, impact, artifacts, cves }: XrayFinding): Result['relatedLocations'] & object {
    const files = [...manifests.map((manifest) => manifest.file), ...impact.files].filter((other) => other !== file);
    const locations: Location[] = [
      ...cves.flatMap(({ evidence }) => evidence).map((evidence) => evidenceLocation(evidence, this.#paths)),
      ...[...new Set(files)].map((other) => ({
        physicalLocation: { artifactLocation: this.#paths.locationOf(fileName(other)) },
        message: { text: 'Brings the package in' },
      })),
      ...artifacts.map((name) => ({
        logicalLocations: [{ name, kind: 'artifact' }],
        message: { text: 'Is part of this artifact' },
      })),
    ];
    const beyond = locations.length - mostRelated;
    if (beyond > 0) this.#context.losses.drop('impact_path', beyond);
    return locations.slice(0, mostRelated).map((location, index) => ({ id: index + 1, ...location }));
  }

  #properties(finding: XrayFinding, violations: readonly JsonObject[]): PropertyBag {
    const { losses } = this.#context;
    const { severityText, issueId, ruleId, applicability, researchSeverity, fixedVersions, impact } = finding;
    const versions = fixedVersions.map(fixedVersion);
    const fixedIn = [...new Set(versions.filter((version) => version !== undefined))];
    const tags = [
      ...(finding.isViolation || violations.length > 0 ? ['policy-violation'] : []),
      ...(applicability === undefined ? [] : [applicabilityTag(applicability)]),
    ];
    const bag: PropertyBag = {
      ...(tags.length > 0 && { tags }),
      ...(severityText !== undefined && { 'xray/severity': severityText }),
      ...(issueId !== undefined && !ruleId.endsWith(issueId) && { 'xray/issueId': issueId }),
      ...(applicability !== undefined && { 'xray/applicability': applicability }),
      ...(researchSeverity !== undefined && { 'xray/researchSeverity': researchSeverity }),
      ...(fixedIn.length > 0 && { fix: { fixedIn } }),
      ...(versions.some((version, index) => version !== fixedVersions[index]) && {
        'xray/fixedVersions': fixedVersions,
      }),
      ...(finding.occurrences > 1 && { 'xray/occurrences': finding.occurrences }),
      ...(impact.paths.length > 0 && { dependencyPaths: impact.paths }),
      ...(violations.length > 0 && { 'xray/violations': violations }),
    };
    keepInProperties(bag, finding.kept, { nameOf: propertyName, losses });
    const differing = this.#firstAdvisory.differing(ruleId, finding.about);
    if (differing !== undefined) {
      bag['xray/advisory'] = differing;
      losses.keep('advisory');
    }
    return bag;
  }

  /** Only where there are findings that they could repeat. */
  async #readViolations(): Promise<ViolationTable> {
    const table = new ViolationTable();
    if (this.#lists.every(({ place }) => place.isViolation)) return table;
    for (const { elements, place } of this.#lists) {
      if (!place.isViolation) continue;
      for await (const { value, broken } of elements().flatMap((raw) => this.#parts(raw, place))) {
        const finding = broken ?? this.parse(value, noDoubt);
        if (!(finding instanceof Refusal)) table.add(finding);
      }
    }
    return table;
  }

  #occurrences(entry: unknown, place: EntryPlace): number {
    if (!place.mayRepeat || !isObject(entry)) return 1;
    const repeats = place.isViolation ? this.#repeatedViolations : this.#repeats;
    if (this.#passes > 1) return repeats.occurrences(entry);
    repeats.count(entry);
    return 1;
  }

  /** A scan's entry may affect several components, each of which is a finding; some entries are none. */
  #parts(raw: RawFinding, place: EntryPlace, occurrences = 1): readonly RawFinding[] {
    const { value } = raw;
    if (!isObject(value)) return [raw];
    if (saysNoIssues(value['severity'])) return [];
    if (isInventory(value)) {
      if (this.#passes === 1) this.#context.losses.drop('rows[].license');
      return [];
    }
    const { components } = value;
    const keys = isObject(components) ? Object.keys(components) : [];
    if (keys.length === 0) return [{ ...raw, value: new EntryPart(value, undefined, place, occurrences) }];
    return keys.map((key) => ({ ...raw, value: new EntryPart(value, key, place, occurrences) }));
  }
}

/** A row of a licence report: what a component is licensed under, which is no finding. */
function isInventory(row: JsonObject): boolean {
  return 'license' in row && 'component' in row && !('severity' in row) && !('type' in row) && !('issue_id' in row);
}

/** Names of images and packages have colons, which no relative reference may start with. */
function fileName(file: string): string {
  return /^(?:file|https?):|^[A-Za-z]:[\\/]/i.test(file) ? file : file.replaceAll(':', '_');
}

function taxaKey({ taxa }: XrayFinding): string {
  if (taxa.length < 2) return taxa[0]?.id ?? '';
  return taxa
    .map(({ id }) => id)
    .sort()
    .join();
}

function distinct(locations: readonly LogicalLocation[]): LogicalLocation[] {
  if (locations.length === 1) return [...locations];
  return [...new Map(locations.map((location) => [JSON.stringify(location), location])).values()];
}
