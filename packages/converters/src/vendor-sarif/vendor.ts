/** A scanner whose SARIF has quirks of its own. */
export type Vendor = 'jfrog' | 'semgrep' | 'snyk' | 'veracode';

const driverNames: readonly (readonly [RegExp, Vendor])[] = [
  [/\bjfrog\b|^xray\b/i, 'jfrog'],
  [/^semgrep\b|^opengrep\b/i, 'semgrep'],
  [/^snyk/i, 'snyk'],
  [/^veracode\b/i, 'veracode'],
];

/** Who wrote a run, by the name of its driver. */
export function vendorOf(driverName: unknown): Vendor | undefined {
  if (typeof driverName !== 'string') return undefined;
  return driverNames.find(([pattern]) => pattern.test(driverName))?.[1];
}
