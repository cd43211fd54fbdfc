export {
  type Account,
  type AccountColumn,
  AccountError,
  type AccountReason,
  checkAccount,
  sumAccounts,
} from './account.ts';
export { uploadParts } from './upload-parts.ts';
export type {
  DeadLetter,
  DocumentReport,
  DocumentTally,
  FailureClass,
  PartCode,
  PartOrigin,
  PartOutcome,
  PartReport,
  UploadDocument,
  UploadEvent,
  UploadOptions,
  UploadPart,
  UploadResult,
} from './upload-types.ts';
