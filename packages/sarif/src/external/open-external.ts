import type { Source } from '../json/source.ts';

/** An external property file that a run refers to (section 3.16). */
export interface ExternalReference {
  /** The member of `externalPropertyFileReferences`, such as `artifacts`. */
  readonly property: string;
  /** A relative URI reference without `..`, percent-encoded. Relative to `baseUri`, else to the folder of the log. */
  readonly uri: string;
  /** An absolute `file:` URI with a slash at its end, where the log declares a base that resolves to one. */
  readonly baseUri?: string | undefined;
  readonly guid?: string | undefined;
  /** How many elements the log expects in the file. */
  readonly itemCount?: number | undefined;
}

/**
 * Opens an external property file; `undefined` when there is none. What it throws is reported, and the file counts as missing.
 * The URI leads to no other place than one below the folder or the base; whether that is a folder that may be read is for the
 * caller to decide. Each file is asked for once.
 */
export type OpenExternal = (reference: ExternalReference) => Promise<Source | undefined>;
