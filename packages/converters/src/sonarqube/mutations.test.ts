import { describeMutations } from '../test-support/describe-mutations.ts';
import { samplesIn } from '../test-support/samples.ts';

/** Reports that are arrays of findings, and of arrays or documents. */
const bare = ['bare-issues', 'bare-hotspots', 'hotspots-shown'];
const damaged = ['damaged', 'damaged-generic', 'hostile-keys', 'empty', 'rules-only', 'server-error'];
const names = samplesIn('converters/sonarqube').map(({ name }) => name);

describeMutations({
  format: 'sonarqube',
  findings: ['issues', 'hotspots', '*/issues', '*/hotspots'],
  except: [...bare, ...damaged],
});

describeMutations({
  format: 'sonarqube',
  findings: [''],
  except: names.filter((name) => !bare.includes(name)),
});
