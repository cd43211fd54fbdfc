import type { Signature } from './signature.ts';

/** SARIF itself. */
export const sarifSignatures: readonly Signature[] = [
  { format: 'sarif', title: 'SARIF', has: ['version', 'runs'], decisive: true },
  { format: 'sarif', title: 'SARIF', has: ['runs'] },
];

/** Formats that have no converter here, so that a message can call them by name. */
export const otherSignatures: readonly Signature[] = [
  { format: 'cyclonedx', title: 'a CycloneDX bill of materials', has: ['bomFormat'], decisive: true },
];
