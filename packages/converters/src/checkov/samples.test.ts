import { describeSamples } from '../test-support/describe-samples.ts';
import { checkovPage } from './page.ts';

describeSamples('converters/checkov', checkovPage, 3);
