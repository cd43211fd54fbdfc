import {
  type Invocation,
  type Result,
  type RunHeader,
  type RunStartEvent,
  type SarifEvent,
  sha256Hex,
  type ToolComponent,
} from '@sariflow/sarif';
import type { ConversionContext, OpenedRun } from '../converter.ts';
import { type ConverterRule, converterRules } from '../diagnostics/converter-rules.ts';
import { noDoubt } from '../diagnostics/doubt.ts';
import type { DoubtGroup } from '../diagnostics/doubt-collector.ts';
import { artifactUri } from '../locations/artifact-uri.ts';
import { findingBatches } from '../reading/findings.ts';
import { TaxonomyTable } from '../taxonomies/taxonomy-table.ts';
import { converterVersion } from '../version.ts';
import {
  type HeaderDraft,
  type Identity,
  type Outline,
  type RawFinding,
  Refusal,
  type ResultDraft,
  type RunDraft,
} from './drafts.ts';
import { Ordinals } from './ordinals.ts';
import { RuleTable, scoreOf } from './rule-table.ts';
import { type SeverityScale, scoreText, severityScale } from './severity.ts';

/** Counts of one run, kept up to date while it is written. */
export interface RunTally {
  /** Entries of the report. */
  findings: number;
  results: number;
  /** Findings that could not become results. */
  rejected: number;
  /** Findings that became part of another finding's result. */
  merged: number;
}

const unitSeparator = '\u001f';

/** A run whose findings were looked through once. */
export interface SurveyedRun {
  readonly start: RunStartEvent;
  /** How many results it will have; undefined when findings may become part of others' results, so that only the second pass tells. */
  readonly count: number | undefined;
  /** All its events, from the second pass. To be iterated once. */
  batches(): AsyncGenerator<readonly SarifEvent[]>;
}

/**
 * Looks through the findings of one run for what the header needs (rules, levels, taxonomies, whether anything is suppressed, what cannot be
 * read). The second pass writes the results one by one. Memory depends on the number of rules, not on the number of findings.
 */
export async function surveyRun(
  opened: OpenedRun<unknown>,
  runIndex: number,
  context: ConversionContext,
  tally: RunTally,
): Promise<SurveyedRun> {
  const { draft } = opened;
  const writer = new RunWriter(opened, context);
  await writer.survey(tally);
  const run = writer.header();
  const completed = run.invocations?.[0]?.executionSuccessful === true;
  const listed = draft.header().results !== 'absent';
  const results = (completed && listed) || tally.findings > 0 ? 'array' : 'absent';
  const start: RunStartEvent = { type: 'run-start', runIndex, run, results };
  const mayMerge = draft.mayMerge?.() === true;
  return {
    start,
    count: mayMerge ? undefined : tally.findings - tally.rejected,
    batches: () => writeRun(start, writer, draft, mayMerge, tally),
  };
}

async function* writeRun(
  start: RunStartEvent,
  writer: RunWriter,
  draft: RunDraft<unknown>,
  mayMerge: boolean,
  tally: RunTally,
): AsyncGenerator<readonly SarifEvent[]> {
  const { runIndex } = start;
  yield [start];
  let resultIndex = 0;
  for await (const batch of findingBatches(draft.findings())) {
    const events: SarifEvent[] = [];
    for (const raw of batch) {
      const result = writer.result(raw);
      if (result === 'rejected') continue;
      if (result === 'merged') {
        if (!mayMerge)
          throw new Error('A finding became part of another result in a run of which the draft said that none would.');
        tally.merged += 1;
        continue;
      }
      events.push({ type: 'result', runIndex, resultIndex, result });
      resultIndex += 1;
      tally.results += 1;
    }
    yield events;
  }
  yield [{ type: 'run-end', runIndex, results: resultIndex }];
}

class RunWriter {
  readonly #opened: OpenedRun<unknown>;
  readonly #context: ConversionContext;
  readonly #taxonomies = new TaxonomyTable();
  readonly #rules = new RuleTable(this.#taxonomies);
  readonly #ordinals = new Ordinals();
  #toolName = '';
  #rejected = 0;
  #suppressionsKnown = 0;
  #suppressed = false;
  #hasBaseline = false;
  #accepted = 0;

  constructor(opened: OpenedRun<unknown>, context: ConversionContext) {
    this.#opened = opened;
    this.#context = context;
  }

  async survey(tally: RunTally): Promise<void> {
    const { draft } = this.#opened;
    for await (const batch of findingBatches(draft.findings())) for (const raw of batch) this.#look(raw, tally);
  }

  #look({ value, origin, broken }: RawFinding, tally: RunTally): void {
    const { draft } = this.#opened;
    tally.findings += 1;
    if (broken !== undefined) {
      this.#rejected += 1;
      tally.rejected += 1;
      return;
    }
    const doubt = this.#context.doubts.about(origin);
    const finding = draft.parse(value, doubt);
    if (finding instanceof Refusal) {
      doubt('SF-K101', finding.path, finding.reason, value);
      this.#rejected += 1;
      tally.rejected += 1;
      return;
    }
    const outline = draft.outline(finding);
    this.#rules.count(outline, () => draft.descriptor(finding, outline, doubt));
    this.#remember(outline);
    draft.survey?.(finding, outline);
    const identity = draft.identity(finding, outline);
    if (isEmpty(identity.fingerprints)) this.#ordinals.add(basisKey(identity), identity.line, identity.column);
  }

  header(): RunHeader {
    const { draft, notifications } = this.#opened;
    const header = draft.header();
    this.#toolName = header.driver.name;
    for (const group of this.#context.doubts.takeGroups()) {
      const rule: ConverterRule = converterRules[group.ruleId];
      if (!rule.notify) continue;
      const level = rule.level === 'error' ? 'warning' : rule.level;
      notifications.add('execution', { kind: group.ruleId, about: `${rule.title}.`, level, text: groupText(group) });
    }
    // The order matters: notifications may name rules that have no findings, and rules refer to finished taxonomies.
    const lists = notifications.lists(this.#rules);
    const taxonomies = this.#taxonomies.components();
    const invocation: Invocation = { executionSuccessful: header.executionSuccessful, ...lists };
    return {
      tool: { driver: this.#driver(header) },
      invocations: [invocation],
      conversion: this.#conversion(),
      ...(this.#context.options.sourceRoot !== undefined && {
        originalUriBaseIds: { SRCROOT: { uri: rootUri(this.#context.options.sourceRoot) } },
      }),
      ...header.run,
      ...(taxonomies.length > 0 && { taxonomies }),
    };
  }

  /** Second pass: the result of a finding, if it has one of its own. */
  result({ value, broken }: RawFinding): Result | 'rejected' | 'merged' {
    if (broken !== undefined) return 'rejected';
    const { draft } = this.#opened;
    const finding = draft.parse(value, noDoubt);
    if (finding instanceof Refusal) return 'rejected';
    const outline = draft.outline(finding);
    const identity = draft.identity(finding, outline);
    const ordinal = isEmpty(identity.fingerprints) ? this.#ordinals.next() : 0;
    const result = draft.result(finding, outline);
    return result === undefined ? 'merged' : this.#result(outline, identity, ordinal, result);
  }

  #remember({ suppressions, absent, fresh, taxa }: Outline): void {
    this.#accepted += 1;
    for (const taxon of taxa ?? []) this.#taxonomies.add(taxon);
    if (suppressions !== undefined) this.#suppressionsKnown += 1;
    if (suppressions !== undefined && suppressions.length > 0) this.#suppressed = true;
    if (absent || fresh) this.#hasBaseline = true;
  }

  #driver({ driver }: HeaderDraft): ToolComponent {
    const kinds = this.#opened.notifications.descriptors();
    const supported = this.#taxonomies.references();
    const { properties, ...rest } = driver;
    return {
      ...rest,
      rules: this.#rules.descriptors(),
      ...(kinds.length > 0 && { notifications: kinds }),
      ...(supported.length > 0 && { supportedTaxonomies: supported }),
      ...(properties !== undefined && { properties }),
    };
  }

  #conversion(): RunHeader['conversion'] & object {
    const { inputPath } = this.#context.options;
    return {
      tool: { driver: { name: 'Sariflow', version: converterVersion, semanticVersion: converterVersion } },
      invocation: { executionSuccessful: this.#rejected === 0 && !this.#context.doubts.hasEndedEarly },
      ...(inputPath !== undefined && { analysisToolLogFiles: [{ uri: artifactUri(inputPath) }] }),
    };
  }

  #result(outline: Outline, identity: Identity, ordinal: number, draft: ResultDraft): Result {
    const scale: SeverityScale = severityScale[outline.severity];
    const score = scoreOf(outline);
    const rank = draft.rank ?? (score === undefined ? scale.rank : Math.round(score * 100) / 10);
    const ownScore = score !== undefined && score !== this.#rules.scoreOfRule(outline.ruleId);
    const taxa = outline.taxa ?? (this.#context.options.taxaOnResults ? this.#rules.taxaOf(outline.ruleId) : []);
    const { message, ...fields } = draft.fields;
    return {
      ruleId: outline.ruleId,
      ruleIndex: this.#rules.indexOf(outline.ruleId),
      level: scale.level,
      ...(rank !== undefined && { rank }),
      message,
      ...fields,
      ...this.#syntheticLocation(fields.locations),
      partialFingerprints: isEmpty(identity.fingerprints)
        ? { 'generic/v1': this.#genericFingerprint(identity, ordinal) }
        : identity.fingerprints,
      ...(this.#writesSuppressions() && { suppressions: [...(outline.suppressions ?? [])] }),
      ...(this.#hasBaseline && {
        baselineState: outline.absent ? 'absent' : outline.fresh ? 'new' : 'unchanged',
      }),
      ...(taxa.length > 0 && { taxa: taxa.map((taxon) => this.#taxonomies.reference(taxon)) }),
      properties: { ...(ownScore && { 'security-severity': scoreText(score) }), ...draft.properties },
    };
  }

  /** All or none (§3.27.23): as soon as one finding is suppressed, or when the tool says of each that it is not. */
  #writesSuppressions(): boolean {
    return this.#suppressed || (this.#accepted > 0 && this.#suppressionsKnown === this.#accepted);
  }

  #syntheticLocation(locations: Result['locations']): Pick<Result, 'locations'> {
    const { syntheticLocation } = this.#context.options;
    if (syntheticLocation === undefined) return {};
    if (locations?.[0]?.physicalLocation !== undefined) return {};
    const physicalLocation = { artifactLocation: { uri: artifactUri(syntheticLocation) } };
    return { locations: [{ physicalLocation, ...locations?.[0] }, ...(locations?.slice(1) ?? [])] };
  }

  #genericFingerprint(identity: Identity, ordinal: number): string {
    return sha256Hex([this.#toolName, ...identity.basis(), String(ordinal)].join(unitSeparator));
  }
}

function basisKey(identity: Identity): string {
  return identity.basis().join(unitSeparator);
}

function isEmpty(fingerprints: Readonly<Record<string, string>>): boolean {
  for (const _ in fingerprints) return false;
  return true;
}

function groupText({ message, count, pointer, place }: DoubtGroup): string {
  const where = place === undefined ? pointer : `${pointer}, line ${place.line}, column ${place.column}`;
  return count === 1
    ? `${message} (${where} of the report.)`
    : `${message} (${count} times; first at ${where} of the report.)`;
}

function rootUri(root: string): string {
  const uri = /^file:/i.test(root) ? root : artifactUri(root);
  return uri.endsWith('/') ? uri : `${uri}/`;
}
