import type { Diagnostic, Place } from '../diagnostics/diagnostic.ts';
import type { JsonPointer } from './pointer.ts';

/** Why bytes could not be read as one JSON document. The names are the rule ids of the diagnostics. */
export type ReadErrorCode =
  | 'SF-P101'
  | 'SF-P103'
  | 'SF-P104'
  | 'SF-P105'
  | 'SF-P106'
  | 'SF-P107'
  | 'SF-P109'
  | 'SF-P113'
  | 'SF-P114'
  | 'SF-P115'
  | 'SF-P116'
  | 'SF-P117';

/** The bytes cannot be read any further. `diagnostic` says what is wrong, and where. */
export class ReadError extends Error {
  override readonly name = 'ReadError';
  readonly code: ReadErrorCode;
  readonly diagnostic: Diagnostic;
  /** How many complete elements of streamed arrays (results, findings) were seen before the defect. */
  readonly completeElements: number;

  constructor(
    code: ReadErrorCode,
    message: string,
    at: { place: Place; pointer: JsonPointer; completeElements?: number },
  ) {
    super(message);
    this.code = code;
    this.completeElements = at.completeElements ?? 0;
    this.diagnostic = { ruleId: code, level: 'error', message, pointer: at.pointer, place: at.place };
  }
}
