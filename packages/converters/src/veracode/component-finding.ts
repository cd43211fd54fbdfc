import type { Severity } from '../shell/severity.ts';
import type { Taxon } from '../taxonomies/taxon.ts';
import type { KeptValue } from '../values/fields.ts';
import type { FindingState } from './finding-state.ts';
import type { Library } from './library.ts';
import type { StackFrame } from './stack-dumps.ts';

/** A finding about a dependency, checked, whatever form of report it comes from. */
export interface ComponentFinding {
  /** The CVE, Veracode's own number, `license/…`, `outdated-library` or `vulnerable-component`. */
  readonly ruleId: string;
  readonly kind: 'vulnerability' | 'license' | 'library';
  readonly title: string | undefined;
  /** What the vulnerability is. */
  readonly summary: string | undefined;
  readonly weaknesses: readonly Taxon[];
  readonly tags: readonly string[];
  readonly links: readonly string[];
  readonly severity: Severity;
  readonly severityText: string | number | undefined;
  readonly cvss: Cvss;
  readonly library: Library;
  /** Where the component lies in what was scanned, or the manifest that asks for it. */
  readonly files: readonly ComponentFile[];
  /** Each from the root to the component. */
  readonly dependencyPaths: readonly (readonly string[])[];
  /** Calls that reach vulnerable methods. */
  readonly flows: readonly (readonly StackFrame[])[];
  readonly fix: { readonly upgradeTo?: string; readonly texts?: readonly string[] } | undefined;
  readonly state: FindingState;
  readonly violatesPolicy: boolean;
  readonly firstSeen: string | undefined;
  readonly lastSeen: string | undefined;
  readonly fingerprints: Readonly<Record<string, string>>;
  readonly viewer: string | undefined;
  readonly kept: readonly KeptValue[];
}

export interface Cvss {
  /** CVSS 2. */
  readonly v2?: number | undefined;
  readonly v2Vector?: string | undefined;
  /** CVSS 3. */
  readonly v3?: number | undefined;
  readonly v3Vector?: string | undefined;
}

export interface ComponentFile {
  readonly path: string;
  readonly line?: number | undefined;
}

/** The rule id of a CVE, with or without its prefix, or of a number of Veracode's own database. */
export function vulnerabilityId(written: string): string {
  return /^\d{4}-\d{4,}$/.test(written) ? `CVE-${written}` : written;
}
