import type { Paint } from './render/paint.ts';
import type { Text } from './render/text.ts';

/** Where bytes go: standard output or standard error, seen from a command. */
export interface Output {
  /** Writes as it is: documents and other results. Resolves when there is room for more. */
  write(chunk: string | Uint8Array): Promise<void>;
  /** Writes one line for people. */
  line(line: Text): void;
  readonly paint: Paint;
  readonly columns: number;
  readonly isTerminal: boolean;
}
