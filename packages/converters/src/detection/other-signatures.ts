import type { Signature } from './signature.ts';

/** SARIF itself. */
export const sarifSignatures: readonly Signature[] = [
  { format: 'sarif', title: 'SARIF', has: ['version', 'runs'], decisive: true },
  // Members in alphabetical order: the version comes behind everything.
  { format: 'sarif', title: 'SARIF', has: ['$schema', 'runs'], decisive: true },
  { format: 'sarif', title: 'SARIF', has: ['runs[].tool.driver'], decisive: true },
  { format: 'sarif', title: 'SARIF', has: ['runs[].results[].message'], decisive: true },
  { format: 'sarif', title: 'SARIF', has: ['runs'] },
];

/** Formats that have no converter here, so that a message can call them by name. */
export const otherSignatures: readonly Signature[] = [
  { format: 'cyclonedx', title: 'a CycloneDX bill of materials', has: ['bomFormat'], decisive: true },
];
