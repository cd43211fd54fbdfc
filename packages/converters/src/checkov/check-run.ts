import type { Location, LogicalLocation, PropertyBag } from '@sariflow/sarif';
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
import { type Check, type FoundCheck, type Place, parseCheck } from './check.ts';
import { propertyName } from './property-name.ts';
import type { Vulnerability } from './vulnerability.ts';

/** The run of the checks of one kind. */
export class CheckRun implements RunDraft<Check> {
  readonly #checkType: string;
  readonly #found: () => AsyncIterable<RawFinding>;
  readonly #context: ConversionContext;
  readonly #header: HeaderDraft;
  readonly #paths: SourcePaths;
  readonly #first = new FirstOfRule();

  constructor(
    checkType: string,
    found: () => AsyncIterable<RawFinding>,
    context: ConversionContext,
    header: HeaderDraft,
  ) {
    this.#checkType = checkType;
    this.#found = found;
    this.#context = context;
    this.#header = header;
    this.#paths = new SourcePaths(context.options.sourceRoot);
  }

  findings(): AsyncIterable<RawFinding> {
    return this.#found();
  }

  parse(value: unknown, doubt: Doubt): Check | Refusal {
    return parseCheck(value as FoundCheck, doubt);
  }

  outline({ ruleId, severity, severityText, score, suppressions, taxa, about, vulnerability }: Check): Outline {
    const hasOwnTaxa = !this.#first.agrees(ruleId, about, ['cwe', 'owasp']);
    // Without a severity there is no number to give, and a licence is no matter of security.
    const security = severityText !== undefined && vulnerability?.license === undefined;
    return { ruleId, severity, score, security, suppressions, ...(hasOwnTaxa && { taxa }) };
  }

  descriptor({ ruleId, name, description, guideline, taxa, about, vulnerability }: Check): DescriptorDraft {
    this.#first.remember(ruleId, about);
    const uri = guideline === undefined ? undefined : webUri(guideline);
    const help = guideline === undefined ? [] : [`Guideline: ${guideline}`];
    const markdown = uri === undefined ? help.map(escapeMarkdown) : [`Guideline: <${uri}>`];
    const short = name ?? (description === undefined ? undefined : firstSentence(description));
    return {
      texts: {
        ...(short !== undefined && short !== '' && { shortDescription: { text: short } }),
        ...((description ?? name) !== undefined && { fullDescription: { text: description ?? name ?? '' } }),
        ...(uri !== undefined && { helpUri: uri }),
        ...(help.length > 0 && { help: { text: help.join('\n'), markdown: markdown.join('\n') } }),
      },
      taxa,
      tags: [this.#checkType, ...tagsOf(ruleId, vulnerability)].filter((tag) => tag !== ''),
      properties: {},
    };
  }

  header(): HeaderDraft {
    return this.#header;
  }

  identity({ ruleId, place, resource, vulnerability }: Check): Identity {
    const path = place === undefined ? '' : (this.#paths.locationOf(place.file).uri ?? '');
    return {
      fingerprints: {},
      basis: () => [
        ruleId,
        vulnerability === undefined ? (resource ?? '') : `${vulnerability.packageName}@${vulnerability.packageVersion}`,
        ...(vulnerability?.license === undefined ? [] : [vulnerability.license]),
        path,
      ],
      line: place?.startLine ?? 0,
      column: 0,
    };
  }

  result(check: Check): ResultDraft {
    const { place, caller, snippet } = check;
    const logicalLocations = logicalLocationsOf(check);
    const location: Location = {
      ...(place !== undefined && this.#physical(place, snippet)),
      ...(logicalLocations.length > 0 && { logicalLocations }),
    };
    return {
      fields: {
        message: { text: textOf(check) },
        ...(Object.keys(location).length > 0 && { locations: [location] }),
        ...(caller !== undefined && {
          relatedLocations: [{ id: 1, ...this.#physical(caller, undefined), message: { text: 'Used here' } }],
        }),
      },
      properties: this.#properties(check),
    };
  }

  #physical({ file, startLine, endLine }: Place, snippet: string | undefined): Pick<Location, 'physicalLocation'> {
    return {
      physicalLocation: {
        artifactLocation: this.#paths.locationOf(file),
        ...(startLine !== undefined && {
          region: {
            startLine,
            ...(endLine !== undefined && { endLine }),
            ...(snippet !== undefined && snippet !== '' && { snippet: { text: snippet } }),
          },
        }),
      },
    };
  }

  #properties({ severityText, vulnerability, kept, ruleId, about }: Check): PropertyBag {
    const { losses } = this.#context;
    const bag: PropertyBag = {
      ...(severityText !== undefined && { 'checkov/severity': severityText }),
      ...(vulnerability !== undefined &&
        vulnerability.fixedIn.length > 0 && { fix: { fixedIn: vulnerability.fixedIn } }),
    };
    keepInProperties(bag, kept, { nameOf: propertyName, losses });
    const differing = this.#first.differing(ruleId, about);
    if (differing !== undefined) {
      bag['checkov/rule'] = differing;
      losses.keep('rule');
    }
    return bag;
  }
}

function logicalLocationsOf({ resource, vulnerability }: Check): LogicalLocation[] {
  const { packageName, packageVersion, purl } = vulnerability ?? {};
  if (packageName !== undefined) {
    const fullyQualifiedName =
      purl ?? (packageVersion === undefined ? packageName : `${packageName}@${packageVersion}`);
    return [{ name: packageName, fullyQualifiedName, kind: 'package' }];
  }
  return resource === undefined ? [] : [{ name: resource, kind: 'resource' }];
}

function tagsOf(ruleId: string, vulnerability: Vulnerability | undefined): readonly string[] {
  if (vulnerability === undefined) return [];
  if (vulnerability.license !== undefined) return ['license'];
  return /^CVE-/i.test(ruleId) ? ['supply-chain', ruleId] : ['supply-chain'];
}

function textOf({ ruleId, name, vulnerability }: Check): string {
  if (vulnerability === undefined) return plainText(name ?? '').trim() || ruleId;
  const { packageName, packageVersion, license, fixedIn } = vulnerability;
  const subject =
    packageName === undefined ? '' : `${packageName}${packageVersion === undefined ? '' : `@${packageVersion}`}`;
  if (license !== undefined) return `${subject || 'A package'} is licensed under ${license}.`;
  const where = subject === '' ? ruleId : `${ruleId} in ${subject}`;
  return fixedIn.length === 0 ? where : `${where}. Fixed in ${fixedIn.join(', ')}.`;
}
