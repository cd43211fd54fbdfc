import type { Secret } from '../secrets/secret.ts';
import type { Clock } from '../send/clock.ts';
import type { ProxySettings } from '../send/proxy-settings.ts';
import type { RetryPolicy } from '../send/with-retry.ts';
import type { PullWait } from './api-client.ts';
import type { PullProgress } from './pulled-report.ts';

/** What every pull is told, whatever the server. */
export interface PullSettings {
  /** The address of the server, as the user writes it. */
  readonly url: string;
  readonly token: Secret;
  readonly clock: Clock;
  /** Milliseconds for the whole pull; `Infinity` for no limit. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  readonly policy?: RetryPolicy | undefined;
  readonly proxy?: ProxySettings | undefined;
  /** Certificates of private authorities, as PEM. */
  readonly ca?: string | undefined;
  readonly maxAnswerBytes?: number | undefined;
  readonly onWait?: ((wait: PullWait) => void) | undefined;
  readonly onProgress?: ((progress: PullProgress) => void) | undefined;
}
