import { describeMutations } from '../test-support/describe-mutations.ts';

const inProject = [
  'vulnerabilities',
  'filtered/ignore',
  'filtered/patch',
  'infrastructureAsCodeIssues',
  'infrastructureAsCodeSuccesses',
  'result/cloudConfigResults',
  'findings',
  'data',
  'issues',
  'results',
  'result/issues',
];

describeMutations({
  format: 'snyk',
  findings: inProject.flatMap((list) => [list, `*/${list}`, `applications/*/${list}`, `*/applications/*/${list}`]),
  // Unmanaged dependencies are listed twice, and one of the lists is not read; an issue with several coordinates is several
  // findings, and has fewer without one of them.
  except: ['damaged', 'hostile-keys', 'unmanaged', 'platform-coordinates'],
});
