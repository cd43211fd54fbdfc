/** A property name of `fingerprints` or `partialFingerprints`, taken apart (section 3.5.4.2). */
export interface FingerprintName {
  /** The name without its version. */
  readonly base: string;
  /** The number after `v` in the last component; -1 without one, which is older than any version. */
  readonly version: number;
}

const versioned = /^(.+)\/v(\d+)$/s;

/** `contextHash/v2` is version 2 of `contextHash`. */
export function fingerprintName(name: string): FingerprintName {
  const [, base, version] = versioned.exec(name) ?? [];
  return base === undefined ? { base: name, version: -1 } : { base, version: Number(version) };
}

/** Whether the last component of a name looks like a version and is none: `contextHash/V2`, `contextHash/2`, `contextHash/v1.0`. */
export function hasMisspeltVersion(name: string): boolean {
  const slash = name.lastIndexOf('/');
  if (slash <= 0) return false;
  const last = name.slice(slash + 1);
  return !/^v\d+$/.test(last) && /^(?:v|ver|version)?[-_. ]?\d{1,9}(?:\.\d{1,9}){0,3}$/i.test(last);
}

/** A fingerprint that is the latest version of its base name in one result. */
export interface LatestFingerprint extends FingerprintName {
  readonly name: string;
  readonly value: string;
}

/** Of each base name the latest version, in the order of the base names. */
export function latestFingerprints(fingerprints: Readonly<Record<string, string>> | undefined): LatestFingerprint[] {
  const latest = new Map<string, LatestFingerprint>();
  for (const [name, value] of Object.entries(fingerprints ?? {})) {
    const { base, version } = fingerprintName(name);
    const known = latest.get(base);
    if (known === undefined || known.version < version) latest.set(base, { base, version, name, value });
  }
  return [...latest.values()].sort((one, other) => (one.base < other.base ? -1 : 1));
}

/** What two results have to say to each other under one base name. */
export interface SharedFingerprint extends FingerprintName {
  readonly isEqual: boolean;
}

/**
 * Compares two results' fingerprints, or their partial ones: for each base name that both have, the greatest version that both
 * have (section 3.27.16). Nothing comes out for names and versions that only one of them has.
 */
export function sharedFingerprints(
  one: Readonly<Record<string, string>> | undefined,
  other: Readonly<Record<string, string>> | undefined,
): SharedFingerprint[] {
  const shared = new Map<string, SharedFingerprint>();
  for (const [name, value] of Object.entries(one ?? {})) {
    if (other === undefined || !Object.hasOwn(other, name)) continue;
    const { base, version } = fingerprintName(name);
    const known = shared.get(base);
    if (known === undefined || known.version < version) {
      shared.set(base, { base, version, isEqual: other[name] === value });
    }
  }
  return [...shared.values()];
}
