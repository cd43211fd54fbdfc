/** How a run can end, with the code the process exits with. Scripts rely on these: they never change meaning. */
export const exitCodes = {
  /** All done, everything accounted for. */
  ok: 0,
  /** The input was read and has errors, or findings could not be converted, or too many were dropped. */
  invalid: 1,
  /** A flag, the configuration, or a missing credential; nothing was sent. */
  usage: 2,
  /** No input matched, or what was given could not be read. */
  unreadable: 3,
  /** The target does not know or permit the credential (401, 402, 403). */
  auth: 4,
  /** The target refused content or destination (400, 404, 413, 422). */
  rejected: 5,
  /** Network, TLS, 429 or 5xx until the deadline; safe to run again. */
  undelivered: 6,
  /** The target may have received a part and did not answer. */
  unknown: 7,
  /** The shrink guard held an upload back. */
  held: 8,
  /** Delivered, and `--fail-on` found what it looks for. */
  gate: 9,
  /** A defect of ours. */
  internal: 70,
} as const;

export type ExitName = keyof typeof exitCodes;

/** When several apply, the first of these is what the process says. */
const precedence: readonly ExitName[] = [
  'internal',
  'usage',
  'auth',
  'unknown',
  'rejected',
  'undelivered',
  'held',
  'unreadable',
  'invalid',
  'gate',
];

/** What `--soft-fail` forgives: trouble with inputs and delivery, never a wrong command or a defect of ours. */
const forgivable: ReadonlySet<ExitName> = new Set([
  'unreadable',
  'auth',
  'rejected',
  'undelivered',
  'unknown',
  'held',
  'gate',
]);

/** The signals that end a run, with the exit codes that shells expect. */
export const signalExitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

export type StopSignal = keyof typeof signalExitCodes;

/** How the run ended: what `exit` is in the JSON documents. */
export interface Exit {
  readonly code: number;
  readonly name: ExitName | 'interrupted';
  /** Present when `--soft-fail` turned the code of `name` into 0. */
  readonly softFailed?: true;
}

/**
 * The exit for everything that happened in a run.
 *
 * @param happened in any order, repetitions allowed; nothing means `ok`
 * @param options.softFail whether codes 3 to 9 become 0
 * @param options.stoppedBy the signal that ended the run early; nothing but a defect of ours is more important
 */
export function exitFor(
  happened: Iterable<ExitName>,
  options: { readonly softFail?: boolean; readonly stoppedBy?: StopSignal | undefined } = {},
): Exit {
  const names = new Set(happened);
  const name = precedence.find((candidate) => names.has(candidate)) ?? 'ok';
  if (options.stoppedBy !== undefined && name !== 'internal') {
    return { code: signalExitCodes[options.stoppedBy], name: 'interrupted' };
  }
  if (options.softFail === true && forgivable.has(name)) return { code: 0, name, softFailed: true };
  return { code: exitCodes[name], name };
}
