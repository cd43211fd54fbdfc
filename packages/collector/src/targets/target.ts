import type { CredentialSettings } from '../secrets/credential.ts';
import type { HttpAnswer, HttpRequest } from '../send/http-message.ts';
import type { Outcome, SendPart } from '../send/outcome.ts';
import type { TokenSource } from '../send/token-source.ts';

/** What findings belong to. At least one of the two repository members is needed before anything is sent. */
export interface UploadContext {
  /** The platform's own id of the repository; wins where both are given. */
  readonly repositoryId?: string;
  /** The full URL. User info, query and fragment are removed before it is sent, stored or shown. */
  readonly repositoryUrl?: string;
  /** Absent: the repository's default branch. */
  readonly branch?: string;
}

/** Where a target is and who we are there. */
export interface TargetSettings {
  /** The complete upload URL, or the API host (with or without scheme) together with `collectorId`. */
  readonly url: string;
  readonly collectorId?: string;
  /** Absent in a dry run: everything works except building requests. */
  readonly credential?: CredentialSettings;
}

/** One target the user has configured: knows how to address it and how to read its answers. */
export interface Destination {
  readonly target: Target;
  /** Scheme, host and port. */
  readonly origin: string;
  /**
   * Whether anything can be sent at all; with a context, also whether it can be sent for it.
   * @throws TargetError `credential-missing`; and what `laneOf` throws
   */
  check(context?: UploadContext): void;
  /**
   * The lane of a tool's findings: target, collector, repository, branch and tool in one line.
   * @throws TargetError `repository-missing`, `repository-url`
   */
  laneOf(tool: string, context: UploadContext): string;
  /** Where its tokens come from, for a target that works with tokens that expire. */
  readonly tokens?: TokenSource;
  /**
   * The request of one attempt, signed afresh.
   * @param attempt 1 for the first
   * @param token of `tokens`, where there are any
   * @throws TargetError `credential-missing`, and what `laneOf` throws
   */
  requestFor(part: SendPart, context: UploadContext, attempt: number, token?: string): HttpRequest;
  /**
   * What an answer means. Total: every status and every body has a meaning.
   * @param request what was answered, as `requestFor` made it
   */
  outcomeOf(answer: HttpAnswer, epochMs: number, request?: HttpRequest): Outcome;
}

/** A place findings can go to. One file each, in the list of `targets.ts`. */
export interface Target {
  /** Value of `--target`. */
  readonly id: string;
  readonly title: string;
  readonly limits: {
    /** Part size where the user names none, in bytes. */
    readonly defaultPartBytes: number;
    /** The largest request the target takes, in bytes. */
    readonly maxPartBytes: number;
  };
  /**
   * What one upload means for those before it: added to them, instead of them, or not documented. Only where it is
   * `replaces` does a document have to travel whole; everywhere else its parts add up.
   */
  readonly state: 'additive' | 'replaces' | 'unknown';
  /** What to do with a part that may have arrived, where the user does not say. */
  readonly onUnknown: 'retry' | 'stop';
  /** @throws TargetError, CredentialError when the settings cannot work */
  connect(settings: TargetSettings): Destination;
}
