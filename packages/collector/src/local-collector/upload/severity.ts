/** The levels SARIF knows, and `absent` where neither the result nor its rule names one. */
export type ReceivedLevel = 'error' | 'warning' | 'note' | 'none' | 'absent';

/** The severities the platform makes of them. No SARIF value yields CRITICAL. */
export type Severity = 'HIGH' | 'MEDIUM' | 'LOW';

/** `none` and an absent level become HIGH: SARIF's own default of `warning` is not applied by the platform. */
export const severityOf = {
  error: 'HIGH',
  warning: 'MEDIUM',
  note: 'LOW',
  none: 'HIGH',
  absent: 'HIGH',
} as const satisfies Record<ReceivedLevel, Severity>;
