import {
  type DistrustedFingerprints,
  fingerprintMembers,
  isMeaningful,
} from '../fingerprint/distrusted-fingerprints.ts';
import { identityBasis } from '../fingerprint/result-identity.ts';
import { stableText } from '../fingerprint/stable-text.ts';
import type { Level, Result } from '../model/model.ts';
import { effectiveLevel } from '../run/effective-level.ts';
import { resultText } from '../run/message-text.ts';
import type { RunContext } from '../run/run-context.ts';
import { suppressionState } from '../run/suppression-state.ts';
import { valueDigest } from '../schema/value-digest.ts';

/** How many different names of fingerprints are told apart. Tools have one or two. */
const maxNames = 32;

export const levels = ['none', 'note', 'warning', 'error'] as const satisfies readonly Level[];

/** The fingerprint that results of one finding have in common across runs (section 3.27.4). */
const correlation = 'correlationGuid';

/** A name under which results have fingerprints. */
export interface FingerprintColumn {
  readonly member: 'fingerprints' | 'partialFingerprints';
  readonly name: string;
  /** A digest for each result; 0, or nothing at the end, where it has none that is worth anything. */
  readonly values: number[];
}

/**
 * What results are known by, and compared by: a few numbers for each, whatever its size. About 60 bytes for each result and 8 for each of
 * its fingerprints.
 */
export class ResultKeys {
  /** Digests, each 0 for nothing. */
  readonly guids: number[] = [];
  readonly rules: number[] = [];
  readonly paths: number[] = [];
  /** What the finding is about, apart from its rule: path and content. */
  readonly contents: number[] = [];
  readonly messages: number[] = [];
  /** 0 where no line is known. */
  readonly lines: number[] = [];
  /** Positions in `levels`. */
  readonly levels: number[] = [];
  readonly suppressed: boolean[] = [];
  readonly columns: FingerprintColumn[] = [];

  get size(): number {
    return this.rules.length;
  }

  /** @param now when to judge whether suppressions have expired */
  add(result: Result, context: RunContext, now: Date | undefined): void {
    const { run, rules } = context;
    const found = rules.find(result);
    const index = this.size;
    const [, rule = '', ...content] = identityBasis(result, context).split('\u001f');
    this.guids.push(result.guid === undefined ? 0 : digestOf(result.guid.toLowerCase()));
    this.rules.push(ruleKey(rule));
    this.paths.push(digestOf(content[1] ?? ''));
    this.contents.push(digestOf(content.join('\u001f')));
    this.messages.push(digestOf(stableText(resultText(result, found, run))));
    this.lines.push(result.locations?.[0]?.physicalLocation?.region?.startLine ?? 0);
    this.levels.push(levels.indexOf(effectiveLevel(result, found, run, rules)));
    this.suppressed.push(suppressionState(result.suppressions, now) === 'suppressed');
    if (result.correlationGuid !== undefined) this.#set('fingerprints', correlation, index, result.correlationGuid);
    for (const member of fingerprintMembers) {
      for (const [name, value] of Object.entries(result[member] ?? {})) {
        if (isMeaningful(value, found.ruleId)) this.#set(member, name, index, value);
      }
    }
  }

  /** Forgets fingerprints by which no result can be told from another, from a result on. */
  distrust(names: DistrustedFingerprints, from: number): void {
    for (const { member, name, values } of this.columns) {
      if (names[member].has(name)) values.fill(0, from);
    }
  }

  #set(member: FingerprintColumn['member'], name: string, index: number, value: string): void {
    let column = this.columns.find((each) => each.member === member && each.name === name);
    if (column === undefined) {
      if (this.columns.length >= maxNames) return;
      column = { member, name, values: [] };
      this.columns.push(column);
    }
    while (column.values.length < index) column.values.push(0);
    column.values.push(digestOf(value));
  }
}

/** The key of a rule by its id, without the part that tells its results apart. */
export function ruleKey(id: string): number {
  return digestOf(id);
}

/** Never 0. */
function digestOf(text: string): number {
  return valueDigest(text) || 1;
}
