import type { Report } from '../diagnostics/diagnostic.ts';
import { resultDiagnostic } from '../diagnostics/diagnostic-of.ts';
import { Reporter } from '../diagnostics/reporter.ts';
import type { ResultEvent, SarifEvent } from '../events/event.ts';
import { batchesOf, type EventStream, type Stage, throughStage } from '../events/event-stream.ts';
import type { Result, RunHeader } from '../model/model.ts';
import { fingerprintsPresent } from '../rules/identity/v705-fingerprints-present.ts';
import { DigestTable } from '../run/digest-table.ts';
import { createRunContext, type RunContext } from '../run/run-context.ts';
import { soundView } from '../schema/sound-view.ts';
import { valueDigest } from '../schema/value-digest.ts';
import { defectsOf } from '../validate/defects-of.ts';
import {
  type DistrustedFingerprints,
  FingerprintSurvey,
  fingerprintMembers,
  isMeaningful,
} from './distrusted-fingerprints.ts';
import { FingerprintedResult } from './fingerprinted-result.ts';
import { computedIdentity, computedName, identityBasis, lineHashName } from './result-identity.ts';
import { SourceLineHashes, type SourceOptions } from './source-line-hashes.ts';

export interface AddFingerprintsOptions extends Partial<SourceOptions> {
  /** Takes a diagnostic with `fix` for each result that gets a fingerprint, and one without where the sources disagree with one. */
  readonly report?: Report | undefined;
  /** Where the sources were checked out, an absolute path or `file:` URI. */
  readonly checkoutRoot?: string | undefined;
  /** By run, the names that tell no result from another, as `surveyFingerprints` found them. */
  readonly distrusted?: readonly DistrustedFingerprints[] | undefined;
  /** How many diagnostics are passed on before they are only counted. Default 100. */
  readonly maxPerRule?: number;
}

/**
 * Gives every result that has no fingerprint of use a partial one, `normalizedIdentity/v1`, and where the sources are at hand
 * `primaryLocationLineHash` to every result that lacks it. What is there stays. Results that would get the same identity are
 * numbered in the order of the log, because a stream cannot be sorted: the same findings in another order swap theirs. Memory:
 * a count for each of the first million different identities.
 */
export function addFingerprints(events: AsyncIterable<SarifEvent>, options: AddFingerprintsOptions = {}): EventStream {
  return throughStage(events, () => fingerprinting(options));
}

/** Looks through the results of each run, by position, for names that tell no result from another. Memory: bounded. */
export async function surveyFingerprints(
  events: AsyncIterable<SarifEvent>,
  { checkoutRoot }: Pick<AddFingerprintsOptions, 'checkoutRoot'> = {},
): Promise<DistrustedFingerprints[]> {
  const found: DistrustedFingerprints[] = [];
  let survey: FingerprintSurvey | undefined;
  for await (const batch of batchesOf(events)) {
    for (const event of batch) {
      if (event.type === 'run-start') {
        const run = soundView<RunHeader>('run', event.run).value;
        survey = new FingerprintSurvey(createRunContext(event, run, checkoutRoot));
      } else if (event.type === 'result') survey?.add(soundResult(event), event.resultIndex);
      else if (event.type === 'run-end' && survey !== undefined) found[event.runIndex] = survey.end();
    }
  }
  return found;
}

function fingerprinting(options: AddFingerprintsOptions): Stage {
  const reporter = new Reporter(options.report, options.maxPerRule);
  const { sourceText, maxSourceLength, hashWholeFiles } = options;
  const sources =
    sourceText === undefined ? undefined : new SourceLineHashes({ sourceText, maxSourceLength, hashWholeFiles });
  let run: FingerprintedRun | undefined;

  return (event, emit) => {
    switch (event.type) {
      case 'run-start': {
        const header = soundView<RunHeader>('run', event.run).value;
        const context = createRunContext(event, header, options.checkoutRoot);
        run = new FingerprintedRun(context, options.distrusted?.[event.runIndex], sources, reporter);
        emit(event);
        break;
      }
      case 'result':
        emit(run === undefined ? event : run.fingerprinted(event));
        break;
      case 'log-end':
        reporter.end();
        emit(event);
        break;
      default:
        emit(event);
    }
  };
}

class FingerprintedRun {
  readonly #context: RunContext;
  readonly #distrusted: DistrustedFingerprints | undefined;
  readonly #sources: SourceLineHashes | undefined;
  readonly #reporter: Reporter;
  /** How many results with an identity there were so far, by its digest. */
  readonly #counts = new DigestTable();
  #isFullSaid = false;

  constructor(
    context: RunContext,
    distrusted: DistrustedFingerprints | undefined,
    sources: SourceLineHashes | undefined,
    reporter: Reporter,
  ) {
    this.#context = context;
    this.#distrusted = distrusted;
    this.#sources = sources;
    this.#reporter = reporter;
  }

  fingerprinted(event: ResultEvent): ResultEvent {
    const result = soundResult(event);
    if (!isObject(event.result)) return event;
    const added: Record<string, string> = {};
    const known = result.partialFingerprints ?? {};
    const isComputed = Object.hasOwn(known, computedName);
    if (isComputed || !this.#hasUsable(result)) {
      // What was computed before is counted as well: the next with the same identity must not get the same number.
      const basis = identityBasis(result, this.#context);
      const ordinal = this.#count(basis, event);
      if (!isComputed) added[computedName] = computedIdentity(basis, ordinal);
    }
    const lineHash = this.#sources?.of(result, this.#context.paths);
    if (lineHash !== undefined) {
      if (!Object.hasOwn(known, lineHashName)) added[lineHashName] = lineHash;
      else if (known[lineHashName] !== lineHash) this.#note(event, known[lineHashName], lineHash);
    }
    const names = Object.keys(added);
    if (names.length === 0) return event;
    this.#reporter.add(fingerprintsPresent.id, fingerprintsPresent.level, () =>
      resultDiagnostic(fingerprintsPresent, 'The result lacks fingerprints that can be computed.', event, [], {
        fix: `${names.map((name) => `'${name}'`).join(' and ')} ${names.length === 1 ? 'is' : 'are'} written.`,
      }),
    );
    return new FingerprintedResult(event, added);
  }

  #hasUsable(result: Result): boolean {
    const { ruleId } = this.#context.rules.find(result);
    return fingerprintMembers.some((member) =>
      Object.entries(result[member] ?? {}).some(
        ([name, value]) => isMeaningful(value, ruleId) && this.#distrusted?.[member].has(name) !== true,
      ),
    );
  }

  /** How many results before this one have the same identity. */
  #count(basis: string, event: ResultEvent): number {
    const digest = valueDigest(basis);
    const at = this.#counts.find(digest);
    const ordinal = at === -1 ? 0 : this.#counts.valueAt(at);
    if (!this.#counts.set(digest, ordinal + 1) && !this.#isFullSaid) {
      this.#isFullSaid = true;
      this.#reporter.add(fingerprintsPresent.id, 'note', () =>
        resultDiagnostic(
          fingerprintsPresent,
          'The run has more than 1,000,000 different identities. From here on results that are equal but for their lines get the same.',
          event,
          [],
        ),
      );
    }
    return ordinal;
  }

  #note(event: ResultEvent, written: string | undefined, found: string): void {
    this.#reporter.add(fingerprintsPresent.id, fingerprintsPresent.level, () =>
      resultDiagnostic(
        fingerprintsPresent,
        `The log has '${lineHashName}' as '${written}', the sources give '${found}'. It is kept. Make sure that the sources are those that were scanned.`,
        event,
        ['partialFingerprints', lineHashName],
        { value: written },
      ),
    );
  }
}

function soundResult(event: ResultEvent): Result {
  return defectsOf(event).length === 0 ? event.result : soundView<Result>('result', event.result).value;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
