import type { Examination } from './examine.ts';

export interface Answer extends Examination {
  /** Largest resident set of the process so far. */
  readonly peakBytes: number;
}

/** Sent once, when documents can be sent: how long a process takes to start is no document's fault. */
export const ready = 'ready';

/** In a process that was forked: examines each document that the parent sends, one at a time. */
export function answerRequests(examine: (bytes: Uint8Array) => Promise<Examination>): void {
  process.on('message', (bytes: Uint8Array) => {
    examine(bytes).then((examination) => {
      // `maxRSS` is in kibibytes on every platform.
      const answer: Answer = { ...examination, peakBytes: process.resourceUsage().maxRSS * 1024 };
      process.send?.(answer);
    });
  });
  process.send?.(ready);
}
