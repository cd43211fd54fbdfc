import { deepEqual, type PropertyBag, type ThreadFlow } from '@sariflow/sarif';
import type { ConversionContext } from '../converter.ts';
import { type Doubt, noDoubt } from '../diagnostics/doubt.ts';
import { SourcePaths } from '../locations/source-paths.ts';
import { Findings } from '../reading/findings.ts';
import {
  type DescriptorDraft,
  type HeaderDraft,
  type Identity,
  type Outline,
  Refusal,
  type ResultDraft,
  type RunDraft,
} from '../shell/drafts.ts';
import type { Taxon } from '../taxonomies/taxon.ts';
import { firstSentence } from '../texts/first-sentence.ts';
import { plainText } from '../texts/plain-text.ts';
import type { JsonObject } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { applicabilityTag } from './applicability.ts';
import { type Evidence, evidenceLocation } from './evidence.ts';
import { propertyName } from './property-name.ts';
import { parseSourceRow, type SourceFinding } from './source-row.ts';
import { regionOf } from './source-span.ts';
import type { Family } from './tool.ts';
import type { EntryList } from './xray-run.ts';

const familyTags = {
  sca: [],
  licenses: [],
  risks: [],
  secrets: ['secrets'],
  iac: ['iac'],
  sast: ['sast'],
  malicious: ['malicious-code'],
} as const satisfies Record<Family, readonly string[]>;

/** Violations beyond this number become results of their own, so that memory stays bounded. */
const mostViolations = 5000;
const unitSeparator = '\u001f';

/** A row and whether it stands among the violations. */
class SourceRow {
  readonly value: unknown;
  readonly isViolation: boolean;

  constructor(value: unknown, isViolation: boolean) {
    this.value = value;
    this.isViolation = isViolation;
  }
}

/** A run about files: secrets, infrastructure as code, static analysis, malicious code. */
export class SourceRun implements RunDraft<SourceFinding> {
  readonly #family: Family;
  readonly #lists: readonly EntryList[];
  readonly #context: ConversionContext;
  readonly #header: HeaderDraft;
  readonly #paths: SourcePaths;
  readonly #taken = new Map<string, { readonly violation: JsonObject; isTaken: boolean }[]>();
  readonly #firstTaxa = new Map<string, string>();
  #isRead = false;

  constructor(family: Family, lists: readonly EntryList[], context: ConversionContext, header: HeaderDraft) {
    this.#family = family;
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
    await this.#readViolations();
    for (const isViolation of [false, true]) {
      for (const { elements, place } of this.#lists) {
        if (place.isViolation !== isViolation) continue;
        yield elements().flatMap((raw) => [{ ...raw, value: new SourceRow(raw.value, isViolation) }]);
      }
    }
  }

  parse(value: unknown, doubt: Doubt): SourceFinding | Refusal {
    const { value: row, isViolation } = value as SourceRow;
    return parseSourceRow(row, doubt, this.#family, isViolation);
  }

  outline({ ruleId, severity, taxa, suppressions }: SourceFinding): Outline {
    const first = this.#firstTaxa.get(ruleId);
    const hasOwnTaxa = first !== undefined && first !== taxaKey(taxa);
    return { ruleId, severity, security: true, suppressions, ...(hasOwnTaxa && { taxa }) };
  }

  survey(finding: SourceFinding): void {
    if (!finding.isViolation) this.#take(finding);
  }

  descriptor({ ruleId, shortDescription, description, finding, taxa }: SourceFinding): DescriptorDraft {
    this.#firstTaxa.set(ruleId, taxaKey(taxa));
    // Older versions, and some scanners, only say what they found.
    const long = description ?? shortDescription ?? finding;
    const short = shortDescription ?? (long === undefined ? undefined : firstSentence(long));
    return {
      texts: {
        ...(short !== undefined && short !== '' && { shortDescription: { text: short } }),
        ...(long !== undefined && long.trim() !== '' && { fullDescription: { text: long }, help: { text: long } }),
      },
      taxa,
      tags: familyTags[this.#family],
      properties: {},
      provisional: description === undefined && shortDescription === undefined,
    };
  }

  header(): HeaderDraft {
    return this.#header;
  }

  identity({ fingerprint, ruleId, file, snippet, finding, span }: SourceFinding): Identity {
    const path = file === undefined ? '' : (this.#paths.locationOf(file).uri ?? '');
    return {
      fingerprints: fingerprint === undefined ? {} : { 'xray/fingerprint/v1': fingerprint },
      basis: () => [ruleId, path, (snippet ?? finding ?? '').replace(/\s+/g, ' ').trim()],
      line: span?.startLine ?? 0,
      column: span?.startColumn ?? 0,
    };
  }

  /** Violations may repeat findings. */
  mayMerge(): boolean {
    return true;
  }

  result(finding: SourceFinding): ResultDraft | undefined {
    if (finding.isViolation && this.#isTaken(finding)) return undefined;
    const { file, span, snippet, flows, evidence } = finding;
    const region = span === undefined ? undefined : regionOf(span, snippet);
    const related = evidence.map((place, index) => ({ id: index + 1, ...evidenceLocation(place, this.#paths) }));
    const threadFlows = flows.map((steps) => this.#threadFlow(steps));
    const fields: ResultDraft['fields'] = {
      message: { text: textOf(finding) },
      ...(file !== undefined && {
        locations: [
          {
            physicalLocation: {
              artifactLocation: this.#paths.locationOf(file),
              ...(region !== undefined && { region }),
            },
          },
        ],
      }),
      ...(related.length > 0 && { relatedLocations: related }),
      ...(threadFlows.length > 0 && { codeFlows: [{ threadFlows }] }),
    };
    const rank = finding.status === 'Not Applicable' ? 5 : undefined;
    return { fields, properties: this.#properties(finding), rank };
  }

  #threadFlow(steps: readonly Evidence[]): ThreadFlow {
    return { locations: steps.map((step) => ({ location: evidenceLocation(step, this.#paths) })) };
  }

  #properties(finding: SourceFinding): PropertyBag {
    const { losses } = this.#context;
    const { severityText, status, issueId, snippet, span, isViolation, finding: text } = finding;
    const violations = isViolation ? [] : this.#take(finding);
    const tags = [
      ...(isViolation || violations.length > 0 ? ['policy-violation'] : []),
      ...(status === undefined ? [] : [applicabilityTag(status)]),
    ];
    const bag: PropertyBag = {
      ...(tags.length > 0 && { tags }),
      ...(severityText !== undefined && { 'xray/severity': severityText }),
      ...(status !== undefined && { 'xray/applicability': status }),
      ...(issueId !== undefined && { 'xray/issueId': issueId }),
      ...(snippet !== undefined && span === undefined && { 'xray/snippet': snippet }),
      ...(text !== undefined && plainText(text) !== text && { 'xray/finding': text }),
      ...(violations.length > 0 && { 'xray/violations': violations }),
    };
    keepInProperties(bag, finding.kept, { nameOf: propertyName, losses });
    return bag;
  }

  /** Only where there are findings that they could repeat. */
  async #readViolations(): Promise<void> {
    if (this.#isRead || this.#lists.every(({ place }) => place.isViolation)) return;
    this.#isRead = true;
    let count = 0;
    for (const { elements, place } of this.#lists) {
      if (!place.isViolation) continue;
      for await (const { value } of elements()) {
        const finding = parseSourceRow(value, noDoubt, this.#family, true);
        if (finding instanceof Refusal || count >= mostViolations) continue;
        count += 1;
        const rows = this.#taken.get(keyOf(finding));
        const row = { violation: finding.raw, isTaken: false };
        if (rows === undefined) this.#taken.set(keyOf(finding), [row]);
        else rows.push(row);
      }
    }
  }

  /** The violations that repeat a finding, without what they repeat. */
  #take(finding: SourceFinding): JsonObject[] {
    return (this.#taken.get(keyOf(finding)) ?? []).map((row) => {
      row.isTaken = true;
      const members = Object.entries(row.violation).filter(
        ([name, value]) => value !== null && !(Object.hasOwn(finding.raw, name) && deepEqual(finding.raw[name], value)),
      );
      return Object.fromEntries(members);
    });
  }

  #isTaken(finding: SourceFinding): boolean {
    const rows = this.#taken.get(keyOf(finding)) ?? [];
    return rows.some(({ violation, isTaken }) => isTaken && deepEqual(violation, finding.raw));
  }
}

function taxaKey(taxa: readonly Taxon[]): string {
  return taxa
    .map(({ id }) => id)
    .sort()
    .join();
}

function keyOf({ ruleId, file, span }: SourceFinding): string {
  const { startLine, startColumn, endLine, endColumn } = span ?? {};
  return [ruleId, file, startLine, startColumn, endLine, endColumn].join(unitSeparator);
}

function textOf({ finding, shortDescription, description, ruleId }: SourceFinding): string {
  const texts = [finding, shortDescription, description].map((text) => plainText(text ?? '').trim());
  return texts.find((text) => text !== '') ?? ruleId;
}
