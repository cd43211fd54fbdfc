import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

/** One request to the upload path, with what arrived and what was said. */
export interface ReceivedUpload {
  readonly id: number;
  /** Epoch milliseconds, when the body had been read as far as it was. */
  readonly receivedAt: number;
  readonly path: string;
  /** The query as it came over the wire, without `?`. */
  readonly query: string;
  readonly collectorId: string | null;
  /** Family and id of the caller, such as `tenant-key 1`; null where nobody was recognised. */
  readonly caller: string | null;
  readonly repositoryId: string | null;
  readonly branch: string | null;
  /** Bytes of body read. 0 where the answer came before the body. */
  readonly bytes: number;
  /** Hex digest of the bytes read. */
  readonly sha256: string;
  /** Whether the whole body arrived. */
  readonly complete: boolean;
  /** Whether its findings were stored, whatever the client was told. */
  readonly stored: boolean;
  readonly findings: number;
  readonly skipped: number;
  /** HTTP status that was sent, or is being sent; null while undecided or where the connection was cut instead. */
  readonly status: number | null;
  /** The body of the answer, cut to 2,000 characters. */
  readonly answer: string | null;
  /** Kind of the fault that was injected. */
  readonly fault: string | null;
}

/** What may be learnt about an upload after it was noted. */
export type UploadChange = Partial<
  Pick<
    ReceivedUpload,
    'caller' | 'repositoryId' | 'branch' | 'stored' | 'findings' | 'skipped' | 'status' | 'answer' | 'fault'
  >
>;

export interface UploadLog {
  /** Notes a request; the id names it in `change`. */
  note(entry: Omit<ReceivedUpload, 'id' | 'stored' | 'findings' | 'skipped' | 'status' | 'answer'>): number;
  change(id: number, change: UploadChange): void;
  /** All of them, oldest first. */
  all(): ReceivedUpload[];
  /** A page of them, newest first, with the number of all. */
  page(offset: number, limit: number): { total: number; uploads: ReceivedUpload[] };
  keepBody(sha256: string, body: Uint8Array): void;
  body(sha256: string): Uint8Array | undefined;
}

const columns = {
  caller: 'caller',
  repositoryId: 'repository_id',
  branch: 'branch',
  stored: 'stored',
  findings: 'findings',
  skipped: 'skipped',
  status: 'status',
  answer: 'answer',
  fault: 'fault',
} as const satisfies Record<keyof UploadChange, string>;

export function createUploadLog(database: DatabaseSync): UploadLog {
  const insert = database.prepare(
    `INSERT INTO uploads
       (received_at, path, query, collector_id, caller, repository_id, branch, bytes, sha256, complete, fault)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );

  return {
    note(entry) {
      const { lastInsertRowid } = insert.run(
        entry.receivedAt,
        entry.path,
        entry.query,
        entry.collectorId,
        entry.caller,
        entry.repositoryId,
        entry.branch,
        entry.bytes,
        entry.sha256,
        entry.complete ? 1 : 0,
        entry.fault,
      );
      return Number(lastInsertRowid);
    },
    change(id, change) {
      const sets: string[] = [];
      const values: SQLInputValue[] = [];
      for (const name of Object.keys(columns) as (keyof UploadChange)[]) {
        const value = change[name];
        if (value === undefined) continue;
        sets.push(`${columns[name]} = ?`);
        values.push(
          typeof value === 'boolean' ? Number(value) : name === 'answer' ? String(value).slice(0, 2000) : value,
        );
      }
      if (sets.length > 0) database.prepare(`UPDATE uploads SET ${sets.join(', ')} WHERE id = ?`).run(...values, id);
    },
    all: () => database.prepare('SELECT * FROM uploads ORDER BY id').all().map(uploadFrom),
    page(offset, limit) {
      const total = Number(database.prepare('SELECT count(*) AS n FROM uploads').get()?.['n'] ?? 0);
      const uploads = database
        .prepare('SELECT * FROM uploads ORDER BY id DESC LIMIT ? OFFSET ?')
        .all(limit, offset)
        .map(uploadFrom);
      return { total, uploads };
    },
    keepBody(sha256, body) {
      database.prepare('INSERT OR IGNORE INTO bodies (sha256, body) VALUES (?, ?)').run(sha256, body);
    },
    body(sha256) {
      const body = database.prepare('SELECT body FROM bodies WHERE sha256 = ?').get(sha256)?.['body'];
      return body instanceof Uint8Array ? body : undefined;
    },
  };
}

function uploadFrom(row: Record<string, unknown>): ReceivedUpload {
  const text = (name: string) => (row[name] === null ? null : String(row[name]));
  return {
    id: Number(row['id']),
    receivedAt: Number(row['received_at']),
    path: String(row['path']),
    query: String(row['query']),
    collectorId: text('collector_id'),
    caller: text('caller'),
    repositoryId: text('repository_id'),
    branch: text('branch'),
    bytes: Number(row['bytes']),
    sha256: String(row['sha256']),
    complete: row['complete'] === 1,
    stored: row['stored'] === 1,
    findings: Number(row['findings']),
    skipped: Number(row['skipped']),
    status: row['status'] === null ? null : Number(row['status']),
    answer: text('answer'),
    fault: text('fault'),
  };
}
