import type { Fields } from '../values/fields.ts';
import { isObject } from '../values/json-object.ts';
import type { Cve } from './cves.ts';

/** What contextual analysis can say, by its words in lower case with spaces. */
const known: ReadonlyMap<string, string> = new Map(
  [
    'Applicable',
    'Not Applicable',
    'Undetermined',
    'Not Covered',
    'Missing Context',
    'Rescan Required',
    'Upgrade Required',
    'Not Scanned',
    'Technology Unsupported',
  ].map((status) => [status.toLowerCase(), status]),
);

/**
 * Whether the vulnerable code is reached, from wherever an entry says it. It applies when one of its vulnerabilities does, and
 * does not when none does.
 */
export function readApplicability(entry: Fields, cves: readonly Cve[]): string | undefined {
  const words = cves.map(({ applicability }) => applicability);
  for (const name of ['applicable', 'applicability', 'applicability_result']) {
    const value = entry.object[name];
    if (typeof value === 'string') words.unshift(value);
    else if (name === 'applicability') keepDetails(entry, name);
    else entry.text(name);
  }
  for (const [index, detail] of (entry.list('applicability_details') ?? []).entries()) {
    const result = isObject(detail) ? detail['result'] : undefined;
    if (typeof result === 'string') words.push(result);
    else entry.doubtValue(['applicability_details', index], detail, 'an object with a result');
  }
  keepDetails(entry, 'applicability_details');
  const said = words.filter((word) => word !== undefined && word.trim() !== '') as string[];
  return strongest(said.map((word) => known.get(word.trim().toLowerCase().replaceAll('_', ' ')) ?? word.trim()));
}

function keepDetails(entry: Fields, name: string): void {
  const value = entry.object[name];
  if (Array.isArray(value) && value.length === 0) return;
  entry.keep(name);
}

function strongest(statuses: readonly string[]): string | undefined {
  if (statuses.includes('Applicable')) return 'Applicable';
  return statuses.find((status) => status !== 'Not Applicable') ?? statuses[0];
}

/** The status as a tag, such as `not-applicable`. */
export function applicabilityTag(status: string): string {
  return status.toLowerCase().replace(/\s+/g, '-').slice(0, 60);
}
