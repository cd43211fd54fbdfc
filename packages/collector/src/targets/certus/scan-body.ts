import { createHash } from 'node:crypto';
import { canonicalJson, type JsonData } from '../../canonical-json/canonical-json.ts';
import { owaspCategoryOf, owaspFramework } from './owasp-top-ten.ts';

/** What a finding says of itself, before it takes the shape that Certus wants. */
export interface CertusFinding {
  readonly tool: string;
  readonly ruleId: string | null;
  readonly ruleName: string | null;
  readonly severity: 'critical' | 'high' | 'medium' | 'low' | 'none' | 'info';
  readonly message: string;
  readonly path: string | null;
  readonly startLine: number | null;
  readonly endLine: number | null;
  readonly cwe: readonly string[];
  readonly identity: string;
  readonly suppressed: boolean;
  readonly baselineState: string | null;
}

/** Where a scan belongs. */
export interface CertusScanContext {
  /** `org/repo-name`. */
  readonly repoSlug: string;
  /** 40 or 64 hex digits. */
  readonly commitHash: string;
  readonly branch: string;
}

/** A scan that is ready to be signed and sent. */
export interface CertusScan {
  /** Canonical JSON in UTF-8, without the signature. */
  readonly bytes: Uint8Array;
  readonly results: number;
  /** How many characters of each message were kept; undefined when all were. */
  readonly shortenedTo?: number;
}

/** The scan is too large for one request even without its messages, and a scan is never split: each request would count as one. */
export class CertusScanTooLarge extends Error {
  readonly code = 'certus-too-large';

  constructor(results: number, bytes: number, maxBytes: number) {
    super(
      `The scan has ${results} findings, ${bytes} bytes even without their messages, and Certus takes ${maxBytes} bytes in one request. Upload fewer at a time: a report for each tool or each part of the repository.`,
    );
    this.name = 'CertusScanTooLarge';
  }
}

/** What Certus is told at most of a message, and what is tried when a scan is too large, in characters. */
const messageLengths = [2000, 400, 120, 0] as const;
const longestTitle = 200;

/** What a finding costs. The scale is ours: Certus documents the marks, not how they come about. */
const costs = { critical: 25, high: 10, medium: 3, low: 1, info: 0 } as const;
type CertusSeverity = keyof typeof costs;

/**
 * Makes the body of `POST /api/scans` (certus: section 4). Source text is never part of it: no snippets, and of messages the plain text. The same
 * findings and context give the same bytes.
 *
 * @param covered weaknesses that the rules of the scan look for; controls that no rule looks at get no verdict
 * @throws CertusScanTooLarge
 */
export function certusScan(
  findings: readonly CertusFinding[],
  covered: ReadonlySet<string>,
  context: CertusScanContext,
  maxBytes: number,
): CertusScan {
  let smallest = 0;
  for (const [attempt, length] of messageLengths.entries()) {
    const bytes = Buffer.from(bodyText(findings, covered, context, length));
    if (bytes.byteLength + signatureBytes <= maxBytes) {
      return { bytes, results: findings.length, ...(attempt > 0 && { shortenedTo: length }) };
    }
    smallest = bytes.byteLength;
  }
  throw new CertusScanTooLarge(findings.length, smallest, maxBytes);
}

/** `,"signed_hash":"…"`, which goes into the body when it is signed. */
const signatureBytes = 96;

function bodyText(
  findings: readonly CertusFinding[],
  covered: ReadonlySet<string>,
  context: CertusScanContext,
  messageLength: number,
): string {
  const { repoSlug, commitHash, branch } = context;
  const score = scoreOf(findings);
  const content = {
    repo_slug: wellFormed(repoSlug),
    commit_hash: commitHash,
    branch: wellFormed(branch),
    findings: findings.map((finding) => findingBody(finding, messageLength)),
    control_results: controlResults(findings, covered),
    grade: gradeOf(score),
    score,
  } satisfies JsonData;
  return canonicalJson({ ...content, evidence_pack_id: packId(canonicalJson(content)) });
}

function findingBody(finding: CertusFinding, messageLength: number): JsonData {
  const { ruleId, ruleName, path, startLine, endLine, cwe, identity } = finding;
  return {
    id: identity,
    scanner: scannerOf(finding.tool),
    rule_id: wellFormed(ruleId ?? ''),
    severity: severityOf(finding),
    title: shortened(ruleName ?? ruleId ?? finding.message, longestTitle),
    message: shortened(finding.message, messageLength),
    file_path: wellFormed(path ?? ''),
    line_start: startLine ?? 0,
    line_end: endLine ?? startLine ?? 0,
    cwe: [...cwe],
    fingerprint: identity,
    ...(finding.suppressed && { suppressed: true }),
    ...(finding.baselineState !== null && { baseline_state: finding.baselineState }),
  };
}

/** Kinds of scanners by words in their names; what has none of them analyses source code. */
const scannerWords = [
  ['secrets', /gitleaks|trufflehog|detect-secrets|secret/i],
  ['iac', /checkov|tfsec|terrascan|kics|cfn|iac|infrastructure/i],
  ['sbom', /trivy|grype|syft|xray|open source|dependency|osv|sca\b/i],
] as const;

/** The kind of a scanner, as Certus has it (certus: section 7). */
export function scannerOf(tool: string): 'sast' | 'sbom' | 'iac' | 'secrets' {
  return scannerWords.find(([, words]) => words.test(tool))?.[0] ?? 'sast';
}

/** Leaked secrets are always critical (certus: section 4). */
function severityOf({ tool, severity }: CertusFinding): CertusSeverity {
  if (scannerOf(tool) === 'secrets') return 'critical';
  return severity === 'none' ? 'info' : severity;
}

function isOpen({ suppressed, baselineState }: CertusFinding): boolean {
  return !suppressed && baselineState !== 'absent';
}

function scoreOf(findings: readonly CertusFinding[]): number {
  let score = 100;
  for (const finding of findings) if (isOpen(finding)) score -= costs[severityOf(finding)];
  return Math.max(0, score);
}

/** A from 90, B from 80, C from 70, D from 60 (certus: section 7). */
export function gradeOf(score: number): 'A' | 'B' | 'C' | 'D' | 'F' {
  if (score >= 90) return 'A';
  if (score >= 80) return 'B';
  if (score >= 70) return 'C';
  return score >= 60 ? 'D' : 'F';
}

/** A control fails with a high or critical finding, passes without any, and is passed in part otherwise. */
function controlResults(findings: readonly CertusFinding[], covered: ReadonlySet<string>): JsonData[] {
  const controls = new Map<string, { failed: boolean; findingIds: Set<string> }>();
  const controlOf = (weakness: string) => {
    const id = owaspCategoryOf(weakness);
    if (id === undefined) return undefined;
    const control = controls.get(id) ?? { failed: false, findingIds: new Set<string>() };
    controls.set(id, control);
    return control;
  };
  for (const weakness of covered) controlOf(weakness);
  for (const finding of findings) {
    if (!isOpen(finding)) continue;
    const isSevere = ['critical', 'high'].includes(severityOf(finding));
    for (const weakness of finding.cwe) {
      const control = controlOf(weakness);
      control?.findingIds.add(finding.identity);
      if (control !== undefined && isSevere) control.failed = true;
    }
  }
  return [...controls]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, { failed, findingIds }]) => ({
      framework: owaspFramework,
      control_id: id,
      status: failed ? 'fail' : findingIds.size > 0 ? 'partial' : 'pass',
      finding_ids: [...findingIds].sort(),
    }));
}

/** A UUID (version 8) of the content: the same scan is the same evidence pack however often it is sent. */
function packId(content: string): string {
  const bytes = createHash('sha256').update(content, 'utf8').digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function shortened(text: string, length: number): string {
  return wellFormed(text.length <= length ? text : length === 0 ? '' : `${text.slice(0, length - 1)}…`);
}

function wellFormed(text: string): string {
  return text.toWellFormed();
}
