/** What is wrong with a ledger. Stable. */
export type LedgerErrorCode =
  | 'ledger-busy'
  | 'ledger-missing'
  | 'ledger-damaged'
  | 'ledger-foreign'
  | 'ledger-newer'
  | 'ledger-full'
  | 'ledger-unwritable'
  | 'ledger-io'
  | 'ledger-defect';

/** The ledger cannot be used, or can no longer be. What it holds is never taken for "done" after this. */
export class LedgerError extends Error {
  readonly code: LedgerErrorCode;
  /** Where the ledger is. */
  readonly place: string;
  /** Of `ledger-busy`: the process that has it, when it can be told. */
  readonly ownerPid: number | undefined;

  constructor(
    code: LedgerErrorCode,
    place: string,
    message: string,
    details: { cause?: unknown; ownerPid?: number | undefined } = {},
  ) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.name = 'LedgerError';
    this.code = code;
    this.place = place;
    this.ownerPid = details.ownerPid;
  }
}

/** @returns the error that says that what the ledger holds cannot be trusted, and how to go on */
export function damagedLedger(place: string, what: string, cause?: unknown): LedgerError {
  return new LedgerError(
    'ledger-damaged',
    place,
    `The ledger ${place} is damaged: ${what}. Nothing in it is taken for delivered. Move it and the files beside it (${place}-*) away and run again: everything is sent again then.`,
    { cause },
  );
}
