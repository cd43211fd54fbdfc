import type { Location, LogicalLocation, PropertyBag, Region } from '@sariflow/sarif';
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
import { webUri } from '../texts/absolute-uri.ts';
import { firstSentence } from '../texts/first-sentence.ts';
import { escapeMarkdown } from '../texts/markdown.ts';
import { plainText } from '../texts/plain-text.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { type FoundIn, parseFinding, type TrivyFinding } from './finding.ts';
import { propertyName } from './property-name.ts';
import { isSystem, targetFile } from './target.ts';

/** Members of a vulnerability that are about its rule, and have no place in SARIF. */
const keptOfRule = ['CVSS', 'VendorSeverity', 'PublishedDate', 'LastModifiedDate'];

/** The run of a report. */
export class TrivyRun implements RunDraft<TrivyFinding> {
  readonly #found: () => AsyncIterable<RawFinding>;
  readonly #context: ConversionContext;
  readonly #header: HeaderDraft;
  readonly #paths: SourcePaths;
  readonly #first = new FirstOfRule();

  constructor(found: () => AsyncIterable<RawFinding>, context: ConversionContext, header: HeaderDraft) {
    this.#found = found;
    this.#context = context;
    this.#header = header;
    this.#paths = new SourcePaths(context.options.sourceRoot);
  }

  findings(): AsyncIterable<RawFinding> {
    return this.#found();
  }

  parse(value: unknown, doubt: Doubt): TrivyFinding | Refusal {
    return parseFinding(value as FoundIn, doubt);
  }

  outline({ ruleId, severity, score, kind, suppressions, taxa = [], about }: TrivyFinding): Outline {
    const hasOwnTaxa = !this.#first.agrees(ruleId, about, ['CweIDs']);
    return { ruleId, severity, score, security: kind !== 'license', suppressions, ...(hasOwnTaxa && { taxa }) };
  }

  descriptor(finding: TrivyFinding): DescriptorDraft {
    const { ruleId, title, description, taxa = [], tags = [], about } = finding;
    this.#first.remember(ruleId, about);
    const short = title ?? (description === undefined ? undefined : firstSentence(description));
    const properties: PropertyBag = {};
    for (const name of keptOfRule) {
      const value = about[name];
      if (value === undefined || value === null) continue;
      properties[propertyName(name)] = value;
      this.#context.losses.keep(name);
    }
    return {
      texts: {
        ...(short !== undefined && short !== '' && { shortDescription: { text: short } }),
        ...((description ?? short) !== undefined && { fullDescription: { text: description ?? short ?? '' } }),
        ...helpOf(finding),
      },
      taxa,
      tags: [...tags, ...(/^CVE-/i.test(ruleId) ? [ruleId] : [])],
      properties,
    };
  }

  header(): HeaderDraft {
    return this.#header;
  }

  identity({
    fingerprint,
    ruleId,
    purl,
    packageName,
    version,
    file,
    target,
    resource,
    kind,
    text,
    lines,
  }: TrivyFinding): Identity {
    return {
      fingerprints: fingerprint === undefined ? {} : { 'trivy/fingerprint/v1': fingerprint },
      basis: () => {
        const subject = purl ?? `${packageName ?? ''}@${version ?? ''}`;
        // An image is built again and again under other tags: its name is not part of what was found in it.
        const path = file ?? (isSystem(target) ? '' : (targetFile(target) ?? ''));
        return [ruleId, subject, path, resource ?? '', target.resource ?? '', kind === 'misconfiguration' ? text : ''];
      },
      line: lines?.start ?? 0,
      column: 0,
    };
  }

  result(finding: TrivyFinding): ResultDraft {
    const location = this.#location(finding);
    return {
      fields: {
        message: { text: plainText(finding.text).trim() || finding.ruleId },
        ...(location !== undefined && { locations: [location] }),
      },
      properties: this.#properties(finding),
    };
  }

  #location(finding: TrivyFinding): Location | undefined {
    const { file, target, lines, snippet, packageName, version, purl, layer, resource } = finding;
    const path = file ?? targetFile(target);
    const region: Region | undefined =
      lines === undefined
        ? undefined
        : {
            startLine: lines.start,
            ...(lines.end !== undefined && { endLine: lines.end }),
            ...(snippet !== undefined && { snippet: { text: snippet } }),
          };
    const logicalLocations: LogicalLocation[] = [
      ...(packageName === undefined ? [] : [packageLocation(packageName, version, purl)]),
      ...(resource === undefined ? [] : [{ name: resource, kind: 'resource' }]),
      ...(target.resource === undefined ? [] : [{ name: target.resource, kind: 'resource' }]),
      ...(layer === undefined ? [] : [{ name: layer, kind: 'layer' }]),
    ];
    if (path === undefined && logicalLocations.length === 0) return undefined;
    return {
      ...(path !== undefined && {
        physicalLocation: { artifactLocation: this.#paths.locationOf(path), ...(region !== undefined && { region }) },
      }),
      ...(logicalLocations.length > 0 && { logicalLocations }),
    };
  }

  #properties(finding: TrivyFinding): PropertyBag {
    const { severityText, fixedIn = [], file, target, ruleId, about } = finding;
    const bag: PropertyBag = {
      ...(severityText !== undefined && { 'trivy/severity': severityText }),
      ...(fixedIn.length > 0 && { fix: { fixedIn } }),
      ...(target.className !== '' && { 'trivy/class': target.className }),
      ...(target.type !== '' && { 'trivy/type': target.type }),
    };
    if (target.name !== '' && target.name !== (file ?? targetFile(target))) {
      bag['trivy/target'] = target.name;
      this.#context.losses.keep('Target');
    }
    keepInProperties(bag, finding.kept, { nameOf: propertyName, losses: this.#context.losses });
    const differing = this.#first.differing(ruleId, about);
    if (differing !== undefined) {
      bag['trivy/rule'] = differing;
      this.#context.losses.keep('rule');
    }
    return bag;
  }
}

function packageLocation(name: string, version: string | undefined, purl: string | undefined): LogicalLocation {
  const fullyQualifiedName = purl ?? (version === undefined ? name : `${name}@${version}`);
  return { name, fullyQualifiedName, kind: 'package' };
}

function helpOf(finding: TrivyFinding): DescriptorDraft['texts'] {
  const { references = [], description, title } = finding;
  const links = [...new Set(references)];
  const remediation = finding.remediation ?? (links.length === 0 ? (description ?? title) : undefined);
  if (remediation === undefined && links.length === 0) return {};
  const uris = links.map(webUri);
  const helpUri = uris.find((uri) => uri !== undefined);
  const text = [
    remediation,
    ...(links.length === 0 ? [] : [`References:\n${links.map((link) => `- ${link}`).join('\n')}`]),
  ];
  const markdown = [
    remediation === undefined ? undefined : escapeMarkdown(remediation),
    ...(links.length === 0
      ? []
      : [`References:\n\n${links.map((link, index) => `- ${linked(link, uris[index])}`).join('\n')}`]),
  ];
  return {
    ...(helpUri !== undefined && { helpUri }),
    help: {
      text: text.filter((part) => part !== undefined).join('\n\n'),
      markdown: markdown.filter((part) => part !== undefined).join('\n\n'),
    },
  };
}

function linked(link: string, uri: string | undefined): string {
  return uri === undefined ? escapeMarkdown(link.replace(/\s+/g, ' ')) : `<${uri}>`;
}
