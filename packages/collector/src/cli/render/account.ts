import type { Account, AccountColumn } from '../../upload/account.ts';
import type { Paint } from './paint.ts';
import { formatCount } from './quantities.ts';
import { joinText, type Text, text } from './text.ts';

/** The columns of an account in the order in which they are told, with their colours. */
const columns = [
  ['accepted', 'green'],
  ['merged', 'cyan'],
  ['rejected', 'red'],
  ['dropped', 'yellow'],
  ['held', 'yellow'],
  ['undelivered', 'red'],
  ['unknown', 'red'],
] as const satisfies readonly (readonly [AccountColumn, keyof Paint])[];

/** What the account calls columns in another situation: a dry run sends nothing, so nothing is accepted or undelivered. */
export type ColumnWords = Partial<Record<AccountColumn, string>>;

/**
 * `in 9,868 = accepted 9,866 + merged 2 + dropped 0   all accounted for`, then a line per reason. Columns that are zero are left out, apart
 * from `accepted` and `dropped`, whose absence would leave a question.
 */
export function renderAccount(account: Account, paint: Paint, words: ColumnWords = {}): Text[] {
  const shown = columns.filter(
    ([column]) => account[column] > 0 || column === 'dropped' || (column === 'accepted' && words.accepted !== ''),
  );
  const summands = shown.map(([column, color]) => {
    const summand = text`${words[column] ?? column} ${formatCount(account[column])}`;
    return account[column] > 0 ? paint[color](summand) : summand;
  });
  const lines = [
    text`  in ${formatCount(account.in)} = ${joinText(summands, ' + ')}   ${paint.dim('all accounted for')}`,
  ];
  for (const { code, count } of account.reasons) lines.push(text`    ${formatCount(count)} × ${code}`);
  return lines;
}
