/** What the ledger knows of a part, and, taken together, of a document. */
export type PartState = 'planned' | 'sending' | 'accepted' | 'rejected' | 'unknown' | 'superseded' | 'held';

/**
 * What happens to a part: an attempt begins; it ends; the process that was sending died; the document was planned anew
 * and the part is no longer in it; the document was held back before sending.
 */
export type PartEvent = 'begin' | 'accepted' | 'rejected' | 'unknown' | 'not-sent' | 'crash' | 'supersede' | 'hold';

/** A part's state, and whether some earlier attempt may have arrived. */
export interface PartStanding {
  readonly state: PartState;
  readonly doubt: boolean;
}

const restartable: ReadonlySet<PartState> = new Set(['planned', 'rejected', 'unknown', 'superseded', 'held']);

/**
 * The state machine of a part: `planned → sending → accepted | rejected | unknown | superseded | held`. Attempts that did
 * not leave go back to `planned`, unless an earlier one may have arrived. `accepted` is final.
 * @returns `undefined` when the event is not allowed in that state
 */
export function nextStanding(standing: PartStanding, event: PartEvent): PartStanding | undefined {
  const { state, doubt } = standing;
  switch (event) {
    case 'begin':
      return restartable.has(state) ? { state: 'sending', doubt } : undefined;
    case 'accepted':
      return state === 'sending' ? { state: 'accepted', doubt: false } : undefined;
    case 'rejected':
      return state === 'sending' ? { state: 'rejected', doubt } : undefined;
    case 'unknown':
    case 'crash':
      return state === 'sending' ? { state: 'unknown', doubt: true } : undefined;
    case 'not-sent':
      return state === 'sending' ? { state: doubt ? 'unknown' : 'planned', doubt } : undefined;
    case 'supersede':
      return restartable.has(state) ? { state: 'superseded', doubt } : undefined;
    case 'hold':
      return restartable.has(state) ? { state: 'held', doubt } : undefined;
  }
}
