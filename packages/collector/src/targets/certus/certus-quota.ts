/** The plans of Certus, and what they include (certus: section 5). */
export const certusPlans = {
  free: { scansPerMonth: 100, requestsPerDay: 1000 },
  pro: { scansPerMonth: 1000, requestsPerDay: 10_000 },
  enterprise: { scansPerMonth: Number.POSITIVE_INFINITY, requestsPerDay: Number.POSITIVE_INFINITY },
} as const;

export type CertusPlan = keyof typeof certusPlans;

/** What counts against a quota, and for how long. */
export interface QuotaPeriod {
  /** Whose quota, of what: how the ledger calls it. */
  readonly scope: string;
  /** `2026-11` or `2026-11-20`, in UTC. */
  readonly period: string;
  readonly limit: number;
}

/**
 * The quotas that a scan counts against now.
 * @param host of Certus; an organisation has one, as far as a machine knows
 */
export function certusQuotas(host: string, plan: CertusPlan, now: Date): { scans: QuotaPeriod; requests: QuotaPeriod } {
  const day = now.toISOString().slice(0, 10);
  const { scansPerMonth, requestsPerDay } = certusPlans[plan];
  return {
    scans: { scope: `certus | ${host} | scans`, period: day.slice(0, 7), limit: scansPerMonth },
    requests: { scope: `certus | ${host} | requests`, period: day, limit: requestsPerDay },
  };
}
