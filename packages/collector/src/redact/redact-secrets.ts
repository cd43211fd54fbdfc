import { EventStream, type Result, type ResultBlock, type RunStartEvent, type SarifEvent } from '@sariflow/sarif';
import { redactResult } from './redact-result.ts';

/** `auto`: findings about secrets. `all`: tokens of known forms in every other finding as well. `off`: nothing is cut. */
export type RedactMode = 'auto' | 'all' | 'off';

/** The ways of naming rules that a reader has numbered. */
type RuleNames = ReturnType<ResultBlock['factsAt']>['names'];

/** What was cut out. */
export interface RedactTally {
  /** Secrets. */
  cuts: number;
  /** Findings that had some. */
  findings: number;
}

const secretTools =
  /gitleaks|trufflehog|detect-secrets|git-secrets|gitguardian|ggshield|secretlint|whispers|talisman|shhgit|secrets?\b/i;
const secretRules = /(^|[^a-z])secrets?([^a-z]|$)|hard-?coded[-_ ](credential|password|secret|key|token)/i;
/** Credentials in source code (CWE-798, 259, 321, 522 are about nothing else that has source text). */
const secretTags = /^(secrets?|(external\/cwe\/)?cwe-0*(798|259|321))$/i;

/** Whether a scanner does nothing but look for secrets. */
function isSecretTool(name: string): boolean {
  return secretTools.test(name);
}

function isSecretRule(rule: unknown): boolean {
  if (isNamedFor(rule, 'id', secretRules) || isNamedFor(rule, 'name', secretRules)) return true;
  return listOf(memberOf(rule, 'properties'), 'tags').some((tag) => typeof tag === 'string' && secretTags.test(tag));
}

function isNamedFor(value: unknown, name: string, pattern: RegExp): boolean {
  const text = memberOf(value, name);
  return typeof text === 'string' && pattern.test(text);
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function listOf(value: unknown, name: string): readonly unknown[] {
  const list = memberOf(value, name);
  return Array.isArray(list) ? list : [];
}

/**
 * Takes secrets out of the results of a log. Results in which there is nothing to cut stay the events they were, and whole runs that are not
 * concerned stay in the blocks that they came in.
 *
 * @param events as the schema wants them, such as `normalize` gives
 * @param tally is added to
 */
export function redactSecrets(
  events: AsyncIterable<SarifEvent>,
  mode: Exclude<RedactMode, 'off'>,
  tally: RedactTally,
): EventStream {
  return new EventStream(async function* () {
    const redactor = new Redactor(mode, tally);
    for await (const batch of EventStream.of(events).blocks()) {
      const out: (typeof batch)[number][] = [];
      for (const piece of batch) {
        if (piece.type !== 'results') out.push(redactor.redact(piece));
        else redactor.redactBlock(piece, (next) => out.push(next));
      }
      yield out;
    }
  });
}

class Redactor {
  readonly #mode: RedactMode;
  readonly #tally: RedactTally;
  #isTool = false;
  #rules: ReadonlySet<string> = new Set();
  /** Positions of those rules in their components. */
  #positions: ReadonlySet<number> = new Set();
  #names: RuleNames | undefined;
  readonly #concerned: (boolean | undefined)[] = [];

  constructor(mode: RedactMode, tally: RedactTally) {
    this.#mode = mode;
    this.#tally = tally;
  }

  /** Results of the block that nothing has to be cut out of stay in blocks. */
  redactBlock(block: ResultBlock, emit: (next: SarifEvent | ResultBlock) => void): void {
    let clean: SarifEvent | undefined;
    const stays = (at: number) => {
      const { key, names } = block.factsAt(at);
      if (!this.#isNameConcerned(names, key)) return true;
      const event = block.eventAt(at);
      clean = this.redact(event);
      return clean === event;
    };
    block.divide(stays, emit, () => emit(clean as SarifEvent));
  }

  /** Whether results that name their rule in this way may be changed: worked out once for each. */
  #isNameConcerned(names: RuleNames, key: number): boolean {
    if (this.#mode === 'all' || this.#isTool) return true;
    if (this.#names !== names) {
      this.#names = names;
      this.#concerned.length = 0;
    }
    const named = names.results[key];
    const known = this.#concerned[key];
    if (known !== undefined || named === undefined) return known ?? true;
    const isConcerned = this.#isNamedAbout(named);
    this.#concerned[key] = isConcerned;
    return isConcerned;
  }

  /** Not every rule that results name is described, nor does every result name its rule by an id. */
  #isNamedAbout({ ruleId, rule, ruleIndex }: Pick<Result, 'ruleId' | 'rule' | 'ruleIndex'>): boolean {
    if (this.#isTool) return true;
    const id = ruleId ?? rule?.id;
    if (id === undefined) return this.#positions.has(ruleIndex ?? rule?.index ?? -1);
    return this.#rules.has(id) || secretRules.test(id);
  }

  redact(event: SarifEvent): SarifEvent {
    if (event.type === 'run-start') this.#enter(event);
    if (event.type !== 'result') return event;
    const isAboutSecret = this.#isNamedAbout(event.result);
    if (!isAboutSecret && this.#mode === 'auto') return event;
    const { result, cuts } = redactResult(event.result, isAboutSecret);
    if (cuts === 0) return event;
    this.#tally.cuts += cuts;
    this.#tally.findings += 1;
    const { type, runIndex, resultIndex, addedRule } = event;
    return { type, runIndex, resultIndex, result, ...(addedRule !== undefined && { addedRule }) };
  }

  #enter({ run: { tool } }: RunStartEvent): void {
    const components = [tool.driver, ...(tool.extensions ?? [])];
    this.#isTool = components.some(({ name }) => isSecretTool(name));
    this.#rules = new Set(components.flatMap(({ rules }) => rules?.filter(isSecretRule).map(({ id }) => id) ?? []));
    this.#positions = new Set(
      components.flatMap(({ rules = [] }) => rules.flatMap((rule, at) => (isSecretRule(rule) ? [at] : []))),
    );
  }
}
