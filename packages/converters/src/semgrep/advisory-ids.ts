import type { JsonObject } from '../values/json-object.ts';

/** Members of a rule's metadata that name what is known of the weakness elsewhere. */
const idMembers = ['sca-vuln-database-identifier', 'cve', 'cves', 'ghsa'] as const;
const cve = /^CVE-\d{4}-\d{4,}$/;
const ghsa = /^GHSA(?:-[0-9a-z]{4}){3}$/;

/** The public numbers of a vulnerability. */
export interface AdvisoryIds {
  readonly cves: readonly string[];
  /** GitHub's. */
  readonly ghsas: readonly string[];
}

/** The numbers that a rule about a dependency names in its metadata, each once. */
export function advisoryIdsOf(metadata: JsonObject): AdvisoryIds {
  const texts = idMembers.flatMap((name) => textsOf(metadata[name]));
  const upper = texts.map((text) => text.trim());
  return {
    cves: [...new Set(upper.map((text) => text.toUpperCase()).filter((text) => cve.test(text)))],
    ghsas: [...new Set(upper.filter((text) => ghsa.test(text)))],
  };
}

function textsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  return list.filter((text) => typeof text === 'string');
}
