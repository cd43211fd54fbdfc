export type {
  AttemptEnd,
  DeliveredDocument,
  ItemRequest,
  Ledger,
  LedgerItem,
  LedgerPart,
  LedgerPartRequest,
  LedgerRow,
  LedgerRun,
  LedgerView,
  Purged,
  PurgeRequest,
} from './ledger.ts';
export { LedgerError, type LedgerErrorCode } from './ledger-error.ts';
export type { PartState } from './part-state.ts';
export { defaultLedgerPath, openLedger, viewLedger } from './sqlite-ledger.ts';
