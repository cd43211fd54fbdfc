import type { Suppression } from '@sariflow/sarif';
import type { Doubt } from '../diagnostics/doubt.ts';
import { Refusal } from '../shell/drafts.ts';
import type { Severity } from '../shell/severity.ts';
import type { Taxon } from '../taxonomies/taxon.ts';
import { Fields, type KeptValue } from '../values/fields.ts';
import { isObject, type JsonObject, kindOf } from '../values/json-object.ts';
import { readLicense } from './license.ts';
import { readMisconfiguration } from './misconfiguration.ts';
import { readSecret } from './secret.ts';
import type { Target } from './target.ts';
import { readVulnerability } from './vulnerability.ts';

/** What Trivy looks for. */
export type Kind = 'vulnerability' | 'misconfiguration' | 'secret' | 'license';

/** The lines of a finding. */
export interface Lines {
  readonly start: number;
  readonly end: number | undefined;
}

/** What only the kind of finding tells. */
export interface Details {
  readonly ruleId: string;
  /** What was found, in one sentence. */
  readonly text: string;
  readonly score?: number | undefined;
  readonly taxa?: readonly Taxon[];
  /** The file, where it is another one than the target. */
  readonly file?: string | undefined;
  readonly lines?: Lines | undefined;
  readonly snippet?: string | undefined;
  readonly packageName?: string | undefined;
  readonly version?: string | undefined;
  readonly purl?: string | undefined;
  readonly fixedIn?: readonly string[];
  readonly layer?: string | undefined;
  readonly resource?: string | undefined;
  readonly fingerprint?: string | undefined;
  readonly tags?: readonly string[];
  /** What was done so that it is no finding: the check has an exception. */
  readonly isException?: boolean;
  /** Texts of the rule. */
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly remediation?: string | undefined;
  readonly references?: readonly string[];
  /** Members that describe the rule, as written. */
  readonly about: JsonObject;
}

/** One finding of Trivy, checked. */
export interface TrivyFinding extends Details {
  readonly kind: Kind;
  readonly target: Target;
  readonly severity: Severity;
  readonly severityText: string | undefined;
  readonly suppressions: readonly Suppression[] | undefined;
  readonly kept: readonly KeptValue[];
}

/** A finding as the reader found it, and where it stood. */
export class FoundIn {
  readonly value: unknown;
  readonly kind: Kind;
  readonly target: Target;
  /** What is said of it elsewhere, for its properties. */
  readonly kept: readonly KeptValue[];

  constructor(value: unknown, kind: Kind, target: Target, kept: readonly KeptValue[] = []) {
    this.value = value;
    this.kind = kind;
    this.target = target;
    this.kept = kept;
  }
}

const readers = {
  vulnerability: readVulnerability,
  misconfiguration: readMisconfiguration,
  secret: readSecret,
  license: readLicense,
} as const satisfies Record<Kind, (fields: Fields, target: Target) => Details | undefined>;

const severities: ReadonlyMap<string, Severity> = new Map([
  ['CRITICAL', 'critical'],
  ['HIGH', 'high'],
  ['MEDIUM', 'medium'],
  ['LOW', 'low'],
  ['UNKNOWN', 'unknown'],
  ['', 'unknown'],
]);

/** Unknown in, checked out. A finding without an id cannot become a result. */
export function parseFinding({ value, kind, target, kept }: FoundIn, doubt: Doubt): TrivyFinding | Refusal {
  if (!isObject(value)) return new Refusal(`This finding is ${kindOf(value)} instead of an object.`);
  const modified = isModified(value) ? new Fields(value, doubt) : undefined;
  const inner = modified?.nested('Finding');
  if (modified !== undefined && inner === undefined) {
    return new Refusal('This finding was set aside, and what was found is missing.', ['Finding']);
  }
  const fields = inner ?? new Fields(value, doubt);
  const details = readers[kind](fields, target);
  if (details === undefined) return new Refusal('This finding has no id, so what was found is not known.');
  modified?.keepUnknown(modifiedMembers);
  modified?.keep('Status');
  modified?.keep('Source');
  return {
    kind,
    target,
    ...details,
    ...readSeverity(fields),
    suppressions: suppressionsOf(modified, details),
    kept: kept.length === 0 ? fields.kept : [...fields.kept, ...kept],
  };
}

const modifiedMembers = new Set(['Type', 'Status', 'Statement', 'Source', 'Finding']);

/** An entry of the findings that were ignored, or judged as not affecting the artifact. */
function isModified(value: JsonObject): boolean {
  return 'Finding' in value && 'Status' in value;
}

function suppressionsOf(modified: Fields | undefined, { isException }: Details): readonly Suppression[] | undefined {
  if (modified === undefined) return isException ? [{ kind: 'external', status: 'accepted' }] : undefined;
  const statement = modified.text('Statement')?.trim();
  const justification = statement === '' ? undefined : statement;
  return [{ kind: 'external', status: 'accepted', ...(justification !== undefined && { justification }) }];
}

function readSeverity(fields: Fields): Pick<TrivyFinding, 'severity' | 'severityText'> {
  const severityText = fields.text('Severity');
  const severity = severityText === undefined ? undefined : severities.get(severityText.toUpperCase());
  if (severity !== undefined) return { severity, severityText };
  if (severityText !== undefined) {
    fields.doubt('SF-K104', 'Severity', `The severity ${JSON.stringify(severityText)} is none of Trivy's.`);
  } else if (fields.object['Severity'] === undefined || fields.object['Severity'] === null) {
    fields.doubt('SF-K104', undefined, 'The finding has no "Severity".');
  }
  return { severity: 'unknown', severityText };
}
