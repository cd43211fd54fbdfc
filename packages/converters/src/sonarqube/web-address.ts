import { webUri } from '../texts/absolute-uri.ts';

/** A finding, as the server's pages are asked for it. */
export interface FindingKeys {
  readonly key: string | undefined;
  readonly isHotspot: boolean;
  readonly project: string | undefined;
  readonly branch: string | undefined;
  readonly pullRequest: string | undefined;
}

/** The page of a finding on the server; undefined when the server or the keys are not known. */
export function findingAddress(server: string | undefined, finding: FindingKeys): string | undefined {
  const { key, isHotspot, project, branch, pullRequest } = finding;
  if (server === undefined || key === undefined || project === undefined) return undefined;
  const query = [
    `id=${encoded(project)}`,
    ...(branch === undefined ? [] : [`branch=${encoded(branch)}`]),
    ...(pullRequest === undefined ? [] : [`pullRequest=${encoded(pullRequest)}`]),
    ...(isHotspot ? [`hotspots=${encoded(key)}`] : [`issues=${encoded(key)}`, `open=${encoded(key)}`]),
  ].join('&');
  return `${server}/${isHotspot ? 'security_hotspots' : 'project/issues'}?${query}`;
}

/** The page of a rule on the server. */
export function ruleAddress(server: string | undefined, ruleId: string): string | undefined {
  // A hotspot whose rule is not known has only its category.
  if (server === undefined || !ruleId.includes(':') || ruleId.startsWith('hotspot:')) return undefined;
  return `${server}/coding_rules?open=${encoded(ruleId)}&rule_key=${encoded(ruleId)}`;
}

/** The address of a server without what stands behind its path; undefined when it is none. */
export function serverAddress(text: string | undefined): string | undefined {
  const uri = text === undefined ? undefined : webUri(text);
  if (uri === undefined) return undefined;
  const { origin, pathname } = new URL(uri);
  return `${origin}${pathname}`.replace(/\/+$/, '');
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
