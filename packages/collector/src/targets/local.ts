import { collectorLimits, connectCollector } from './collector-protocol.ts';
import type { Target } from './target.ts';

/** The embedded Collector: the same protocol on this machine. Its port differs from start to start, so lanes leave it out. */
export const local: Target = {
  id: 'local',
  title: 'The embedded Collector on this machine',
  limits: collectorLimits,
  state: 'unknown',
  onUnknown: 'retry',
  connect: (settings) => connectCollector(local, settings, (_url, collectorId) => collectorId),
};
