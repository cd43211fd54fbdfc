import type { Result } from '../model/model.ts';
import { maxTableEntries } from '../run/digest-table.ts';
import type { RunContext } from '../run/run-context.ts';
import { identityPath } from './identity-path.ts';
import { SharedFingerprints } from './shared-fingerprints.ts';
import { UniformFingerprints } from './uniform-fingerprints.ts';

/** The two members of a result that hold fingerprints. */
export const fingerprintMembers = ['fingerprints', 'partialFingerprints'] as const;

export type FingerprintMember = (typeof fingerprintMembers)[number];

/** Names in one run by which no result can be told from another. */
export type DistrustedFingerprints = Readonly<Record<FingerprintMember, ReadonlySet<string>>>;

/** What scanners write where they have nothing to write. */
const placeholders = new Set(['', 'requires login', 'undefined', 'null', '0']);

/** Whether a fingerprint says which result it belongs to, as far as one value shows. */
export function isMeaningful(value: unknown, ruleId?: string): value is string {
  return typeof value === 'string' && !placeholders.has(value.trim().toLowerCase()) && value !== ruleId;
}

/**
 * Finds the names not to be trusted in one run: those with the same value for all results though these are in several places,
 * and those of `fingerprints` with one value for different rules or files. Memory: bounded; beyond a million different values
 * only the first are compared.
 */
export class FingerprintSurvey {
  readonly #context: RunContext;
  readonly #uniform = { fingerprints: new UniformFingerprints(), partialFingerprints: new UniformFingerprints() };
  readonly #shared = new SharedFingerprints(maxTableEntries);
  readonly #sharedNames = new Set<string>();

  constructor(context: RunContext) {
    this.#context = context;
  }

  add(result: Result, resultIndex: number): void {
    const { ruleId } = this.#context.rules.find(result);
    const path = identityPath(result, this.#context);
    for (const member of fingerprintMembers) this.#uniform[member].add(result, result[member], resultIndex);
    for (const [name, value] of Object.entries(result.fingerprints ?? {})) {
      if (this.#shared.add(name, value, [ruleId, path], resultIndex) !== undefined) this.#sharedNames.add(name);
    }
  }

  end(): DistrustedFingerprints {
    const uniform = (member: FingerprintMember) => this.#uniform[member].end().map(({ name }) => name);
    return {
      fingerprints: new Set([...uniform('fingerprints'), ...this.#sharedNames]),
      partialFingerprints: new Set(uniform('partialFingerprints')),
    };
  }
}
