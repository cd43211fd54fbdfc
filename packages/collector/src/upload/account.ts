/** The places a finding can end up in. */
export type AccountColumn = 'accepted' | 'merged' | 'rejected' | 'dropped' | 'held' | 'undelivered' | 'unknown';

/** A stable code, and how many findings it concerns. */
export interface AccountReason {
  readonly code: string;
  readonly count: number;
}

/** Where the findings are, in findings: `in` is the sum of the others. */
export interface Account extends Readonly<Record<AccountColumn, number>> {
  readonly in: number;
  /** Why findings are in another column than `accepted`, and why accepted ones were not sent; by falling count. */
  readonly reasons: readonly AccountReason[];
}

const columns: readonly AccountColumn[] = [
  'accepted',
  'merged',
  'rejected',
  'dropped',
  'held',
  'undelivered',
  'unknown',
];

/** The account does not add up: a defect of ours, never the user's. */
export class AccountError extends Error {
  readonly code = 'account-mismatch';

  constructor(what: string, account: Account) {
    const parts = columns.map((column) => `${column} ${account[column]}`).join(' + ');
    super(
      `The account of ${what} does not add up: in ${account.in}, but ${parts}. This is a defect of Sariflow; please report it.`,
    );
    this.name = 'AccountError';
  }
}

/** An account being kept. */
export interface AccountBook {
  /** Puts `count` findings into a column. */
  add(column: AccountColumn, count: number, code?: string): void;
  /** Names a reason for findings that a column has already. */
  explain(code: string, count: number): void;
  /** How many findings are in the columns. */
  counted(): number;
  /** @param entered what came in; the columns' sum where nobody counted it separately */
  read(entered?: number): Account;
}

/** An empty account. */
export function createAccountBook(): AccountBook {
  const sums = new Map<AccountColumn, number>(columns.map((column) => [column, 0]));
  const reasons = new Map<string, number>();
  const explain = (code: string, count: number) => {
    if (count > 0) reasons.set(code, (reasons.get(code) ?? 0) + count);
  };
  const of = (column: AccountColumn) => sums.get(column) ?? 0;
  const counted = () => columns.reduce((sum, column) => sum + of(column), 0);

  return {
    add(column, count, code) {
      sums.set(column, of(column) + count);
      if (code !== undefined) explain(code, count);
    },
    explain,
    counted,
    read: (entered = counted()) => ({
      in: entered,
      accepted: of('accepted'),
      merged: of('merged'),
      rejected: of('rejected'),
      dropped: of('dropped'),
      held: of('held'),
      undelivered: of('undelivered'),
      unknown: of('unknown'),
      reasons: [...reasons]
        .map(([code, count]) => ({ code, count }))
        .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
    }),
  };
}

/** @throws AccountError when the columns are not what came in, or a number is none */
export function checkAccount(what: string, account: Account): void {
  const sum = columns.reduce((total, column) => total + account[column], 0);
  const whole = [account.in, ...columns.map((column) => account[column])].every(
    (n) => Number.isSafeInteger(n) && n >= 0,
  );
  if (!whole || sum !== account.in) throw new AccountError(what, account);
}

/** All accounts together. */
export function sumAccounts(accounts: Iterable<Account>): Account {
  const book = createAccountBook();
  let entered = 0;
  for (const account of accounts) {
    entered += account.in;
    for (const column of columns) book.add(column, account[column]);
    for (const { code, count } of account.reasons) book.explain(code, count);
  }
  return book.read(entered);
}
