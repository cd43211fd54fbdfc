import type { Signature } from './signature.ts';

/** SARIF itself. */
export const sarifSignatures: readonly Signature[] = [
  { format: 'sarif', title: 'SARIF', has: ['version', 'runs'], decisive: true },
  { format: 'sarif', title: 'SARIF', has: ['runs'] },
];

/** Formats that have no converter here, so that a message can call them by name. */
export const otherSignatures: readonly Signature[] = [
  { format: 'cyclonedx', title: 'a CycloneDX bill of materials', has: ['bomFormat'], decisive: true },
  { format: 'sonarqube', title: 'SonarQube issues', has: ['issues', 'paging'] },
  { format: 'sonarqube', title: 'SonarQube hotspots', has: ['hotspots', 'paging'] },
  { format: 'sonarqube', title: 'a SonarQube generic issue report', has: ['issues[].primaryLocation'], decisive: true },
  { format: 'sonarqube', title: 'a sonar-report document', has: ['sonarBaseURL'], decisive: true },
  { format: 'sonarqube', title: 'a SonarQube preview report', has: ['issues[].isNew', 'issues[].component'] },
  { format: 'sonarqube', title: 'SonarQube issues', has: ['[].key', '[].component', '[].rule'], decisive: true },
  { format: 'sonarqube', title: 'SonarQube hotspots', has: ['[].key', '[].component', '[].ruleKey'], decisive: true },
  { format: 'snyk', title: 'a Snyk REST answer', has: ['jsonapi', 'data'], decisive: true },
  { format: 'snyk', title: 'a Snyk report', has: ['vulnerabilities', 'packageManager'] },
  { format: 'snyk', title: 'a Snyk report of several projects', has: ['[].vulnerabilities', '[].packageManager'] },
  { format: 'snyk', title: 'a Snyk IaC report', has: ['infrastructureAsCodeIssues'], decisive: true },
  { format: 'snyk', title: 'a Snyk IaC report', has: ['[].infrastructureAsCodeIssues'], decisive: true },
  { format: 'snyk', title: 'a Snyk test result', has: ['[].testSubject'], decisive: true },
  { format: 'snyk', title: 'a failed Snyk test', has: ['ok', 'error'], lacks: ['results'] },
  { format: 'veracode', title: 'a Veracode pipeline scan', has: ['scan_status', 'findings'] },
  { format: 'veracode', title: 'Veracode findings', has: ['_embedded.findings'], decisive: true },
  { format: 'veracode', title: 'Veracode findings', has: ['findings[].scan_type'], decisive: true },
  { format: 'veracode', title: 'a Veracode SCA agent report', has: ['records[].libraries'], decisive: true },
  { format: 'veracode', title: 'Veracode SCA issues', has: ['_embedded.issues[].library'], decisive: true },
  { format: 'veracode', title: 'Veracode findings', has: ['findings=[]'], weak: true },
  { format: 'jfrog', title: 'a JFrog Xray report', has: ['rows', 'total_rows'] },
  { format: 'jfrog', title: 'a JFrog Xray summary', has: ['artifacts[].issues'], decisive: true },
  { format: 'jfrog', title: 'a JFrog Xray export', has: ['data', 'total_count'], lacks: ['links', 'jsonapi'] },
  { format: 'jfrog', title: 'a JFrog Xray scan', has: ['scan_id', 'vulnerabilities'] },
  { format: 'jfrog', title: 'a JFrog Xray scan', has: ['[].scan_id'] },
  { format: 'jfrog', title: 'a JFrog CLI report', has: ['scansStatus'] },
  { format: 'jfrog', title: 'JFrog Xray violations', has: ['violations', 'total_violations'] },
  { format: 'trivy', title: 'a Trivy report', has: ['SchemaVersion', 'ArtifactName'], decisive: true },
];
