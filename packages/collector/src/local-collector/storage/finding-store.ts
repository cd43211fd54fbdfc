import { hash } from 'node:crypto';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { ReuploadMode } from '../options.ts';
import type { Clock } from '../tenant.ts';
import type { ReceivedFinding } from '../upload/finding.ts';
import type { ReceivedLevel, Severity } from '../upload/severity.ts';

/** Where an upload's findings belong. */
export interface FindingsPlace {
  readonly uploadId: number;
  readonly collectorId: string;
  readonly repositoryId: string;
  readonly branch: string;
}

export interface StoredFinding {
  readonly id: number;
  readonly collectorId: string;
  readonly repositoryId: string;
  readonly branch: string;
  readonly tool: string;
  readonly ruleId: string;
  readonly level: ReceivedLevel;
  readonly severity: Severity;
  readonly cwe: readonly string[];
  readonly uri: string;
  readonly startLine: number;
  readonly endLine: number | null;
  readonly message: string;
  readonly snippet: string | null;
  readonly ruleDescription: string | null;
  readonly ruleHelp: string | null;
  /** Uploads that brought it first and last. */
  readonly firstUpload: number;
  readonly lastUpload: number;
  /** Epoch milliseconds. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly timesSeen: number;
}

/** Which findings are wanted. Absent members do not narrow. */
export interface FindingQuery {
  readonly repositoryId?: string | undefined;
  readonly branch?: string | undefined;
  readonly tool?: string | undefined;
  readonly level?: ReceivedLevel | undefined;
  readonly severity?: Severity | undefined;
  readonly ruleId?: string | undefined;
  readonly cwe?: string | undefined;
  /** Brought, first or last, by this upload. */
  readonly uploadId?: number | undefined;
  /** Part of the message, the rule id or the path, ignoring the case of ASCII letters. */
  readonly text?: string | undefined;
  /** Default `oldest`, the order of arrival. */
  readonly sort?: 'oldest' | 'newest' | 'place' | 'severity' | undefined;
  readonly offset?: number | undefined;
  /** Default: all. */
  readonly limit?: number | undefined;
}

/** How many findings a repository's branch has of one tool at one level. */
export interface FindingCount {
  readonly repositoryId: string;
  /** Empty where only the id is known. */
  readonly repositoryUrl: string;
  readonly branch: string;
  readonly tool: string;
  readonly level: ReceivedLevel;
  readonly severity: Severity;
  readonly findings: number;
}

export interface FindingStore {
  /** Stores the findings of one upload. Call it inside a transaction. */
  ingest(findings: readonly ReceivedFinding[], place: FindingsPlace): void;
  find(query: FindingQuery): StoredFinding[];
  get(id: number): StoredFinding | undefined;
  count(query: FindingQuery): number;
  counts(): FindingCount[];
}

const orders = {
  oldest: 'f.id',
  newest: 'f.id DESC',
  place: 'f.uri, f.start_line, f.visible_at, f.id',
  severity: "CASE f.severity WHEN 'HIGH' THEN 0 WHEN 'MEDIUM' THEN 1 ELSE 2 END, f.id",
} as const;

export function createFindingStore(
  database: DatabaseSync,
  settings: { readonly reupload: ReuploadMode; readonly ingestionDelayMs: number },
  clock: Clock,
): FindingStore {
  const clearBranch = database.prepare('DELETE FROM findings WHERE repository_id = ? AND branch = ?');
  const putRule = database.prepare(
    `INSERT INTO rules (collector_id, tool, rule_id, description, help) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (collector_id, tool, rule_id) DO UPDATE SET description = excluded.description, help = excluded.help
     RETURNING ref`,
  );
  const putFinding = database.prepare(
    `INSERT INTO findings (
       identity, collector_id, repository_id, branch, tool, rule_ref, rule_id, level, severity, cwe,
       uri, start_line, end_line, message, snippet, first_upload, last_upload, first_seen, last_seen, times_seen, visible_at
     ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?16, ?17, ?17, 1, ?18)
     ON CONFLICT (identity) DO UPDATE SET
       tool = excluded.tool, rule_ref = excluded.rule_ref, level = excluded.level, severity = excluded.severity,
       cwe = excluded.cwe, end_line = excluded.end_line, snippet = excluded.snippet, last_upload = excluded.last_upload,
       last_seen = excluded.last_seen, times_seen = times_seen + 1`,
  );

  return {
    ingest(findings, { uploadId, collectorId, repositoryId, branch }) {
      const now = clock();
      if (settings.reupload === 'replace') clearBranch.run(repositoryId, branch);

      const ruleRefs = new Map<string, number>();
      for (const finding of findings) {
        const { tool, rule, uri, startLine, message } = finding;
        const ruleKey = JSON.stringify([tool, rule.id]);
        let ruleRef = ruleRefs.get(ruleKey);
        if (ruleRef === undefined) {
          const row = putRule.get(collectorId, tool, rule.id, rule.description ?? null, rule.help ?? null);
          ruleRef = Number(row?.['ref']);
          ruleRefs.set(ruleKey, ruleRef);
        }
        // Rows without an identity never collide, which is what "append" means.
        const identity =
          settings.reupload === 'append'
            ? null
            : identityOf([collectorId, repositoryId, branch, rule.id, uri, startLine, message]);
        putFinding.run(
          identity,
          collectorId,
          repositoryId,
          branch,
          tool,
          ruleRef,
          rule.id,
          finding.level,
          finding.severity,
          JSON.stringify(rule.cwe),
          uri,
          startLine,
          finding.endLine ?? null,
          message,
          finding.snippet ?? null,
          uploadId,
          now,
          now + settings.ingestionDelayMs,
        );
      }
    },
    find(query) {
      const { where, values } = conditionsOf(query, clock());
      // The page's ids are found first, on indexes where possible; only its rows are then read in full.
      const rows = database
        .prepare(
          `SELECT f.*, r.description, r.help
           FROM (SELECT f.id FROM findings f WHERE ${where} ORDER BY ${orders[query.sort ?? 'oldest']} LIMIT ? OFFSET ?) page
           JOIN findings f ON f.id = page.id JOIN rules r ON r.ref = f.rule_ref
           ORDER BY ${orders[query.sort ?? 'oldest']}`,
        )
        .all(...values, query.limit ?? -1, query.offset ?? 0);
      return rows.map(findingFrom);
    },
    get(id) {
      const row = database
        .prepare(
          `SELECT f.*, r.description, r.help FROM findings f JOIN rules r ON r.ref = f.rule_ref
           WHERE f.id = ? AND f.visible_at <= ?`,
        )
        .get(id, clock());
      return row === undefined ? undefined : findingFrom(row);
    },
    count(query) {
      const { where, values } = conditionsOf(query, clock());
      return Number(database.prepare(`SELECT count(*) AS n FROM findings f WHERE ${where}`).get(...values)?.['n'] ?? 0);
    },
    counts() {
      return database
        .prepare(
          `SELECT c.*, coalesce(r.url, '') AS url FROM (
             SELECT repository_id, branch, tool, level, severity, count(*) AS n FROM findings
             WHERE visible_at <= ? GROUP BY repository_id, branch, tool, level, severity
           ) c LEFT JOIN repositories r ON r.id = c.repository_id
           ORDER BY url, c.repository_id, c.branch, c.tool, c.level`,
        )
        .all(clock())
        .map((row) => ({
          repositoryId: String(row['repository_id']),
          repositoryUrl: String(row['url']),
          branch: String(row['branch']),
          tool: String(row['tool']),
          level: row['level'] as ReceivedLevel,
          severity: row['severity'] as Severity,
          findings: Number(row['n']),
        }));
    },
  };
}

/** The upsert key. JSON keeps the parts apart whatever characters they hold. */
function identityOf(parts: readonly (string | number)[]): Uint8Array {
  return hash('sha256', JSON.stringify(parts), 'buffer');
}

function conditionsOf(query: FindingQuery, now: number): { where: string; values: SQLInputValue[] } {
  const conditions = ['f.visible_at <= ?'];
  const values: SQLInputValue[] = [now];
  const add = (condition: string, ...bound: SQLInputValue[]) => {
    conditions.push(condition);
    values.push(...bound);
  };

  if (query.repositoryId !== undefined) add('f.repository_id = ?', query.repositoryId);
  if (query.branch !== undefined) add('f.branch = ?', query.branch);
  if (query.tool !== undefined) add('f.tool = ?', query.tool);
  if (query.level !== undefined) add('f.level = ?', query.level);
  if (query.severity !== undefined) add('f.severity = ?', query.severity);
  if (query.ruleId !== undefined) add('f.rule_id = ?', query.ruleId);
  if (query.cwe !== undefined) add('EXISTS (SELECT 1 FROM json_each(f.cwe) WHERE value = ?)', query.cwe);
  if (query.uploadId !== undefined) add('(f.first_upload = ? OR f.last_upload = ?)', query.uploadId, query.uploadId);
  if (query.text !== undefined && query.text !== '') {
    const pattern = `%${query.text.replaceAll(/[\\%_]/g, '\\$&')}%`;
    add(
      "(f.message LIKE ? ESCAPE '\\' OR f.rule_id LIKE ? ESCAPE '\\' OR f.uri LIKE ? ESCAPE '\\')",
      pattern,
      pattern,
      pattern,
    );
  }
  return { where: conditions.join(' AND '), values };
}

function findingFrom(row: Record<string, unknown>): StoredFinding {
  const text = (name: string) => (row[name] === null ? null : String(row[name]));
  return {
    id: Number(row['id']),
    collectorId: String(row['collector_id']),
    repositoryId: String(row['repository_id']),
    branch: String(row['branch']),
    tool: String(row['tool']),
    ruleId: String(row['rule_id']),
    level: row['level'] as ReceivedLevel,
    severity: row['severity'] as Severity,
    cwe: JSON.parse(String(row['cwe'])) as string[],
    uri: String(row['uri']),
    startLine: Number(row['start_line']),
    endLine: row['end_line'] === null ? null : Number(row['end_line']),
    message: String(row['message']),
    snippet: text('snippet'),
    ruleDescription: text('description'),
    ruleHelp: text('help'),
    firstUpload: Number(row['first_upload']),
    lastUpload: Number(row['last_upload']),
    firstSeen: Number(row['first_seen']),
    lastSeen: Number(row['last_seen']),
    timesSeen: Number(row['times_seen']),
  };
}
