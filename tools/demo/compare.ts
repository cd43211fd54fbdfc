/** As much of the document of `sariflow upload --json` as the comparison needs. */
export interface UploadDocument {
  readonly account: {
    readonly in: number;
    readonly accepted: number;
    readonly merged: number;
    readonly rejected: number;
    readonly dropped: number;
    readonly held: number;
    readonly undelivered: number;
    readonly unknown: number;
  };
  readonly parts: readonly { readonly sha256: string; readonly outcome: string }[];
}

/** What the receiver says of one request. */
export interface Received {
  readonly sha256: string;
  readonly stored: boolean;
  readonly findings: number;
}

export interface Comparison {
  readonly agrees: boolean;
  readonly lines: readonly string[];
}

/** Holds the sender's account against what the receiver has. */
export function compare(
  { account, parts }: UploadDocument,
  received: readonly Received[],
  counts: readonly { readonly findings: number }[],
): Comparison {
  const { in: given, accepted, merged, rejected, dropped, held, undelivered, unknown } = account;
  const sum = accepted + merged + rejected + dropped + held + undelivered + unknown;
  const arrived = total(received.filter(({ stored }) => stored));
  const kept = total(counts);
  const digests = new Set(received.map(({ sha256 }) => sha256));
  const missing = parts.filter(({ sha256 }) => !digests.has(sha256)).length;
  const n = (value: number) => value.toLocaleString('en');
  const checks: [boolean, string][] = [
    [
      given === sum && given > 0,
      `in ${n(given)} = accepted ${n(accepted)} + merged ${n(merged)} + rejected ${n(rejected)} + dropped ${n(dropped)} + held ${n(held)} + undelivered ${n(undelivered)} + unknown ${n(unknown)}`,
    ],
    [arrived === accepted, `accepted ${n(accepted)} = arrived ${n(arrived)}`],
    [
      kept > 0 && kept <= arrived,
      `arrived ${n(arrived)} = stored ${n(kept)} + ${n(arrived - kept)} that repeat a stored finding (same rule, file, line and message)`,
    ],
    [
      missing === 0 && parts.length > 0,
      `${n(parts.length)} parts sent, ${n(parts.length - missing)} of them arrived byte for byte`,
    ],
  ];
  return {
    agrees: checks.every(([holds]) => holds),
    lines: checks.map(([holds, text]) => `${holds ? '✓' : '✗'} ${text}`),
  };
}

function total(rows: readonly { readonly findings: number }[]): number {
  return rows.reduce((sum, { findings }) => sum + findings, 0);
}
