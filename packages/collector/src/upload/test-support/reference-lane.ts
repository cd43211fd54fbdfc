import type { PartOutcome } from '../upload-types.ts';

/**
 * What happens to a request: it is accepted; its answer is lost; it is cut half-way; it is refused, or the key is; the
 * process dies while it is out.
 */
export type Fate = 'accepted' | 'lost' | 'cut' | 'refused' | 'unauthorised' | 'crash';

/** One run of an upload of one document. */
export interface Upload {
  readonly document: 'A' | 'B' | 'C';
  /** Of the requests, in order; from the start again when there are more. */
  readonly fates: readonly Fate[];
  readonly onUnknown: 'retry' | 'stop';
  readonly force: boolean;
}

/** What is to come of it. */
export interface Expected {
  /** Names of the parts as they are sent. */
  readonly requests: readonly string[];
  readonly outcomes: readonly PartOutcome[];
  readonly delivered: boolean;
  readonly crashed: boolean;
}

/** What is remembered of a part: how it stands, and whether some attempt may have been stored. */
interface Part {
  state: 'planned' | 'accepted' | 'rejected' | 'unknown';
  doubt: boolean;
}

/** A lane as it is meant to be, in as few words as possible. It remembers its last document only. */
export function createReferenceLane(maxAttempts: number) {
  let last: { readonly document: string; readonly parts: Part[] } | undefined;

  return {
    upload({ document, fates, onUnknown, force }: Upload, count: number): Expected {
      if (force || last?.document !== document) {
        last = { document, parts: Array.from({ length: count }, () => ({ state: 'planned', doubt: false })) };
      }
      const requests: string[] = [];
      const outcomes: PartOutcome[] = [];
      let stopped = false;

      for (const [index, part] of last.parts.entries()) {
        const before = part.state;
        if (before === 'accepted') {
          outcomes.push('accepted');
          continue;
        }
        if (before === 'unknown' && (onUnknown === 'stop' || stopped)) {
          stopped = true;
          outcomes.push('unknown');
          continue;
        }
        if (stopped) {
          outcomes.push('undelivered');
          continue;
        }
        let lostNow = false;
        let outcome: PartOutcome | 'again' = 'again';
        for (let attempt = 1; outcome === 'again'; attempt += 1) {
          const fate = fates[requests.length % fates.length] ?? 'accepted';
          requests.push(`${document}#${index + 1}`);
          const isLast = attempt >= maxAttempts;
          switch (fate) {
            case 'accepted':
              Object.assign(part, { state: 'accepted', doubt: false });
              outcome = 'accepted';
              break;
            case 'crash':
              Object.assign(part, { state: 'unknown', doubt: true });
              return { requests, outcomes, delivered: false, crashed: true };
            case 'lost':
              Object.assign(part, { state: 'unknown', doubt: true });
              lostNow = true;
              if (onUnknown === 'stop' || isLast) outcome = 'unknown';
              break;
            case 'cut':
              part.state = part.doubt ? 'unknown' : 'planned';
              if (isLast) outcome = lostNow || before === 'unknown' ? 'unknown' : 'undelivered';
              break;
            case 'refused':
              part.state = 'rejected';
              outcome = 'rejected';
              break;
            case 'unauthorised':
              part.state = 'rejected';
              outcome = lostNow ? 'unknown' : 'rejected';
              stopped = true;
              break;
          }
        }
        if (outcome === 'unknown' && onUnknown === 'stop') stopped = true;
        outcomes.push(outcome);
      }
      const delivered = outcomes.every((outcome) => outcome === 'accepted');
      return { requests, outcomes, delivered, crashed: false };
    },
  };
}
