import type { RetryAdvice } from './fault.ts';

/** The headers that say when to come back. `now` is epoch milliseconds. */
export function retryHeaders(advice: RetryAdvice, now: number): Record<string, string> {
  if (advice.form === 'value') return { 'retry-after': advice.value };
  const at = new Date(now + advice.seconds * 1000);
  switch (advice.form) {
    case 'seconds':
      return { 'retry-after': String(advice.seconds) };
    case 'http-date':
      return { 'retry-after': at.toUTCString() };
    case 'rfc-850-date':
      return { 'retry-after': rfc850(at) };
    case 'rate-limit-reset-epoch':
      return { 'x-ratelimit-reset': String(Math.ceil(at.getTime() / 1000)) };
    case 'rate-limit-reset-delta':
      return { 'x-ratelimit-reset': String(advice.seconds) };
  }
}

/** The obsolete form with a two-digit year that a client must still read: `Sunday, 06-Nov-94 08:49:37 GMT`. */
function rfc850(at: Date): string {
  const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
  const [, day = '', month = '', year = '', time = ''] = at.toUTCString().split(' ');
  return `${days[at.getUTCDay()]}, ${day}-${month}-${year.slice(-2)} ${time} GMT`;
}
