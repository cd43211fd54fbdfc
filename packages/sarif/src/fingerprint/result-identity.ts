import type { Result } from '../model/model.ts';
import { resultText } from '../run/message-text.ts';
import type { RunContext } from '../run/run-context.ts';
import { type DistrustedFingerprints, isMeaningful } from './distrusted-fingerprints.ts';
import { fingerprintName, latestFingerprints } from './fingerprint-name.ts';
import { identityPath } from './identity-path.ts';
import { sha256Hex } from './sha256.ts';
import { collapsed, stableText } from './stable-text.ts';

/** The partial fingerprint of GitHub code scanning. */
export const lineHashName = 'primaryLocationLineHash';

/** Where on its line a finding is, for CodeQL: says something only beside the hash of the line. */
const columnName = 'primaryLocationStartColumnFingerprint';

/** The partial fingerprint that is computed where a scanner gives none. */
export const computedName = 'normalizedIdentity/v1';

const unitSeparator = '\u001f';

/** By what a result is known again in another run. */
export interface ResultIdentity {
  readonly by: 'fingerprints' | 'partialFingerprints' | 'primaryLocationLineHash' | 'computed';
  /** Equal for results that are the same, in one tool's logs. 64 hexadecimal digits. */
  readonly key: string;
}

/**
 * The best that a result offers: its fingerprints, else its partial ones together with rule and path, else what is computed. Line
 * numbers take no part.
 *
 * @param ordinal how many results before this one in the log have the same `identityBasis`; counts only for what is computed
 */
export function resultIdentity(
  result: Result,
  context: RunContext,
  { ordinal = 0, distrusted }: { readonly ordinal?: number; readonly distrusted?: DistrustedFingerprints } = {},
): ResultIdentity {
  const { ruleId } = context.rules.find(result);
  const usable = (member: 'fingerprints' | 'partialFingerprints') =>
    latestFingerprints(result[member])
      .filter(({ name, value }) => isMeaningful(value, ruleId) && distrusted?.[member].has(name) !== true)
      .filter(({ base }) => member === 'fingerprints' || !dependent.has(base));
  const keyOf = (parts: readonly (string | undefined)[]) =>
    sha256Hex(parts.map((part) => part ?? '').join(unitSeparator));

  const stable = usable('fingerprints');
  if (stable.length > 0) {
    return { by: 'fingerprints', key: keyOf(stable.flatMap(({ name, value }) => [name, value])) };
  }
  const place = [ruleId, identityPath(result, context)];
  const partial = usable('partialFingerprints');
  if (partial.length > 0) {
    return {
      by: 'partialFingerprints',
      key: keyOf([...place, ...partial.flatMap(({ name, value }) => [name, value])]),
    };
  }
  const lineHash = result.partialFingerprints?.[lineHashName];
  if (isMeaningful(lineHash, ruleId)) {
    return {
      by: 'primaryLocationLineHash',
      key: keyOf([...place, lineHashName, lineHash, result.partialFingerprints?.[columnName]]),
    };
  }
  const written = result.partialFingerprints?.[computedName];
  if (isMeaningful(written, ruleId)) return { by: 'computed', key: written };
  return { by: 'computed', key: computedIdentity(identityBasis(result, context), ordinal) };
}

/** Partial fingerprints that come later, or only together with one that does. */
const dependent: ReadonlySet<string> = new Set([lineHashName, columnName, fingerprintName(computedName).base]);

/** What an identity is computed of, but for the ordinal that tells results apart which have all of it in common. */
export function identityBasis(result: Result, context: RunContext): string {
  const { run, rules } = context;
  const found = rules.find(result);
  const ruleId = found.ruleId ?? '';
  const parent = found.descriptor?.id;
  const isSubRule = parent !== undefined && ruleId.startsWith(`${parent}/`);
  const rule = isSubRule ? [parent, ruleId.slice(parent.length + 1)] : [ruleId, ''];
  const snippet = result.locations?.[0]?.physicalLocation?.region?.snippet?.text;
  const isShown = snippet !== undefined && snippet.trim() !== '';
  const content = isShown ? collapsed(snippet) : stableText(resultText(result, found, run));
  return [run.tool.driver.name, ...rule, identityPath(result, context), content].join(unitSeparator);
}

/** The value of `normalizedIdentity/v1`. */
export function computedIdentity(basis: string, ordinal: number): string {
  return sha256Hex(`${basis}${unitSeparator}${ordinal}`);
}
