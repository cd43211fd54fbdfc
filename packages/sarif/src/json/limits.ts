/** Limits on what a document may hold. Going past one ends the reading with a diagnostic that names the limit. */
export interface Limits {
  /** Deepest nesting of arrays and objects, the root counting as 1. */
  readonly maxDepth: number;
  /** Longest document, in bytes. */
  readonly maxBytes: number;
  /** Longest single string, in bytes of its JSON text. */
  readonly maxStringBytes: number;
  /** Longest single element of a streamed array (one result, one finding), in bytes. */
  readonly maxElementBytes: number;
  /** Everything outside the streamed arrays together, in bytes. */
  readonly maxHeaderBytes: number;
  /** How much of a source that can be read only once is kept in memory, in bytes. */
  readonly maxSpoolBytes: number;
  /** How many bytes one byte of compressed input may become; not looked at before 64 MB have come out. */
  readonly maxInflateRatio: number;
}

export const defaultLimits: Limits = {
  maxDepth: 200,
  maxBytes: 64 * 2 ** 30,
  maxStringBytes: 64 * 2 ** 20,
  maxElementBytes: 256 * 2 ** 20,
  maxHeaderBytes: 256 * 2 ** 20,
  maxSpoolBytes: 256 * 2 ** 20,
  maxInflateRatio: 200,
};
