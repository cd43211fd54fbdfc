import type { DatabaseSync } from 'node:sqlite';
import type { CredentialDirectory } from '../auth/authenticate.ts';
import type { ApiKey, CollectorRecord } from '../tenant.ts';

/** Keys, collectors and their credentials. */
export interface TenantDirectory extends CredentialDirectory {
  keys(): ApiKey[];
  collectors(): CollectorRecord[];
  findCollector(id: string): { readonly id: string; readonly name: string; readonly enabled: boolean } | undefined;
  /** Adds a key, or replaces the one with its id. */
  putKey(key: ApiKey): void;
  /** Adds a collector with its credentials, or replaces the one with its id. */
  putCollector(collector: CollectorRecord): void;
  /** Says whether there was such a collector. */
  setCollectorEnabled(id: string, enabled: boolean): boolean;
  /** Deletes a collector and, with it, its credentials; its findings stay. Says whether there was one. */
  deleteCollector(id: string): boolean;
}

export function createTenantDirectory(database: DatabaseSync): TenantDirectory {
  const findKey = database.prepare('SELECT * FROM keys WHERE id = ?');
  const findCredential = database.prepare('SELECT * FROM credentials WHERE token_id = ?');
  const findCollector = database.prepare('SELECT * FROM collectors WHERE id = ?');
  const credentialsOf = database.prepare('SELECT * FROM credentials WHERE collector_id = ? ORDER BY rowid');
  const keyFrom = (row: Record<string, unknown>): ApiKey => ({
    id: String(row['id']),
    secret: String(row['secret']),
    level: row['level'] === 'advanced' ? 'advanced' : 'standard',
    roles: JSON.parse(String(row['roles'])) as string[],
    ...expiry(row['expires_at']),
  });
  const credentialFrom = (row: Record<string, unknown>) => ({
    tokenId: String(row['token_id']),
    token: String(row['token']),
    ...expiry(row['expires_at']),
  });

  return {
    findKey(id) {
      const row = findKey.get(id);
      return row === undefined ? undefined : keyFrom(row);
    },
    findCredential(tokenId) {
      const row = findCredential.get(tokenId);
      return row === undefined ? undefined : { ...credentialFrom(row), collectorId: String(row['collector_id']) };
    },
    findCollector(id) {
      const row = findCollector.get(id);
      if (row === undefined) return undefined;
      return { id: String(row['id']), name: String(row['name']), enabled: row['enabled'] === 1 };
    },
    keys: () => database.prepare('SELECT * FROM keys ORDER BY rowid').all().map(keyFrom),
    collectors: () =>
      database
        .prepare('SELECT * FROM collectors ORDER BY rowid')
        .all()
        .map((row) => ({
          id: String(row['id']),
          name: String(row['name']),
          enabled: row['enabled'] === 1,
          credentials: credentialsOf.all(String(row['id'])).map(credentialFrom),
        })),
    putKey(key) {
      database
        .prepare('INSERT OR REPLACE INTO keys (id, secret, level, roles, expires_at) VALUES (?, ?, ?, ?, ?)')
        .run(key.id, key.secret, key.level, JSON.stringify(key.roles), key.expiresAt ?? null);
    },
    putCollector(collector) {
      database
        .prepare(
          `INSERT INTO collectors (id, name, enabled) VALUES (?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET name = excluded.name, enabled = excluded.enabled`,
        )
        .run(collector.id, collector.name, collector.enabled === false ? 0 : 1);
      database.prepare('DELETE FROM credentials WHERE collector_id = ?').run(collector.id);
      const add = database.prepare(
        'INSERT OR REPLACE INTO credentials (token_id, token, collector_id, expires_at) VALUES (?, ?, ?, ?)',
      );
      for (const { tokenId, token, expiresAt } of collector.credentials) {
        add.run(tokenId, token, collector.id, expiresAt ?? null);
      }
    },
    setCollectorEnabled(id, enabled) {
      const { changes } = database.prepare('UPDATE collectors SET enabled = ? WHERE id = ?').run(enabled ? 1 : 0, id);
      return Number(changes) > 0;
    },
    deleteCollector(id) {
      return Number(database.prepare('DELETE FROM collectors WHERE id = ?').run(id).changes) > 0;
    },
  };
}

function expiry(value: unknown): { expiresAt?: number } {
  return typeof value === 'number' ? { expiresAt: value } : {};
}
