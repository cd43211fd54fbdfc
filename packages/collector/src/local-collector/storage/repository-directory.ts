import type { DatabaseSync } from 'node:sqlite';
import { normalizeRepositoryUrl, repositoryIdOf } from '../repository-url.ts';
import type { RepositoryRecord } from '../tenant.ts';

/** A repository as stored. `url` is empty for one that was onboarded by its id alone. */
export interface Repository {
  readonly id: string;
  readonly url: string;
  readonly defaultBranch: string;
  /** Epoch milliseconds. */
  readonly onboardedAt: number;
}

export interface RepositoryDirectory {
  findById(id: string): Repository | undefined;
  /** Compares normalised URLs: scheme, user, trailing slash and `.git` do not count. */
  findByUrl(url: string): Repository | undefined;
  /** Adds a repository, or changes the one with this id. Throws where the URL is not complete. */
  onboard(record: RepositoryRecord, now: number): Repository;
  /** Adds a repository of which only the id is known. */
  onboardById(id: string, now: number): Repository;
  /** One page in order of onboarding; `search` looks into the URL, ignoring case. */
  list(search: string, offset: number, limit: number): Repository[];
}

const defaultBranchName = 'main';

export function createRepositoryDirectory(database: DatabaseSync): RepositoryDirectory {
  const byId = database.prepare('SELECT * FROM repositories WHERE id = ?');
  const byUrl = database.prepare('SELECT * FROM repositories WHERE normalized_url = ?');
  const put = database.prepare(
    `INSERT INTO repositories (id, url, normalized_url, default_branch, onboarded_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET
       url = excluded.url, normalized_url = excluded.normalized_url, default_branch = excluded.default_branch`,
  );

  return {
    findById: (id) => repositoryFrom(byId.get(id)),
    findByUrl(url) {
      const normalized = normalizeRepositoryUrl(url);
      return normalized === undefined ? undefined : repositoryFrom(byUrl.get(normalized));
    },
    onboard(record, now) {
      const normalized = normalizeRepositoryUrl(record.url);
      if (normalized === undefined) {
        throw new Error(
          `"${record.url}" is not a complete repository URL. Write it like https://github.com/org/repository.`,
        );
      }
      const id = record.id ?? repositoryIdOf(normalized);
      const other = byUrl.get(normalized);
      if (other !== undefined && other['id'] !== id) {
        throw new Error(`${record.url} is already onboarded with the id ${other['id']}. Use that id, or another URL.`);
      }
      const defaultBranch = record.defaultBranch ?? defaultBranchName;
      put.run(id, withoutUser(record.url), normalized, defaultBranch, now);
      return { id, url: withoutUser(record.url), defaultBranch, onboardedAt: now };
    },
    onboardById(id, now) {
      put.run(id, '', null, defaultBranchName, now);
      return { id, url: '', defaultBranch: defaultBranchName, onboardedAt: now };
    },
    list(search, offset, limit) {
      return database
        .prepare(
          `SELECT * FROM repositories WHERE instr(lower(url), lower(?)) > 0 OR ? = ''
           ORDER BY onboarded_at, id LIMIT ? OFFSET ?`,
        )
        .all(search, search, limit, offset)
        .map((row) => repositoryFrom(row))
        .filter((repository) => repository !== undefined);
    },
  };
}

function repositoryFrom(row: Record<string, unknown> | undefined): Repository | undefined {
  if (row === undefined) return undefined;
  return {
    id: String(row['id']),
    url: String(row['url']),
    defaultBranch: String(row['default_branch']),
    onboardedAt: Number(row['onboarded_at']),
  };
}

/** A password in a clone URL is nobody's business on a page. */
function withoutUser(url: string): string {
  const parsed = new URL(url);
  if (parsed.username === '' && parsed.password === '') return url;
  parsed.username = '';
  parsed.password = '';
  return parsed.href;
}
