import type { Signature } from '../detection/signature.ts';

/** How Veracode's reports are told from others. The detailed report is told by its root element, as XML is. */
export const veracodeSignatures: readonly Signature[] = [
  { format: 'veracode', title: 'a Veracode pipeline scan', has: ['scan_status', 'findings'] },
  { format: 'veracode', title: 'a Veracode pipeline scan', has: ['scan_status', 'pipeline_scan'] },
  { format: 'veracode', title: 'a failed Veracode pipeline scan', has: ['scan_status', 'scan_id'] },
  { format: 'veracode', title: 'a Veracode pipeline scan', has: ['findings[].issue_type_id'], decisive: true },
  { format: 'veracode', title: 'Veracode findings', has: ['_embedded.findings'], decisive: true },
  { format: 'veracode', title: 'Veracode findings', has: ['findings[].scan_type'], decisive: true },
  { format: 'veracode', title: 'Veracode findings', has: ['findings[].finding_details'], decisive: true },
  { format: 'veracode', title: 'Veracode findings', has: ['[]._embedded.findings'], decisive: true },
  { format: 'veracode', title: 'Veracode findings', has: ['[].scan_type', '[].finding_details'], decisive: true },
  { format: 'veracode', title: 'Veracode findings', has: ['[].findings[].scan_type'], decisive: true },
  { format: 'veracode', title: 'a Veracode pipeline scan', has: ['[].issue_type_id', '[].cwe_id'], decisive: true },
  { format: 'veracode', title: 'a Veracode SCA agent report', has: ['records[].libraries'], decisive: true },
  { format: 'veracode', title: 'a Veracode SCA agent report', has: ['records[].vulnerabilities', 'records[].graphs'] },
  { format: 'veracode', title: 'Veracode SCA issues', has: ['_embedded.issues[].library'], decisive: true },
  { format: 'veracode', title: 'Veracode SCA issues', has: ['_embedded.issues=[]', 'page'] },
  { format: 'veracode', title: 'Veracode findings', has: ['page', '_links'], lacks: ['_embedded'], weak: true },
  { format: 'veracode', title: 'Veracode findings', has: ['findings=[]'], weak: true },
];
