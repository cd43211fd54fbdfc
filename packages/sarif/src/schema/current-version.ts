/**
 * A log as if it were of SARIF 2.1.0, where its `version` is another text: that has a rule of its own, SF-V003, and what else is
 * wrong is found all the same.
 */
export function withCurrentVersion<T>(log: T): T {
  if (typeof log !== 'object' || log === null || !('version' in log)) return log;
  return typeof log.version === 'string' && log.version !== '2.1.0' ? { ...log, version: '2.1.0' } : log;
}
