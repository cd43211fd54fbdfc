import { describeMutations } from '../test-support/describe-mutations.ts';

describeMutations({
  format: 'checkov',
  findings: ['results/failed_checks', 'results/skipped_checks', '*/results/failed_checks', '*/results/skipped_checks'],
  except: ['damaged', 'empty', 'counts-only'],
});
