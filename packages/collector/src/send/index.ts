export { type Clock, systemClock } from './clock.ts';
export type { HttpAnswer, HttpFailure, HttpRequest, HttpResult } from './http-message.ts';
export { createHttpTransport, type HttpTransport, type TransportOptions } from './http-transport.ts';
export type { Outcome, OutcomeCode, Scope, Send, SendPart } from './outcome.ts';
export { partIdentity } from './part-identity.ts';
export { type ProxySettings, proxyFromEnv } from './proxy-settings.ts';
export { retryAfterMs } from './retry-after.ts';
export { backfillBudget, ciBudget } from './with-budget.ts';
export { backfillRetryPolicy, ciRetryPolicy, type RetryPolicy } from './with-retry.ts';
