import type { PartState } from './part-state.ts';

/** A document in a lane, as far as the decision needs it. */
export interface KnownItem {
  readonly seq: number;
  readonly sha256: string;
  readonly state: PartState;
}

/** What is known of a lane when a document comes along. */
export interface LaneHistory {
  /** The lane's latest document, whatever became of it. */
  readonly last: KnownItem | undefined;
  /** The document expected next, when the lane's last upload is unfinished and has been repeated faithfully so far. */
  readonly expected: KnownItem | undefined;
}

/** What to do with a document in a lane. */
export type ItemDecision =
  | { readonly action: 'delivered' | 'resume'; readonly seq: number; readonly replay: boolean }
  | { readonly action: 'new'; readonly replay: boolean };

/**
 * Decides whether a document counts as delivered, is continued, or starts anew.
 *
 * Delivered means: the last one of its lane. A, B, A sends A again, because after B the platform may no longer show A.
 * An unfinished upload that is repeated, the same documents in the same order, is continued where it stopped: what it
 * had delivered is not sent again although other documents of the same upload came after it.
 */
export function decideItem(sha256: string, history: LaneHistory, force: boolean): ItemDecision {
  const { last, expected } = history;
  if (force) return { action: 'new', replay: false };
  if (expected?.sha256 === sha256) {
    return { action: expected.state === 'accepted' ? 'delivered' : 'resume', seq: expected.seq, replay: true };
  }
  if (last?.sha256 === sha256) {
    return { action: last.state === 'accepted' ? 'delivered' : 'resume', seq: last.seq, replay: false };
  }
  return { action: 'new', replay: false };
}
