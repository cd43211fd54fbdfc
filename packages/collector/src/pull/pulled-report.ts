/** How far a pull is. */
export interface PullProgress {
  /** What is counted, such as `issues`. */
  readonly unit: string;
  readonly done: number;
  readonly total: number | undefined;
}

/** What a pull came to. */
export interface PullSummary {
  /** Findings that the server gave out. */
  readonly findings: number;
  /** Findings of which the server says that there are, and which it did not give out. */
  readonly missing: number;
  /** What the user should know, as sentences. */
  readonly notices: readonly string[];
  /** What the user may want to know. */
  readonly remarks: readonly string[];
}

/** A server's findings as one document of its own API. */
export interface PulledReport {
  /**
   * The document in pieces, which come as they are asked for; can be read once. Throws `PullError`, or the reason of the client's signal: then the
   * document has no end.
   */
  text(): AsyncGenerator<string, void, undefined>;
  /** Final once the text has come to its end. */
  summary(): PullSummary;
}
