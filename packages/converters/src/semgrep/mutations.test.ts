import { describeMutations } from '../test-support/describe-mutations.ts';

describeMutations({
  format: 'semgrep',
  findings: ['results', 'findings', 'vulns', '*/results'],
  except: ['damaged', 'hostile-keys', 'errors', 'empty', 'findings-alone'],
});
