import type { Location, PropertyBag } from '@sariflow/sarif';
import type { ConversionContext } from '../converter.ts';
import type { Doubt } from '../diagnostics/doubt.ts';
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
import { agreeingScore } from '../shell/severity.ts';
import { webUri } from '../texts/absolute-uri.ts';
import { firstSentence } from '../texts/first-sentence.ts';
import type { JsonObject } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import type { RunSource } from './code-run.ts';
import type { ComponentFile, ComponentFinding } from './component-finding.ts';
import { packageLocation, readableName } from './library.ts';
import { propertyName } from './property-name.ts';
import { ruleHelp } from './rule-help.ts';
import { codeFlowOf } from './stack-dumps.ts';
import { VeracodePaths } from './veracode-paths.ts';

/** The run of a scan of dependencies. */
export class ComponentRun implements RunDraft<ComponentFinding> {
  readonly #source: RunSource<ComponentFinding>;
  readonly #context: ConversionContext;
  readonly #paths: VeracodePaths;
  readonly #firstRule = new FirstOfRule();

  constructor(source: RunSource<ComponentFinding>, context: ConversionContext) {
    this.#source = source;
    this.#context = context;
    this.#paths = new VeracodePaths(context.options);
  }

  findings(): AsyncIterable<RawFinding> {
    return this.#source.findings();
  }

  parse(value: unknown, doubt: Doubt): ComponentFinding | Refusal {
    return this.#source.parse(value, doubt);
  }

  outline({ ruleId, kind, severity, cvss, state, weaknesses }: ComponentFinding): Outline {
    const ownTaxa = !this.#firstRule.agrees(ruleId, { weaknesses: idsOf(weaknesses) }, ['weaknesses']);
    return {
      ruleId,
      severity,
      security: kind === 'vulnerability',
      score: agreeingScore(severity, cvss.v3) ?? agreeingScore(severity, cvss.v2),
      suppressions: state.suppressions,
      absent: state.isGone,
      fresh: state.isNew,
      ...(ownTaxa && { taxa: weaknesses }),
    };
  }

  descriptor(finding: ComponentFinding, { ruleId }: Outline): DescriptorDraft {
    const { title, summary, weaknesses, tags, links, cvss, kind } = finding;
    this.#firstRule.remember(ruleId, aboutRule(finding));
    const short = title ?? (summary === undefined ? undefined : firstSentence(summary));
    const text = summary?.trim();
    const cves = ruleId.startsWith('CVE-') ? [ruleId] : [];
    return {
      texts: {
        ...(short && { shortDescription: { text: short } }),
        ...(text && { fullDescription: { text } }),
        ...ruleHelp(
          '',
          links.map((href) => ({ text: href, href })),
        ),
      },
      taxa: weaknesses,
      tags: [...tags, ...cves],
      properties: {
        ...(cves.length > 0 && { cve: cves }),
        ...(cvss.v3 !== undefined && { 'veracode/cvss3': cvss.v3 }),
        ...(cvss.v3Vector !== undefined && { 'veracode/cvss3Vector': cvss.v3Vector }),
        ...(cvss.v2 !== undefined && { 'veracode/cvss': cvss.v2 }),
        ...(cvss.v2Vector !== undefined && { 'veracode/cvssVector': cvss.v2Vector }),
      },
      provisional: short === undefined && kind === 'vulnerability',
    };
  }

  header(): HeaderDraft {
    return this.#source.header();
  }

  identity({ fingerprints, ruleId, library, files }: ComponentFinding): Identity {
    const { ecosystem = '', name = '', packageName = name, version = '' } = library;
    return {
      fingerprints,
      basis: () => [ruleId, ecosystem, packageName, version, files[0]?.path ?? ''],
      line: files[0]?.line ?? 0,
      column: 0,
    };
  }

  result(finding: ComponentFinding, { ruleId }: Outline): ResultDraft {
    const { viewer, firstSeen, lastSeen, flows, dependencyPaths, files } = finding;
    const hostedViewerUri = viewer === undefined ? undefined : webUri(viewer);
    const location = this.#location(finding);
    const related = files.slice(1).map((file, index) => ({ id: index + 1, ...this.#file(file) }));
    const provenance = {
      ...(firstSeen !== undefined && { firstDetectionTimeUtc: firstSeen }),
      ...(lastSeen !== undefined && { lastDetectionTimeUtc: lastSeen }),
    };
    const fields: ResultDraft['fields'] = {
      message: { text: messageOf(finding) },
      ...(location !== undefined && { locations: [location] }),
      ...(flows.length > 0 && { codeFlows: flows.map((frames) => codeFlowOf(frames, this.#paths)) }),
      ...(related.length > 0 && { relatedLocations: related }),
      ...(dependencyPaths.length > 0 && { occurrenceCount: dependencyPaths.length }),
      ...(hostedViewerUri !== undefined && { hostedViewerUri }),
      ...(Object.keys(provenance).length > 0 && { provenance }),
    };
    return { fields, properties: this.#properties(finding, ruleId) };
  }

  #location({ files: [file], library }: ComponentFinding): Location | undefined {
    const logicalLocations = packageLocation(library);
    if (file === undefined && logicalLocations.length === 0) return undefined;
    return {
      ...(file !== undefined && this.#file(file)),
      ...(logicalLocations.length > 0 && { logicalLocations }),
    };
  }

  #file({ path, line }: ComponentFile): Location {
    return {
      physicalLocation: {
        artifactLocation: this.#paths.locationOf(path),
        ...(line !== undefined && { region: { startLine: line } }),
      },
    };
  }

  #properties(finding: ComponentFinding, ruleId: string): PropertyBag {
    const { losses } = this.#context;
    const { severityText, violatesPolicy, dependencyPaths, fix, kept } = finding;
    const properties: PropertyBag = {
      ...(violatesPolicy && { tags: ['policy-violation'] }),
      ...(severityText !== undefined && { 'veracode/severity': severityText }),
      ...(dependencyPaths.length > 0 && { dependencyPaths }),
      ...(fix !== undefined && { fix }),
    };
    keepInProperties(properties, kept, { nameOf: propertyName, losses });
    const differing = this.#firstRule.differing(ruleId, aboutRule(finding)) ?? {};
    for (const [member, value] of Object.entries(differing)) {
      // The weaknesses are among the result's own taxa.
      if (member === 'weaknesses') continue;
      properties[`veracode/${member}`] = value;
      losses.keep(member);
    }
    return properties;
  }
}

function messageOf({ library, title, summary, ruleId, kind }: ComponentFinding): string {
  const name = readableName(library) ?? 'A component';
  if (kind === 'license') return `${name} is under a licence that the policy does not allow: ${title ?? ruleId}.`;
  if (kind === 'library') return `${name} is out of date.`;
  const what = summary?.trim() || title;
  return what ? `${name}: ${what}` : `${name} is affected by ${ruleId}.`;
}

function idsOf(weaknesses: ComponentFinding['weaknesses']): readonly string[] {
  return weaknesses.map(({ id }) => id);
}

/** What is written once for all findings of a rule, and again with each finding that says something else. */
function aboutRule({ kind, title, summary, weaknesses, links, cvss }: ComponentFinding): JsonObject {
  // That a library is old says nothing about the rule.
  if (kind === 'library') return {};
  return {
    weaknesses: idsOf(weaknesses),
    ...(title !== undefined && { title }),
    ...(summary !== undefined && { summary }),
    ...(links.length > 0 && { references: links }),
    ...(cvss.v3 !== undefined && { cvss3: cvss.v3 }),
    ...(cvss.v3Vector !== undefined && { cvss3Vector: cvss.v3Vector }),
    ...(cvss.v2 !== undefined && { cvss: cvss.v2 }),
    ...(cvss.v2Vector !== undefined && { cvssVector: cvss.v2Vector }),
  };
}
