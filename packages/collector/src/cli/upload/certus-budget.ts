import type { Ledger } from '../../ledger/index.ts';
import { type CertusPlan, certusQuotas, type QuotaPeriod } from '../../targets/certus/certus-quota.ts';
import type { DocumentPart } from '../documents/upload-document.ts';
import { formatCount } from '../render/quantities.ts';

/** Keeps to what the plan includes, as far as this machine has used it. */
export interface CertusBudget {
  /**
   * Takes one scan of what is left.
   * @returns why there is none left; undefined when there is
   */
  take(): Promise<string | undefined>;
  /** Notes in the ledger what the parts of a run have used. */
  spend(parts: readonly DocumentPart[]): Promise<void>;
}

/** @param plan undefined: what is used is counted, and nothing is held back */
export function createCertusBudget(ledger: Ledger, host: string, plan: CertusPlan | undefined): CertusBudget {
  const quotas = certusQuotas(host, plan ?? 'enterprise', new Date());
  let taken = 0;
  const exhausted = async ({ scope, period, limit }: QuotaPeriod, what: string) => {
    const used = await ledger.quotaUsed(scope, period);
    if (used + taken < limit) return undefined;
    return `The plan '${plan}' includes ${formatCount(limit)} ${what}, and ${formatCount(used)} were used from here in ${period}. Wait until the next one begins, or name the plan that you have with --plan.`;
  };
  return {
    async take() {
      const reason =
        (await exhausted(quotas.scans, 'scans a month')) ?? (await exhausted(quotas.requests, 'requests a day'));
      if (reason === undefined) taken += 1;
      return reason;
    },
    async spend(parts) {
      const requests = parts.reduce((sum, { attempts }) => sum + attempts, 0);
      const isScan = ({ attempts, outcome }: DocumentPart) =>
        attempts > 0 && (outcome === 'accepted' || outcome === 'unknown');
      const scans = parts.filter(isScan).length;
      if (scans > 0) await ledger.useQuota(quotas.scans.scope, quotas.scans.period, scans);
      if (requests > 0) await ledger.useQuota(quotas.requests.scope, quotas.requests.period, requests);
    },
  };
}
