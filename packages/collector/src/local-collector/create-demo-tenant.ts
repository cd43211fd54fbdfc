import { randomBytes } from 'node:crypto';
import type { ApiKey, CollectorCredential, CollectorRecord, RepositoryRecord, Tenant } from './tenant.ts';

/** A tenant with one credential of each family, each also named on its own. */
export interface DemoTenant extends Tenant {
  /** Key id `1`. */
  readonly standardKey: ApiKey;
  /** Key id `2`. */
  readonly advancedKey: ApiKey;
  readonly collector: CollectorRecord;
  /** Belongs to `collector` and is good for uploads to it only. */
  readonly credential: CollectorCredential;
}

/**
 * Makes a tenant to play with: a Standard key (id 1), an Advanced key (id 2), and one collector with its own credential.
 * The secrets are random, so two tenants never share one.
 *
 * @param repositories the repositories onboarded from the start; default none
 */
export function createDemoTenant(repositories: readonly RepositoryRecord[] = []): DemoTenant {
  const roles = ['AppSec Administrator'];
  const standardKey: ApiKey = { id: '1', secret: randomSecret(), level: 'standard', roles };
  const advancedKey: ApiKey = { id: '2', secret: randomSecret(), level: 'advanced', roles };
  const credential: CollectorCredential = { tokenId: `tok_${randomBytes(9).toString('hex')}`, token: randomSecret() };
  const collector: CollectorRecord = {
    id: `col_${randomBytes(12).toString('hex')}`,
    name: 'Local collector',
    credentials: [credential],
  };

  return {
    standardKey,
    advancedKey,
    collector,
    credential,
    keys: [standardKey, advancedKey],
    collectors: [collector],
    repositories,
  };
}

function randomSecret(): string {
  return randomBytes(48).toString('base64url');
}
