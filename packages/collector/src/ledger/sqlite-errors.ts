import { damagedLedger, LedgerError } from './ledger-error.ts';

/** Primary result codes of SQLite, and what they mean for a ledger. */
const generic = 1;
const busy = 5;
const readOnly = 8;
const corrupt = 11;
const full = 13;
const cannotOpen = 14;
const notADatabase = 26;

/** Says in our words what SQLite or the file system reported about the ledger at `place`. */
export function ledgerErrorOf(error: unknown, place: string): LedgerError {
  if (error instanceof LedgerError) return error;
  const system = error instanceof Error && 'code' in error ? error.code : undefined;
  const primary =
    error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
      ? error.errcode & 0xff
      : undefined;
  const said = error instanceof Error ? error.message : String(error);

  // Our statements are right for our tables: where SQLite finds an error in them, the tables are not ours any more.
  if (primary === corrupt || primary === notADatabase || primary === generic) return damagedLedger(place, said, error);
  if (primary === busy) {
    return new LedgerError(
      'ledger-busy',
      place,
      `Another program is using the ledger ${place}. Wait for it, or choose another with --ledger.`,
      { cause: error },
    );
  }
  if (primary === full || system === 'ENOSPC' || system === 'EDQUOT') {
    return new LedgerError(
      'ledger-full',
      place,
      `There is no space left for the ledger ${place}, so nothing more is sent. Make room and run again: what it knows is kept.`,
      { cause: error },
    );
  }
  if (
    primary === readOnly ||
    primary === cannotOpen ||
    system === 'EACCES' ||
    system === 'EPERM' ||
    system === 'EROFS'
  ) {
    return new LedgerError(
      'ledger-unwritable',
      place,
      `The ledger ${place} cannot be opened for writing (${said}). Check the permissions, choose another place with --ledger, or run with --no-ledger.`,
      { cause: error },
    );
  }
  return new LedgerError(
    'ledger-io',
    place,
    `The ledger ${place} cannot be used: ${said}. Nothing more is sent; run again when the disk is well.`,
    { cause: error },
  );
}

/** Whether SQLite said that somebody else has the file. */
export function isBusy(error: unknown): boolean {
  return (
    error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && (error.errcode & 0xff) === busy
  );
}
