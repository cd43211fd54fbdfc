import { EventStream, type RunStartEvent, type SarifEvent } from '@sariflow/sarif';
import { redactResult } from './redact-result.ts';

/** `auto`: findings about secrets. `all`: tokens of known forms in every other finding as well. `off`: nothing is cut. */
export type RedactMode = 'auto' | 'all' | 'off';

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

/**
 * Whether a run may hold findings about secrets: by its tool, or by one of its rules.
 *
 * @param run as it was read: nothing in it can be taken for granted
 */
export function mayHoldSecrets(run: unknown): boolean {
  const tool = memberOf(run, 'tool');
  return [memberOf(tool, 'driver'), ...listOf(tool, 'extensions')].some(
    (component) => isNamedFor(component, 'name', secretTools) || listOf(component, 'rules').some(isSecretRule),
  );
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
    if (!(events instanceof EventStream)) {
      for await (const event of events) yield [redactor.redact(event)];
      return;
    }
    for await (const batch of events.blocks()) {
      const out: (typeof batch)[number][] = [];
      for (const piece of batch) {
        if (piece.type !== 'results') out.push(redactor.redact(piece));
        else if (!redactor.isConcerned) out.push(piece);
        else for (const event of piece.events()) out.push(redactor.redact(event));
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

  constructor(mode: RedactMode, tally: RedactTally) {
    this.#mode = mode;
    this.#tally = tally;
  }

  /** Whether results of the run that is being read may be changed. */
  get isConcerned(): boolean {
    return this.#mode === 'all' || this.#isTool || this.#rules.size > 0;
  }

  redact(event: SarifEvent): SarifEvent {
    if (event.type === 'run-start') this.#enter(event);
    if (event.type !== 'result') return event;
    const { ruleId = event.result.rule?.id ?? '' } = event.result;
    const isAboutSecret = this.#isTool || this.#rules.has(ruleId) || secretRules.test(ruleId);
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
  }
}
