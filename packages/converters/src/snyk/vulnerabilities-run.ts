import { type Location, type PropertyBag, sha256Hex } from '@sariflow/sarif';
import type { ConversionContext } from '../converter.ts';
import type { Doubt } from '../diagnostics/doubt.ts';
import { SourcePaths } from '../locations/source-paths.ts';
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
import { isObject } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { advisoryOf, ruleOfAdvisory, taxaOf } from './advisory.ts';
import { DependencyGroups, type DependencyParts, suppressionsOf } from './dependency-groups.ts';
import { fixAdvice } from './fix-advice.ts';
import type { ListedEntry } from './listed-entry.ts';
import { imagePath, manifestOf } from './manifest.ts';
import { managerOfAdvisory, type PackageIdentity, packageLocation, packageType } from './package-identity.ts';
import type { Project } from './project.ts';
import { propertyName } from './property-name.ts';
import { Remediation } from './remediation.ts';
import { snykDriver } from './tool.ts';
import { parseVulnerability, type Vulnerability, type VulnerabilityList } from './vulnerability.ts';
import { vulnerabilityMessage } from './vulnerability-message.ts';

/** An entry of one of the lists of findings. */
export type VulnerabilityEntry = ListedEntry<VulnerabilityList>;

const separator = '\u001f';
const notSuppressed: readonly never[] = [];
/** Stands for an identity in the first pass, which only asks whether there is one. */
const someIdentity: Readonly<Record<string, string>> = { 'snyk/dependency/v1': '-' };

/** The run of one project of Snyk Open Source or Snyk Container: one result for each advisory, package and version. */
export class VulnerabilitiesRun implements RunDraft<Vulnerability> {
  readonly #entries: () => AsyncIterable<RawFinding>;
  readonly #project: Project;
  readonly #context: ConversionContext;
  readonly #runId: string;
  readonly #paths: SourcePaths;
  readonly #groups = new DependencyGroups();
  readonly #firstAdvisory = new FirstOfRule();
  /** The weaknesses of each rule, from its first finding. */
  readonly #weaknesses = new Map<string, readonly string[]>();
  readonly #remediation: Remediation;
  #isSurveyed = false;

  /** `entries` gives the findings as `ListedEntry`, the same at each call. */
  constructor(entries: () => AsyncIterable<RawFinding>, project: Project, runId: string, context: ConversionContext) {
    this.#entries = entries;
    this.#project = project;
    this.#context = context;
    this.#runId = runId;
    this.#remediation = new Remediation(project.remediation);
    // Paths inside of an image have nothing to do with the directory of the caller.
    const isInImage = project.image !== undefined && !project.isFromDockerfile;
    this.#paths = new SourcePaths(isInImage ? undefined : context.options.sourceRoot);
  }

  findings(): AsyncIterable<RawFinding> {
    return this.#entries();
  }

  parse(value: unknown, doubt: Doubt): Vulnerability | Refusal {
    const { standing, value: entry } = value as VulnerabilityEntry;
    return parseVulnerability(entry, standing, doubt);
  }

  outline(vulnerability: Vulnerability): Outline {
    const { id, isLicense, score, weaknesses, severity, exclusions, isGone } = vulnerability;
    const ofRule = this.#weaknesses.get(id);
    const ownTaxa = ofRule !== undefined && !isSame(ofRule, weaknesses);
    const outline = {
      ruleId: id,
      score,
      security: !isLicense,
      absent: isGone,
      ...(ownTaxa && { taxa: taxaOf(weaknesses) }),
    };
    if (!this.#isSurveyed) {
      return { ...outline, severity, suppressions: exclusions.map(({ suppression }) => suppression) };
    }
    const group = this.#groups.of(vulnerability.key);
    const suppressions = group.left === 1 ? suppressionsOf(group, vulnerability) : notSuppressed;
    // The number of an entry that was rated lower does not go with the severity of them all.
    const agreed = severity === group.severity ? score : undefined;
    return { ...outline, score: agreed, severity: group.severity, suppressions };
  }

  survey(vulnerability: Vulnerability): void {
    this.#groups.count(vulnerability.key, vulnerability);
  }

  descriptor(
    { id, entry, weaknesses, packageName, isLicense }: Vulnerability,
    _outline: Outline,
    doubt: Doubt,
  ): DescriptorDraft {
    const advisory = advisoryOf(entry);
    this.#firstAdvisory.remember(id, advisory);
    this.#weaknesses.set(id, weaknesses);
    return ruleOfAdvisory(id, advisory, packageName, isLicense, doubt, this.#context.losses);
  }

  header(): HeaderDraft {
    this.#isSurveyed = true;
    const { product, properties, executionSuccessful } = this.#project;
    return {
      driver: snykDriver(product),
      executionSuccessful,
      run: {
        automationDetails: { id: this.#runId },
        ...(Object.keys(properties).length > 0 && { properties }),
      },
    };
  }

  identity(vulnerability: Vulnerability): Identity {
    const isLast = this.#isSurveyed && this.#groups.of(vulnerability.key).left === 1;
    const fingerprints = isLast ? { 'snyk/dependency/v1': this.#fingerprint(vulnerability) } : someIdentity;
    return { fingerprints, basis: () => [], line: 0, column: 0 };
  }

  /** One dependency may be reached by many paths. */
  mayMerge(): boolean {
    return true;
  }

  result(vulnerability: Vulnerability, outline: Outline): ResultDraft | undefined {
    const { id, entry } = vulnerability;
    const parts = this.#groups.add(vulnerability, this.#firstAdvisory.differing(id, advisoryOf(entry)));
    if (parts === undefined) return undefined;

    const { first, paths } = parts;
    const occurrences = parts.entries + parts.morePaths;
    const identity = this.#package(first);
    const advice = fixAdvice(parts, this.#remediation);
    const targetFile = this.#project.targetFile ?? first.project?.targetFile;
    const locations = this.#locations(identity, targetFile);
    const related = this.#relatedLocations(targetFile);
    const fields: ResultDraft['fields'] = {
      message: vulnerabilityMessage(first, paths, occurrences, advice),
      ...(locations !== undefined && { locations: [locations] }),
      ...(related.length > 0 && { relatedLocations: related }),
      occurrenceCount: occurrences,
    };
    return { fields, properties: this.#properties(parts, advice, outline.suppressions?.length !== 0) };
  }

  #properties(parts: DependencyParts, advice: PropertyBag, isSuppressed: boolean): PropertyBag {
    const { losses } = this.#context;
    const { first, differing, paths, upgradePaths, suppressions, kept, passedOver, cutPaths } = parts;
    const properties: PropertyBag = {};
    if (first.severityText !== undefined) properties['snyk/severity'] = first.severityText;
    if (paths.length > 0) properties['dependencyPaths'] = paths;
    // A suppression would hide the paths that are not ignored, too.
    if (!isSuppressed && suppressions.length > 0) properties['snyk/ignoredPaths'] = suppressions;
    if (Object.keys(advice).length > 0) properties['fix'] = advice;
    if (upgradePaths.length > 0) properties['snyk/upgradePaths'] = upgradePaths;
    losses.drop('from', passedOver + cutPaths);
    const signature = this.#signature(first);
    if (signature !== undefined) properties['snyk/fileSignature'] = signature;
    keepInProperties(properties, kept, { nameOf: propertyName, losses });
    if (differing.length > 0) {
      properties['snyk/advisory'] = differing.length === 1 ? differing[0] : differing;
      losses.keep('advisory', differing.length);
    }
    return properties;
  }

  #package({ id, packageName, version, packageManager }: DependencyParts['first']): PackageIdentity | undefined {
    if (packageName === undefined || packageName === '') return undefined;
    return {
      name: packageName,
      version,
      managers: [packageManager, this.#project.packageManager, managerOfAdvisory(id)],
    };
  }

  #locations(identity: PackageIdentity | undefined, targetFile: string | undefined): Location | undefined {
    const uri = this.#placeOf(identity, targetFile);
    if (uri === undefined && identity === undefined) return undefined;
    return {
      ...(uri !== undefined && { physicalLocation: { artifactLocation: this.#paths.locationOf(uri) } }),
      ...(identity !== undefined && { logicalLocations: [packageLocation(identity)] }),
    };
  }

  /** The manifest or Dockerfile, the directory of an unmanaged dependency, the file inside of an image, or the image. */
  #placeOf(identity: PackageIdentity | undefined, targetFile: string | undefined): string | undefined {
    const { image, isFromDockerfile, fileSignatures } = this.#project;
    if (identity !== undefined && fileSignatures !== undefined) {
      const signature = signatureOf(fileSignatures, identity);
      if (signature !== undefined) return signature;
    }
    const manifest = targetFile === undefined ? undefined : manifestOf(targetFile).manifest;
    if (image === undefined || image === '' || isFromDockerfile) return manifest;
    const inside = manifest === undefined ? '' : `/${manifest.replace(/^\/+/, '')}`;
    return `${imagePath(image)}${inside}`;
  }

  #relatedLocations(targetFile: string | undefined): Location[] {
    const { image } = this.#project;
    const lockFile = targetFile === undefined || image !== undefined ? undefined : manifestOf(targetFile).lockFile;
    if (lockFile === undefined) return [];
    const physicalLocation = { artifactLocation: this.#paths.locationOf(lockFile) };
    return [{ id: 1, physicalLocation, message: { text: 'Lock file' } }];
  }

  #signature({ path }: DependencyParts['first']): unknown {
    const { fileSignatures } = this.#project;
    const key = path.at(-1);
    if (fileSignatures === undefined || key === undefined || !Object.hasOwn(fileSignatures, key)) return undefined;
    const signature = fileSignatures[key];
    if (!isObject(signature)) return signature;
    const { filePaths: _files, ...rest } = signature;
    return rest;
  }

  #fingerprint(vulnerability: Vulnerability): string {
    const { id, packageName = '', version = '', packageManager, project } = vulnerability;
    const { product, targetFile, name, packageManager: projectManager } = this.#project;
    const type = packageType({ managers: [packageManager, projectManager, managerOfAdvisory(id)] });
    const manifest = targetFile === undefined ? (name ?? '') : manifestOf(targetFile).manifest;
    const own = project === undefined ? [] : [project.id];
    return sha256Hex([snykDriver(product).name, id, type, packageName, version, manifest, ...own].join(separator));
  }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, index) => text === other[index]);
}

function signatureOf(
  signatures: Readonly<Record<string, unknown>>,
  { name, version }: PackageIdentity,
): string | undefined {
  const key = `${name}@${version ?? ''}`;
  const signature = Object.hasOwn(signatures, key) ? signatures[key] : undefined;
  const path = isObject(signature) ? signature['path'] : undefined;
  return typeof path === 'string' && path !== '' ? path : undefined;
}
