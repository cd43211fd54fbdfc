import type { PropertyBag, Suppression } from '@sariflow/sarif';
import type { Fields } from '../values/fields.ts';
import { isObject } from '../values/json-object.ts';

/** An ignore or a patch as SARIF says it. */
export interface Exclusion {
  readonly suppression: Suppression;
  /** Whether it covers the finding wherever it comes from, not only along some paths. */
  readonly coversAll: boolean;
}

const justificationMembers = new Set(['reason', 'justification']);

/** The entries of `filtered.ignored` or `ignoreReasons`: who ignored the finding, why, until when, and along which paths. */
export function readIgnores(fields: Fields, name: string): Exclusion[] {
  const list = fields.list(name) ?? [];
  const exclusions: Exclusion[] = [];
  for (const [index, entry] of list.entries()) {
    if (!isObject(entry)) {
      fields.doubtValue([name, index], entry, 'an object');
      continue;
    }
    const ignore = fields.at(entry, [name, index]);
    const reason = ignore.text('reason');
    const properties: PropertyBag = {};
    for (const [member, value] of Object.entries(entry)) {
      if (justificationMembers.has(member) || value === null || value === undefined) continue;
      properties[`snyk/${member}`] = value;
    }
    exclusions.push({ suppression: suppressionOf(reason, properties), coversAll: coversAll(entry['path']) });
  }
  return exclusions;
}

/** The suppression of a finding that Snyk's own patch has taken care of. */
export function patched(patches: unknown): Exclusion {
  const properties: PropertyBag = Array.isArray(patches) && patches.length > 0 ? { 'snyk/patches': patches } : {};
  return { suppression: suppressionOf('patched by snyk protect', properties), coversAll: false };
}

/** The suppression of a finding that is said to be ignored, without more. */
export const ignored: Exclusion = { suppression: suppressionOf(undefined, {}), coversAll: false };

function suppressionOf(reason: string | undefined, properties: PropertyBag): Suppression {
  return {
    kind: 'external',
    status: 'accepted',
    ...(reason !== undefined && reason !== '' && { justification: reason }),
    ...(Object.keys(properties).length > 0 && { properties }),
  };
}

/** The path of an ignore is `*`, or names of packages from the root on, in several notations. */
function coversAll(path: unknown): boolean {
  if (path === '*') return true;
  return Array.isArray(path) && path.length > 0 && path.every((step) => step === '*');
}
