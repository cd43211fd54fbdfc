import { type Location, type PropertyBag, sha256Hex } from '@sariflow/sarif';
import { type ConversionContext, type OpenedRun, openedRun } from '../converter.ts';
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
import { Notifications } from '../shell/notifications.ts';
import { agreeingScore } from '../shell/severity.ts';
import { Fields } from '../values/fields.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { taxaOf } from './advisory.ts';
import { mostPaths } from './dependency-groups.ts';
import { type ManifestFiles, manifestOf } from './manifest.ts';
import type { Opening } from './opening.ts';
import { managerOfAdvisory, type PackageIdentity, packageLocation, packageType } from './package-identity.ts';
import { propertyName } from './property-name.ts';
import { noteErrors } from './scan-failure.ts';
import { parseTestFinding, type TestFinding, type TestSurroundings } from './test-result-finding.ts';
import { aboutRule, ruleOfTest, weaknessIds } from './test-result-rule.ts';
import { type Product, snykDriver } from './tool.ts';
import { vulnerabilityMessage } from './vulnerability-message.ts';

const separator = '\u001f';
/** Tables that the findings are joined with, and what becomes notifications. */
const placed = new Set(['findings', 'problemStore', '_problemRefs', 'errors', 'warnings']);

const products: ReadonlyMap<string, Product> = new Map([
  ['sca', 'open-source'],
  ['sast', 'code'],
  ['secrets', 'secrets'],
  ['config', 'iac'],
]);

/** The run of one unified test result. */
export function openTestResult(
  opening: Opening,
  value: JsonObject,
  path: readonly (string | number)[],
): OpenedRun<unknown> {
  const { report, context } = opening;
  const fields = new Fields(value, report.doubt, path);
  fields.list('findings');
  if (!report.has([...path, 'findings']) && saysThereAreSome(value)) {
    fields.doubt('SF-K103', undefined, 'The test result counts findings and has no list of them.');
  }
  const notifications = new Notifications();
  const errors = noteErrors(fields, 'errors', 'error', notifications);
  noteErrors(fields, 'warnings', 'warning', notifications);
  const state = fields.text('executionState');
  const isFinished = state === undefined || state === 'finished';
  if (!isFinished) {
    const text = `The test ended in the state ${JSON.stringify(state)}.`;
    notifications.add('execution', { kind: 'snyk/test-not-finished', level: 'error', text });
  }
  if (fields.flag('findingsComplete') === false) {
    fields.doubt('SF-K201', 'findingsComplete', 'The test result says that it does not hold all findings.');
  }
  for (const name of ['problemStore', '_problemRefs']) fields.nested(name);
  for (const name of Object.keys(value)) if (!placed.has(name)) fields.keep(name);
  const properties: PropertyBag = {};
  keepInProperties(properties, fields.kept, { nameOf: propertyName, losses: context.losses });
  const failed = errors > 0 || !isFinished;
  return openedRun(new TestResultRun(opening, value, path, properties, !failed), notifications);
}

/** Whether the summaries of a test result, or the lack of them, speak of findings. */
function saysThereAreSome({ rawSummary, effectiveSummary }: JsonObject): boolean {
  const summaries = [rawSummary, effectiveSummary].filter(isObject);
  return summaries.length === 0 || summaries.some(({ count }) => count !== 0);
}

class TestResultRun implements RunDraft<TestFinding> {
  readonly #opening: Opening;
  readonly #context: ConversionContext;
  readonly #value: JsonObject;
  readonly #path: readonly (string | number)[];
  readonly #properties: PropertyBag;
  readonly #executionSuccessful: boolean;
  readonly #paths: SourcePaths;
  readonly #around: TestSurroundings;
  readonly #manifest: ManifestFiles | undefined;
  readonly #firstAbout = new FirstOfRule();
  readonly #products = new Set<Product>();
  #product: Product = 'platform';
  #runId: string | undefined;

  constructor(
    opening: Opening,
    value: JsonObject,
    path: readonly (string | number)[],
    properties: PropertyBag,
    executionSuccessful: boolean,
  ) {
    this.#opening = opening;
    this.#context = opening.context;
    this.#value = value;
    this.#path = path;
    this.#properties = properties;
    this.#executionSuccessful = executionSuccessful;
    this.#paths = new SourcePaths(this.#context.options.sourceRoot);
    const file = testedFile(value);
    this.#manifest = file === undefined ? undefined : manifestOf(file);
    const createdAt = value['createdAt'];
    this.#around = {
      paths: this.#paths,
      createdAt: typeof createdAt === 'string' ? createdAt : undefined,
      problemsOf: (findingId) => problemsOf(value, findingId),
    };
  }

  findings(): AsyncIterable<RawFinding> {
    return this.#opening.report.elements([...this.#path, 'findings']);
  }

  parse(value: unknown, doubt: Doubt): TestFinding | Refusal {
    return parseTestFinding(value, this.#around, doubt);
  }

  outline(finding: TestFinding): Outline {
    const { ruleId, severity, isLicense, suppressions, problem } = finding;
    const cvss = problem['cvss_base_score'];
    const ownTaxa = !this.#firstAbout.agrees(ruleId, aboutRule(finding), ['problems']);
    return {
      ruleId,
      severity,
      security: !isLicense,
      score: agreeingScore(severity, typeof cvss === 'number' ? cvss : undefined),
      suppressions,
      ...(ownTaxa && { taxa: taxaOf(weaknessIds(finding)) }),
    };
  }

  survey({ type }: TestFinding): void {
    this.#products.add(products.get(type ?? '') ?? 'platform');
  }

  descriptor(finding: TestFinding, _outline: Outline, doubt: Doubt): DescriptorDraft {
    this.#firstAbout.remember(finding.ruleId, aboutRule(finding));
    return ruleOfTest(finding, doubt, this.#context.losses);
  }

  header(): HeaderDraft {
    const [product, ...others] = this.#products.size > 0 ? this.#products : testedProducts(this.#value);
    this.#product = product === undefined || others.length > 0 ? 'platform' : product;
    const { metadata } = this.#value;
    const name = isObject(metadata) ? metadata['project-name'] : undefined;
    const named = typeof name === 'string' ? name : undefined;
    this.#runId ??= this.#opening.ids.next(this.#product, named, this.#manifest?.manifest);
    return {
      driver: snykDriver(this.#product),
      executionSuccessful: this.#executionSuccessful,
      run: {
        automationDetails: { id: this.#runId },
        ...(Object.keys(this.#properties).length > 0 && { properties: this.#properties }),
      },
    };
  }

  identity(finding: TestFinding): Identity {
    const { key, ruleId, sources, packageName, version, title } = finding;
    const region = sources[0]?.physicalLocation?.region;
    const file = sources[0]?.physicalLocation?.artifactLocation?.uri ?? this.#manifest?.manifest ?? '';
    return {
      fingerprints: key === undefined ? {} : { 'snyk/key/v1': key, ...this.#dependencyFingerprint(finding) },
      basis: () => [ruleId, packageName ?? '', version ?? '', file, title ?? ''],
      line: region?.startLine ?? 0,
      column: region?.startColumn ?? 0,
    };
  }

  result(finding: TestFinding): ResultDraft {
    const { key, type, sources, paths, flows, riskScore } = finding;
    const advice: PropertyBag = {
      ...(finding.upgradeTo.length > 0 && { upgradeTo: finding.upgradeTo }),
      ...(finding.pins.length > 0 && { pins: finding.pins }),
      ...fixedIn(finding),
    };
    const locations = this.#locations(finding);
    const related = this.#relatedLocations(finding);
    const isDependency = finding.packageName !== undefined || paths.length > 0;
    const fields: ResultDraft['fields'] = {
      message: isDependency
        ? vulnerabilityMessage(forMessage(finding), paths, paths.length, advice)
        : plainMessage(finding),
      ...(locations.length > 0 && { locations }),
      ...(flows.length > 0 && { codeFlows: [...flows] }),
      ...(related.length > 0 && { relatedLocations: related }),
      ...(paths.length > 0 && { occurrenceCount: paths.length }),
      // Snyk's own logs give code findings and secrets these names.
      ...(key !== undefined &&
        sources.length > 0 &&
        type !== 'sca' && {
          fingerprints: { identity: key, 'snyk/asset/finding/v1': key },
        }),
    };
    return {
      fields,
      properties: this.#resultProperties(finding, advice),
      rank: riskScore === undefined ? undefined : riskScore / 10,
    };
  }

  #resultProperties(finding: TestFinding, advice: PropertyBag): PropertyBag {
    const { losses } = this.#context;
    const { severityText, type, riskScore, paths } = finding;
    const properties: PropertyBag = {
      ...(severityText !== undefined && { 'snyk/severity': severityText }),
      ...(type !== undefined && { 'snyk/finding_type': type }),
      ...(riskScore !== undefined && { 'snyk/riskScore': riskScore }),
      ...(paths.length > 0 && { dependencyPaths: paths.slice(0, mostPaths) }),
      ...(Object.keys(advice).length > 0 && { fix: advice }),
    };
    losses.drop('attributes.evidence', Math.max(0, paths.length - mostPaths));
    keepInProperties(properties, finding.kept, { nameOf: propertyName, losses });
    const differing = this.#firstAbout.differing(finding.ruleId, aboutRule(finding));
    if (differing !== undefined) {
      properties['snyk/problem'] = differing;
      losses.keep('attributes.problems');
    }
    return properties;
  }

  #locations(finding: TestFinding): Location[] {
    const { sources, packageName } = finding;
    if (packageName === undefined) return [...sources];
    const logicalLocations = [packageLocation(packageOf(finding))];
    if (sources.length > 0)
      return sources.map((source, index) => (index === 0 ? { ...source, logicalLocations } : source));
    if (this.#manifest === undefined) return [{ logicalLocations }];
    const artifactLocation = this.#paths.locationOf(this.#manifest.manifest);
    return [{ physicalLocation: { artifactLocation }, logicalLocations }];
  }

  #relatedLocations({ packageName }: TestFinding): Location[] {
    const lockFile = packageName === undefined ? undefined : this.#manifest?.lockFile;
    if (lockFile === undefined) return [];
    const physicalLocation = { artifactLocation: this.#paths.locationOf(lockFile) };
    return [{ id: 1, physicalLocation, message: { text: 'Lock file' } }];
  }

  /** The same as for a dependency in the report of the command line. */
  #dependencyFingerprint(finding: TestFinding): Readonly<Record<string, string>> {
    const { ruleId, packageName, version } = finding;
    if (packageName === undefined) return {};
    const type = packageType(packageOf(finding));
    const manifest = this.#manifest?.manifest ?? '';
    const texts = [snykDriver('open-source').name, ruleId, type, packageName, version ?? '', manifest];
    return { 'snyk/dependency/v1': sha256Hex(texts.join(separator)) };
  }
}

function packageOf({ ruleId, packageName, version, problem }: TestFinding): PackageIdentity {
  const ecosystem = problem['ecosystem'];
  const { package_manager: manager, os_distribution: distribution } = isObject(ecosystem) ? ecosystem : {};
  const managers = [distribution, manager, managerOfAdvisory(ruleId)].map((text) =>
    typeof text === 'string' ? text : undefined,
  );
  return { name: packageName ?? '', version, managers };
}

function forMessage({ ruleId, title, packageName, version, isLicense }: TestFinding) {
  return { id: ruleId, title, packageName, version, isLicense };
}

/** With the rule's id, as several rules have the same words. */
function plainMessage({ text, title, ruleId, problem }: TestFinding): { text: string } {
  const { short_description: short } = problem;
  const words = text ?? (typeof short === 'string' && short.trim() !== '' ? short : title);
  return { text: words === undefined || words === ruleId ? ruleId : `${words.replace(/\.$/, '')} (${ruleId})` };
}

function fixedIn({ problem }: TestFinding): PropertyBag {
  const versions = problem['initially_fixed_in_versions'];
  const texts = Array.isArray(versions) ? (versions as unknown[]).filter((text) => typeof text === 'string') : [];
  return texts.length > 0 ? { fixedIn: texts } : {};
}

/** The manifest that was tested. */
function testedFile({ metadata, testSubject }: JsonObject): string | undefined {
  const shown = isObject(metadata) ? metadata['display-target-file'] : undefined;
  if (typeof shown === 'string' && shown !== '') return shown;
  const locator = isObject(testSubject) ? testSubject['locator'] : undefined;
  const [first] = isObject(locator) && Array.isArray(locator['paths']) ? (locator['paths'] as unknown[]) : [];
  return typeof first === 'string' && first !== '' ? first : undefined;
}

/** What a test without findings was about. */
function testedProducts({ testConfiguration, testSubject }: JsonObject): Product[] {
  const scan = isObject(testConfiguration) ? testConfiguration['scan_config'] : undefined;
  const configured = Object.keys(isObject(scan) ? scan : {}).flatMap((name) => products.get(name) ?? []);
  if (configured.length > 0) return configured;
  return isObject(testSubject) && testSubject['type'] === 'dep_graph' ? ['open-source'] : [];
}

/** The problems of a finding in compact results, where each problem is written once. */
function problemsOf({ problemStore, _problemRefs: references }: JsonObject, findingId: string): unknown[] {
  if (!isObject(problemStore) || !isObject(references) || !Object.hasOwn(references, findingId)) return [];
  const ids = references[findingId];
  return (Array.isArray(ids) ? (ids as unknown[]) : [ids]).map((id) =>
    typeof id === 'string' && Object.hasOwn(problemStore, id) ? problemStore[id] : id,
  );
}
