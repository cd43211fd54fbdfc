import type { PropertyBag, Result, Suppression } from '@sariflow/sarif';
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
import { keepInProperties } from '../values/kept-properties.ts';
import { type CliFinding, parseCliFinding } from './cli-finding.ts';
import { codeFlowOf } from './data-flow.ts';
import {
  dependencyBasis,
  dependencyFiles,
  dependencyProperties,
  fixVersions,
  isUnreachable,
  packageLocation,
} from './dependency.ts';
import { propertyName } from './property-name.ts';
import { regionsOf } from './region.ts';
import { ruleFromMetadata, scoreOf, taxaOf } from './rule-metadata.ts';

const ignoredInSource: readonly Suppression[] = [{ kind: 'inSource', status: 'accepted' }];
const notIgnored: readonly Suppression[] = [];

/** The run of a report of `semgrep scan` or `semgrep ci`. */
export class CliRun implements RunDraft<CliFinding> {
  readonly #findings: () => AsyncIterable<RawFinding>;
  readonly #context: ConversionContext;
  readonly #header: HeaderDraft;
  readonly #paths: SourcePaths;
  readonly #firstMetadata = new FirstOfRule();

  constructor(findings: () => AsyncIterable<RawFinding>, context: ConversionContext, header: HeaderDraft) {
    this.#findings = findings;
    this.#context = context;
    this.#header = header;
    this.#paths = new SourcePaths(context.options.sourceRoot);
  }

  findings(): AsyncIterable<RawFinding> {
    return this.#findings();
  }

  parse(value: unknown, doubt: Doubt): CliFinding | Refusal {
    return parseCliFinding(value, doubt);
  }

  outline(finding: CliFinding): Outline {
    const { checkId, severity, isSecurity, isIgnored, metadata } = finding;
    const ruleId = this.#ruleId(checkId);
    const ownTaxa = !this.#firstMetadata.agrees(ruleId, metadata, ['cwe', 'owasp']);
    return {
      ruleId,
      severity,
      security: isSecurity,
      score: scoreOf(metadata),
      suppressions: isIgnored === undefined ? undefined : isIgnored ? ignoredInSource : notIgnored,
      ...(ownTaxa && { taxa: taxaOf(metadata) }),
    };
  }

  descriptor(finding: CliFinding, { ruleId }: Outline, doubt: Doubt): DescriptorDraft {
    this.#firstMetadata.remember(ruleId, finding.metadata);
    const draft = ruleFromMetadata(finding.metadata, finding.message, doubt, this.#context.losses);
    return { ...draft, provisional: Object.keys(finding.metadata).length === 0 };
  }

  header(): HeaderDraft {
    return this.#header;
  }

  identity(finding: CliFinding, { ruleId }: Outline): Identity {
    const { fingerprint, dependency, span } = finding;
    return {
      fingerprints: fingerprint === undefined ? {} : { 'semgrep/matchBasedId/v1': fingerprint },
      basis: () => (dependency === undefined ? this.#codeBasis(finding, ruleId) : dependencyBasis(ruleId, dependency)),
      line: span?.start.line ?? 0,
      column: span?.start.column ?? 0,
    };
  }

  result(finding: CliFinding, { ruleId }: Outline): ResultDraft {
    const { fingerprint, dependency, flow } = finding;
    const properties: PropertyBag = {};
    const location = this.#location(finding, properties);
    const related = dependency === undefined ? [] : dependencyFiles(dependency, finding.path, this.#paths);
    const fixes = this.#fixes(finding);
    this.#properties(finding, ruleId, properties);
    const fields: ResultDraft['fields'] = {
      message: { text: finding.message ?? ruleId },
      ...(location !== undefined && { locations: [location] }),
      ...(flow.length > 0 && { codeFlows: [codeFlowOf(flow, this.#paths)] }),
      ...(related.length > 0 && { relatedLocations: related }),
      ...(fixes !== undefined && { fixes }),
      ...(fingerprint !== undefined && { fingerprints: { 'matchBasedId/v1': fingerprint } }),
      ...(dependency !== undefined && dependency.paths.length > 0 && { occurrenceCount: dependency.paths.length }),
    };
    return { fields, properties, rank: rankOf(finding) };
  }

  #ruleId(checkId: string): string {
    const prefix = this.#context.options.semgrep?.stripRulePrefix;
    if (prefix === undefined || prefix === '') return checkId;
    const dotted = prefix.endsWith('.') ? prefix : `${prefix}.`;
    return checkId.startsWith(dotted) && checkId.length > dotted.length ? checkId.slice(dotted.length) : checkId;
  }

  #codeBasis({ path, lines, message, checkId }: CliFinding, ruleId: string): string[] {
    const file = path === undefined ? '' : (this.#paths.locationOf(path).uri ?? '');
    const text =
      lines?.replace(/\s+/g, ' ').trim() ?? (message ?? checkId).replace(/\s+/g, ' ').replace(/\d+/g, '#').trim();
    return [ruleId, file, text];
  }

  #location(finding: CliFinding, properties: PropertyBag): NonNullable<Result['locations']>[number] | undefined {
    const { path, span, lines, dependency } = finding;
    const logicalLocations = dependency === undefined ? [] : packageLocation(dependency);
    const file = path ?? dependency?.lockfile;
    const regions =
      path === undefined || span === undefined
        ? undefined
        : regionsOf(span, lines, this.#context.options.byteOffsets === true);
    if (regions?.columnsMayBeBytes) properties['semgrep/columnUnit'] = 'byte';
    if (lines !== undefined && regions?.linesWritten !== true) properties['semgrep/lines'] = lines;
    if (file === undefined && logicalLocations.length === 0) return undefined;
    const { region, contextRegion } = regions ?? {};
    return {
      ...(file !== undefined && {
        physicalLocation: {
          artifactLocation: this.#paths.locationOf(file),
          ...(region !== undefined && { region }),
          ...(contextRegion !== undefined && { contextRegion }),
        },
      }),
      ...(logicalLocations.length > 0 && { logicalLocations }),
    };
  }

  /** Only an exact replacement is a fix (§3.55): that needs the whole place. */
  #fixes({ fix, path, span, lines }: CliFinding): Result['fixes'] {
    if (fix === undefined || path === undefined || span === undefined) return undefined;
    const { startLine, startColumn, endLine, endColumn } = regionsOf(span, lines, false).region;
    if (startLine === undefined || startColumn === undefined || endLine === undefined || endColumn === undefined)
      return undefined;
    const deletedRegion = { startLine, startColumn, endLine, endColumn };
    const replacement = { deletedRegion, insertedContent: { text: fix } };
    return [
      {
        description: {
          text:
            fix === ''
              ? "Delete the matched code, as the rule's fix says."
              : "Replace the matched code with the rule's fix.",
        },
        artifactChanges: [{ artifactLocation: this.#paths.locationOf(path), replacements: [replacement] }],
      },
    ];
  }

  #properties(finding: CliFinding, ruleId: string, properties: PropertyBag): void {
    const { losses, options } = this.#context;
    const { severityText, dependency, metadata, fix } = finding;
    if (severityText !== undefined) properties['semgrep/severity'] = severityText;
    if (fix !== undefined && this.#fixes(finding) === undefined) {
      properties['semgrep/fix'] = fix;
      losses.keep('extra.fix');
    }
    if (dependency !== undefined) {
      Object.assign(properties, dependencyProperties(dependency));
      const fixedIn = fixVersions(metadata, dependency.name);
      if (fixedIn.length > 0) properties['fix'] = { fixedIn };
    }
    keepInProperties(properties, finding.kept, { nameOf: propertyName, losses });
    if (options.includeSource === true) keepInProperties(properties, finding.source, { nameOf: propertyName, losses });
    else for (const { field } of finding.source) losses.drop(field);
    const differing = this.#firstMetadata.differing(ruleId, metadata);
    if (differing === undefined) return;
    properties['semgrep/metadata'] = differing;
    losses.keep('extra.metadata');
  }
}

/** How sure the tool is, where that says more than the severity. */
function rankOf({ validationState, dependency }: CliFinding): number | undefined {
  if (validationState === 'CONFIRMED_VALID') return 100;
  if (validationState === 'CONFIRMED_INVALID') return 10;
  return isUnreachable(dependency?.reachability) ? 5 : undefined;
}
