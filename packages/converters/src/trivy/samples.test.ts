import { describeSamples } from '../test-support/describe-samples.ts';
import { trivyPage } from './page.ts';

describeSamples('converters/trivy', trivyPage, 3);
