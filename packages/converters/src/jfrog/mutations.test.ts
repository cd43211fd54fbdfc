import { describeMutations } from '../test-support/describe-mutations.ts';

// An entry that affects several components is several findings, which are damaged together: properties.test.ts looks at those. In
// the oldest format `null` is how an empty list is written, so that nothing can be said about one.
describeMutations({
  format: 'jfrog',
  findings: [
    'rows',
    'data',
    'violations',
    'issues',
    '*/vulnerabilities',
    '*/violations',
    'artifacts/*/issues',
    'artifacts/*/operational_risks',
    'alerts/*/issues',
    'vulnerabilities',
    'securityViolations',
    'licensesViolations',
    'operationalRiskViolations',
    'secrets',
    'iac',
    'sast',
    'secretsViolations',
    'iacViolations',
    'sastViolations',
    'maliciousCode',
  ],
  except: ['damaged', 'scan-components', 'old-cli'],
});
