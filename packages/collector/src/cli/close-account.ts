import { type Account, checkAccount, sumAccounts } from '../upload/account.ts';
import type { Conversation } from './conversation.ts';
import type { ExitName } from './exit-code.ts';
import { renderAccount } from './render/account.ts';

/**
 * The account of a command that writes what it reads: said, and held to what may be dropped.
 *
 * @param accounts of its inputs
 * @param happened is added to
 */
export function closeAccount(
  accounts: readonly Account[],
  maxDropped: number,
  conversation: Conversation,
  happened: Set<ExitName>,
): Account {
  const account = sumAccounts(accounts);
  checkAccount('the run', account);
  if (account.dropped > maxDropped) happened.add('invalid');
  for (const line of renderAccount(account, conversation.output.paint, { accepted: 'written' }))
    conversation.info(line);
  return account;
}
