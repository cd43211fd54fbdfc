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
import { webUri } from '../texts/absolute-uri.ts';
import type { JsonObject } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import type { CodeFinding } from './code-finding.ts';
import { type Description, readDescription } from './description.ts';
import { propertyName } from './property-name.ts';
import { ruleHelp } from './rule-help.ts';
import { codeFlowOf } from './stack-dumps.ts';
import { packagePath, publicUrl, VeracodePaths } from './veracode-paths.ts';

/** Where a run's findings come from, and what is around them. */
export interface RunSource<Finding> {
  findings(): AsyncIterable<RawFinding>;
  parse(value: unknown, doubt: Doubt): Finding | Refusal;
  header(): HeaderDraft;
}

const nothingSaid: Description = { message: '', remediation: '', links: [] };

/** The run of a static, dynamic or manual scan. */
export class CodeRun implements RunDraft<CodeFinding> {
  readonly #source: RunSource<CodeFinding>;
  readonly #context: ConversionContext;
  readonly #paths: VeracodePaths;
  readonly #firstRule = new FirstOfRule();

  constructor(source: RunSource<CodeFinding>, context: ConversionContext) {
    this.#source = source;
    this.#context = context;
    this.#paths = new VeracodePaths(context.options);
  }

  findings(): AsyncIterable<RawFinding> {
    return this.#source.findings();
  }

  parse(value: unknown, doubt: Doubt): CodeFinding | Refusal {
    return this.#source.parse(value, doubt);
  }

  outline({ ruleId, severity, state }: CodeFinding): Outline {
    const { suppressions, isGone, isNew } = state;
    return { ruleId, severity, security: true, suppressions, absent: isGone, fresh: isNew };
  }

  descriptor(finding: CodeFinding, { ruleId }: Outline): DescriptorDraft {
    const { rule, weakness } = finding;
    const about = aboutRule(finding, descriptionOf(finding));
    this.#firstRule.remember(ruleId, about);
    const { remediation, links } = descriptionOf(finding);
    const properties: PropertyBag = {};
    keepInProperties(properties, rule.kept ?? [], { nameOf: propertyName, losses: this.#context.losses });
    return {
      texts: {
        ...(rule.name !== undefined && { name: rule.name, shortDescription: { text: rule.name } }),
        ...(rule.description !== undefined && { fullDescription: { text: rule.description } }),
        ...ruleHelp([rule.recommendations ?? '', remediation].filter((text) => text !== '').join('\n\n'), links),
      },
      taxa: weakness === undefined ? [] : [weakness],
      tags: rule.tags,
      properties,
      provisional: rule.name === undefined,
    };
  }

  header(): HeaderDraft {
    return this.#source.header();
  }

  identity({ fingerprints, ruleId, path, url, line, description, logicalLocations }: CodeFinding): Identity {
    return {
      fingerprints,
      basis: () => {
        const names = logicalLocations.map(({ fullyQualifiedName, name }) => fullyQualifiedName ?? name ?? '');
        const text = (description ?? '').replace(/\s+/g, ' ').replace(/\d+/g, '#').trim();
        const place = path === undefined ? publicUrl(url ?? '') : this.#paths.locationOf(path).uri;
        return [ruleId, place ?? '', ...names, text];
      },
      line: line ?? 0,
      column: 0,
    };
  }

  result(finding: CodeFinding, { ruleId }: Outline): ResultDraft {
    const { rule, flows, viewer, occurrences, firstSeen, lastSeen } = finding;
    const description = descriptionOf(finding);
    const properties = this.#properties(finding, ruleId, description);
    const location = this.#location(finding);
    const hostedViewerUri = viewer === undefined ? undefined : webUri(viewer);
    const provenance = {
      ...(firstSeen !== undefined && { firstDetectionTimeUtc: firstSeen }),
      ...(lastSeen !== undefined && { lastDetectionTimeUtc: lastSeen }),
    };
    const fields: ResultDraft['fields'] = {
      message: { text: description.message || rule.name || ruleId },
      ...(location !== undefined && { locations: [location] }),
      ...(flows.length > 0 && { codeFlows: flows.map((frames) => codeFlowOf(frames, this.#paths)) }),
      ...this.#webRequest(finding),
      ...(occurrences !== undefined && occurrences > 1 && { occurrenceCount: occurrences }),
      ...(hostedViewerUri !== undefined && { hostedViewerUri }),
      ...(Object.keys(provenance).length > 0 && { provenance }),
    };
    return { fields, properties };
  }

  #location({ path, line, url, logicalLocations }: CodeFinding): Location | undefined {
    const address = path === undefined && url !== undefined ? publicUrl(url) : undefined;
    const artifactLocation =
      path !== undefined ? this.#paths.locationOf(path) : address === undefined ? undefined : { uri: address };
    if (artifactLocation === undefined && logicalLocations.length === 0) return undefined;
    return {
      ...(artifactLocation !== undefined && {
        physicalLocation: {
          artifactLocation,
          ...(path !== undefined && line !== undefined && { region: { startLine: line } }),
        },
      }),
      ...(logicalLocations.length > 0 && {
        logicalLocations: logicalLocations.map((logical) => ({ ...logical })),
      }),
    };
  }

  #webRequest({ url, method }: CodeFinding): Pick<ResultDraft['fields'], 'webRequest'> {
    const address = url === undefined ? undefined : publicUrl(url);
    if (address === undefined) return {};
    const { pathname, search } = new URL(address);
    return { webRequest: { target: `${pathname}${search}`, ...(method !== undefined && { method }) } };
  }

  #properties(finding: CodeFinding, ruleId: string, description: Description): PropertyBag {
    const { losses } = this.#context;
    const { severityText, violatesPolicy, path, kept } = finding;
    const properties: PropertyBag = {
      ...(violatesPolicy && { tags: ['policy-violation'] }),
      ...(severityText !== undefined && { 'veracode/severity': severityText }),
    };
    if (path !== undefined && this.#context.options.veracode?.pathMap !== undefined) {
      properties['veracode/path'] = packagePath(path);
    }
    keepInProperties(properties, kept, { nameOf: propertyName, losses });
    const differing = this.#firstRule.differing(ruleId, aboutRule(finding, description)) ?? {};
    for (const [member, value] of Object.entries(differing)) {
      properties[`veracode/${member}`] = value;
      losses.keep(member);
    }
    return properties;
  }
}

function descriptionOf({ description }: CodeFinding): Description {
  return description === undefined ? nothingSaid : readDescription(description);
}

/** What is written once for all findings of a rule, and again with each finding that says something else. */
function aboutRule({ rule }: CodeFinding, { remediation, links }: Description): JsonObject {
  return {
    ...(rule.name !== undefined && { ruleName: rule.name }),
    ...(rule.tags.length > 0 && { ruleTags: rule.tags }),
    ...(remediation !== '' && { remediation }),
    ...(links.length > 0 && { references: links.map(({ text, href }) => (text === href ? href : `${text}: ${href}`)) }),
  };
}
