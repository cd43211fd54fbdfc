import type { Spool } from '../input/spool.ts';
import type { Conversation } from './conversation.ts';
import type { Environment } from './environment.ts';
import type { Output } from './output.ts';
import type { Settings } from './settings.ts';

/** What a command works with. */
export interface Services {
  readonly environment: Environment;
  /** The result goes here. */
  readonly result: Output;
  readonly conversation: Conversation;
  readonly spool: Spool;
  readonly settings: Settings;
  /** Whether the result is the JSON document. */
  readonly isJson: boolean;
}
