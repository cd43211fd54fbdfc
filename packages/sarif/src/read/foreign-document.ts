import { bytesBetween } from '../json/bytes-between.ts';
import type { Source } from '../json/source.ts';

/** What people feed by mistake. */
export interface ForeignDocument {
  /** With its article where it needs one: `a Trivy report`. */
  readonly title: string;
  /** What was seen, as part of a sentence. */
  readonly because: string;
  /** What to do about it, as a sentence. */
  readonly advice: string;
}

const convert = "Convert it to SARIF first, for example with 'sariflow convert'.";
const sarifOption = 'Call the tool with its option for SARIF.';
const failedDownload = 'A download or a request that failed may have left it. Get the log again.';

/** Formats by member names at their top level that no SARIF log has; the first that fits is taken. */
const signs: readonly (readonly [title: string, members: readonly string[], advice: string])[] = [
  ['a CycloneDX bill of materials', ['bomFormat'], sarifOption],
  ['an SPDX bill of materials', ['spdxVersion'], sarifOption],
  ['a Trivy report', ['SchemaVersion', 'ArtifactName'], sarifOption],
  ['a Grype report', ['matches', 'descriptor'], sarifOption],
  ['a Bandit report', ['generated_at', 'metrics', 'results'], sarifOption],
  ['a gosec report', ['Issues', 'Stats'], sarifOption],
  ['a Brakeman report', ['scan_info', 'warnings'], sarifOption],
  ['a Checkov report', ['check_type', 'results'], sarifOption],
  ['a KICS report', ['kics_version'], sarifOption],
  ['a Dependency-Check report', ['reportSchema', 'dependencies'], sarifOption],
  ['a ZAP report', ['@programName', 'site'], sarifOption],
  ['a GitLab report', ['scan', 'vulnerabilities'], sarifOption],
  ['an audit of npm', ['auditReportVersion'], sarifOption],
  ['a Semgrep report', ['results', 'errors', 'paths'], convert],
  ['a Semgrep report', ['results', 'errors', 'version'], convert],
  ['SonarQube issues', ['issues', 'paging'], convert],
  ['SonarQube hotspots', ['hotspots', 'paging'], convert],
  ['a sonar-report document', ['sonarBaseURL'], convert],
  ['a Snyk report', ['vulnerabilities', 'packageManager'], convert],
  ['a Snyk IaC report', ['infrastructureAsCodeIssues'], convert],
  ['a Snyk REST answer', ['jsonapi', 'data'], convert],
  ['a failed Snyk test', ['ok', 'error'], convert],
  ['a Veracode pipeline scan', ['scan_status', 'findings'], convert],
  ['Veracode findings', ['_embedded', '_links'], convert],
  ['a JFrog Xray report', ['rows', 'total_rows'], convert],
  ['a JFrog Xray scan', ['scan_id', 'vulnerabilities'], convert],
  ['JFrog Xray violations', ['violations', 'total_violations'], convert],
  ['a JFrog CLI report', ['scansStatus'], convert],
];

/** Names the format of a document whose root is an object without `runs`; undefined when it may be meant as SARIF. */
export function foreignRoot(root: Readonly<Record<string, unknown>>): ForeignDocument | undefined {
  const { version, $schema } = root;
  const isMeantAsSarif =
    Object.hasOwn(root, 'runs') ||
    version === '2.1.0' ||
    (typeof $schema === 'string' && $schema.toLowerCase().includes('sarif'));
  if (isMeantAsSarif) return undefined;
  for (const [title, members, advice] of signs) {
    if (!members.every((member) => Object.hasOwn(root, member))) continue;
    return { title, because: `it has ${listOf(members)}`, advice };
  }
  return undefined;
}

function listOf(members: readonly string[]): string {
  const quoted = members.map((member) => `'${member}'`);
  const last = quoted.pop() as string;
  return quoted.length === 0 ? last : `${quoted.join(', ')} and ${last}`;
}

/** Enough for a declaration, a comment and the first element. */
const headBytes = 4096;

/** Names a document that is markup by what stands from the given byte on; undefined when it is something else. */
export async function foreignMarkup(source: Source, byteOffset: number): Promise<ForeignDocument | undefined> {
  const head = await bytesBetween(source, byteOffset, byteOffset + headBytes);
  if (head[0] !== 0x3c) return undefined;
  const text = new TextDecoder().decode(head).toLowerCase();
  if (text.startsWith('<!doctype html') || text.includes('<html')) {
    return { title: 'an HTML page', because: "it starts with '<'", advice: failedDownload };
  }
  const title = text.includes('<testsuite') ? 'a JUnit report' : 'an XML document';
  return {
    title,
    because: "it starts with '<'",
    advice: 'Call the tool with its option for SARIF, or convert the report.',
  };
}
