import { describeMutations } from '../test-support/describe-mutations.ts';

describeMutations({
  format: 'semgrep',
  findings: ['results', 'findings', 'vulns'],
  except: ['damaged', 'hostile-keys', 'errors', 'empty'],
});
