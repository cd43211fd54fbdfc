import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DeadLetter } from '../../upload/upload-types.ts';

/** Findings that were left out so that others could be delivered, written down for people and `jq`. */
export interface DeadLetterFile {
  readonly path: string;
  /** Appends one line: the letter, with the result as it stands in the log. Throws what the file system says. */
  append(letter: DeadLetter, result: string): void;
}

/** Beside the ledger, readable by its owner alone. Made when the first letter comes. */
export function deadLetterFile(ledgerPath: string): DeadLetterFile {
  const path = join(dirname(ledgerPath), 'dead-letters.ndjson');
  return {
    path,
    append(letter, result) {
      const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants;
      const descriptor = openSync(path, O_WRONLY | O_APPEND | O_CREAT | (O_NOFOLLOW ?? 0), 0o600);
      try {
        const line = `${JSON.stringify(letter).slice(0, -1)},"result":${result}}\n`;
        writeSync(descriptor, line);
      } finally {
        closeSync(descriptor);
      }
    },
  };
}
