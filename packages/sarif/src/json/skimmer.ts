/**
 * Passes over bytes quickly, without looking at what they mean: brackets are counted, strings passed over. The first pass over a
 * large document spends its time here, so that a compiled one may be put in.
 */
export interface Skimmer {
  /** The longest chunk that can be loaded, in bytes. */
  readonly maxBytes: number;
  /** Takes the bytes to look at. They stay as they are until the next call. */
  load(chunk: Uint8Array): void;
  /** Begins with `depth` brackets open and `deepest` allowed, inside a string or not. */
  start(depth: number, inString: boolean, escaped: boolean, deepest: number): void;
  /**
   * Passes over the bytes from one index to another, or to the bracket that closes all but `floor` of those that are open, or to one
   * that opens more than are allowed. Returns the index it came to: that of the bracket.
   */
  skim(from: number, to: number, floor: number): number;
  readonly depth: number;
  readonly inString: boolean;
  readonly escaped: boolean;
  /** Where the string starts that is open. */
  readonly stringStart: number;
  /** How many bytes from one index to another are this one. */
  countOf(byte: number, from: number, to: number): number;
  /** How many UTF-16 code units the UTF-8 bytes from one index to another decode to. */
  utf16Length(from: number, to: number): number;
}
