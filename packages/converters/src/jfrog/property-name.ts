const short: ReadonlyMap<string, string> = new Map([
  ['jfrogResearchInformation', 'research'],
  ['extended_information', 'research'],
  ['applicability', 'applicabilityDetails'],
  ['applicability_details', 'applicabilityResults'],
  ['component_versions.vulnerable_versions', 'vulnerableVersions'],
  ['properties', 'cves'],
  ['cves.applicability.scannerDescription', 'applicabilityDescription'],
  ['applicability.scannerDescription', 'applicabilityDescription'],
]);

/** The property that a field of an Xray report is kept under: `xray/` and the field. */
export function propertyName(field: string): string {
  return `xray/${short.get(field) ?? field}`;
}
