import { collectorLimits, connectCollector } from './collector-protocol.ts';
import type { Target } from './target.ts';

/**
 * The 3rd Party AppSec Collector of Cortex Cloud. Whether an upload adds to earlier ones or replaces them is not
 * documented (cortex-collector: section 9); repeated findings keep their identity, so a part in doubt is sent again.
 */
export const cortex: Target = {
  id: 'cortex',
  title: 'Cortex Cloud, 3rd Party AppSec Collector',
  limits: collectorLimits,
  state: 'unknown',
  onUnknown: 'retry',
  connect: (settings) => connectCollector(cortex, settings, (url) => `${url.host}${url.pathname}`),
};
