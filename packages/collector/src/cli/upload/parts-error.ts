import { PartTooSmallError } from '@sariflow/sarif';
import { CertusScanTooLarge } from '../../targets/certus/scan-body.ts';
import type { FileError } from '../documents/document.ts';
import { fileErrorOf } from '../open-report.ts';

/** Why the parts of a document could not all be made, if the error is about the document; anything else is thrown again. */
export function partsErrorOf(error: unknown): FileError {
  if (error instanceof PartTooSmallError || error instanceof CertusScanTooLarge)
    return { code: error.code, message: error.message };
  return fileErrorOf(error);
}
