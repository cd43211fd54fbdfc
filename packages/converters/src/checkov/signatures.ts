import type { Signature } from '../detection/signature.ts';

/** How Checkov's reports are told from others. */
export const checkovSignatures: readonly Signature[] = [
  { format: 'checkov', title: 'a Checkov report', has: ['check_type'], lacks: ['runs'], decisive: true },
  { format: 'checkov', title: 'a Checkov report', has: ['[].check_type'], decisive: true },
  { format: 'checkov', title: 'a Checkov report without checks', has: ['checkov_version', 'resource_count'] },
];
