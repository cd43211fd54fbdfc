import { describeMutations } from '../test-support/describe-mutations.ts';

describeMutations({
  format: 'trivy',
  findings: [
    'Results/*/Vulnerabilities',
    'Results/*/Misconfigurations',
    'Results/*/Secrets',
    'Results/*/Licenses',
    'Results/*/ExperimentalModifiedFindings',
    'Resources/*/Results/*/Misconfigurations',
    'Vulnerabilities/*/Results/*/Vulnerabilities',
    'Misconfigurations/*/Results/*/Misconfigurations',
    '*/Vulnerabilities',
    'items/*/report/vulnerabilities',
    'items/*/report/checks',
    'items/*/report/secrets',
  ],
  // Controls without failed checks are no findings.
  except: ['damaged', 'empty', 'operator-compliance'],
});
