import type { Signature } from '../detection/signature.ts';

/** How Trivy's reports are told from others. */
export const trivySignatures: readonly Signature[] = [
  { format: 'trivy', title: 'a Trivy report', has: ['SchemaVersion', 'ArtifactName'], decisive: true },
  { format: 'trivy', title: 'a Trivy report', has: ['SchemaVersion', 'Results'] },
  { format: 'trivy', title: 'a Trivy report', has: ['ArtifactName', 'Results'] },
  {
    format: 'trivy',
    title: 'a Trivy report of an old version',
    has: ['[].Target', '[].Vulnerabilities'],
    decisive: true,
  },
  { format: 'trivy', title: 'a Trivy report of an old version', has: ['[].Target', '[].Type'] },
  { format: 'trivy', title: 'a Trivy report of an old version', has: ['[].Target', '[].Misconfigurations'] },
  { format: 'trivy', title: 'a Trivy report of a cluster', has: ['ClusterName', 'Resources[].Kind'], decisive: true },
  { format: 'trivy', title: 'a Trivy report of a cluster', has: ['ClusterName', 'Findings[].Kind'], decisive: true },
  {
    format: 'trivy',
    title: 'a Trivy report of a cluster',
    has: ['ClusterName', 'Vulnerabilities[].Kind'],
    decisive: true,
  },
  {
    format: 'trivy',
    title: 'a Trivy report of a cluster',
    has: ['ClusterName', 'Misconfigurations[].Kind'],
    decisive: true,
  },
  { format: 'trivy', title: 'a Trivy report of a cluster', has: ['ClusterName', 'Resources'] },
  { format: 'trivy', title: "a report of Trivy's operator", has: ['kind', 'report.scanner', 'report.summary'] },
  { format: 'trivy', title: "a report of Trivy's operator", has: ['kind', 'status.summaryReport.controlCheck'] },
  { format: 'trivy', title: "reports of Trivy's operator", has: ['items[].report.scanner', 'items[].report.summary'] },
  { format: 'trivy', title: "reports of Trivy's operator", has: ['[].report.scanner', '[].report.summary'] },
  { format: 'trivy', title: "reports of Trivy's operator", has: ['[].status.summaryReport.controlCheck'] },
  { format: 'trivy', title: 'a Trivy report of a cluster', has: ['ClusterName'], lacks: ['runs'], weak: true },
];
