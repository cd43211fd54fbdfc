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
} from './ledger.ts';
export { LedgerError, type LedgerErrorCode } from './ledger-error.ts';
export type { PartState } from './part-state.ts';
export { defaultLedgerPath, openLedger } from './sqlite-ledger.ts';
