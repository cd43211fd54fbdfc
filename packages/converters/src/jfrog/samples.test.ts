import { describeSamples } from '../test-support/describe-samples.ts';
import { jfrogPage } from './page.ts';

describeSamples('converters/jfrog', jfrogPage, 10);
