import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { damagedLedger, LedgerError } from './ledger-error.ts';
import { sealOf } from './row-seal.ts';

/**
 * Counts the changes of a ledger outside of its database. SQLite takes a log that was cut for one that ends there, and
 * so would a ledger that lost its newest document take the one before it for the last delivered. With the count beside
 * it, a ledger that knows of fewer changes than were made is told from one that is whole.
 */
export interface LedgerWitness {
  /** Notes that so many changes are durable. To be called after each commit, before anybody relies on it. */
  note(changes: number): void;
  close(): void;
}

/** Two places that are written in turn: a write that was torn leaves the one before it. */
const slots = 2;
const slotBytes = 64;

/** Where the witness of the ledger at `place` is. */
export function witnessPlace(place: string): string {
  return `${place}-witness`;
}

/**
 * The number of changes that the witness of the ledger has seen.
 * @param id of the ledger, 16 hex digits
 * @returns `undefined` when there is no witness
 * @throws LedgerError `ledger-damaged` when it cannot be read, or is that of another ledger
 */
export function readWitness(place: string, id: string): number | undefined {
  const file = openExisting(place, constants.O_RDONLY);
  if (file === undefined) return undefined;
  try {
    const bytes = Buffer.alloc(slots * slotBytes);
    const length = readSync(file, bytes, 0, bytes.length, 0);
    const texts = Array.from({ length: slots }, (_, slot) =>
      bytes.toString('latin1', slot * slotBytes, Math.min((slot + 1) * slotBytes, length)),
    );
    const noted = texts.map(readSlot).filter((slot) => slot !== undefined);
    const own = noted.filter((slot) => slot.id === id);
    if (own.length > 0) return Math.max(...own.map((slot) => slot.changes));
    const what = noted.length > 0 ? 'belongs to another ledger' : 'cannot be read';
    throw damagedLedger(place, `the file '${witnessPlace(place)}', which counts its changes, ${what}`);
  } finally {
    closeSync(file);
  }
}

/** Opens the witness for writing, and creates it for the user alone where it is missing. Links are not followed. */
export function openWitness(place: string, id: string): LedgerWitness {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW;
  const file = openSync(witnessPlace(place), flags, 0o600);
  return {
    note(changes) {
      // The page cache survives the death of the process, and at a power cut an older count is no false alarm: no sync.
      writeSync(file, writeSlot(id, changes), (changes % slots) * slotBytes, 'latin1');
    },
    close: () => closeSync(file),
  };
}

function openExisting(place: string, flags: number): number | undefined {
  try {
    const file = openSync(witnessPlace(place), flags | constants.O_NOFOLLOW);
    if (fstatSync(file).isFile()) return file;
    closeSync(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return undefined;
    if (code !== 'ELOOP') throw error;
  }
  throw new LedgerError(
    'ledger-foreign',
    place,
    `${witnessPlace(place)} is a link or no file, so the ledger beside it is not used. Move it away; links are not followed.`,
  );
}

function writeSlot(id: string, changes: number): string {
  return `${`${id} ${changes} ${sealOf('witness', id, changes)}`.padEnd(slotBytes - 1)}\n`;
}

function readSlot(slot: string): { readonly id: string; readonly changes: number } | undefined {
  const [id = '', written = '', seal] = slot.trim().split(' ');
  const changes = Number(written);
  return seal === sealOf('witness', id, changes) ? { id, changes } : undefined;
}
