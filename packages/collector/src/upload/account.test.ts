import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AccountColumn, AccountError, checkAccount, createAccountBook, sumAccounts } from './account.ts';

const column = fc.constantFrom<AccountColumn>(
  'accepted',
  'merged',
  'rejected',
  'dropped',
  'held',
  'undelivered',
  'unknown',
);
const entries = fc.array(
  fc.tuple(column, fc.nat(1000), fc.option(fc.constantFrom('network', 'auth', '__proto__'), { nil: undefined })),
);

test('what was put in adds up, alone and together', () => {
  fc.assert(
    fc.property(fc.array(entries), (books) => {
      const accounts = books.map((lines) => {
        const book = createAccountBook();
        for (const [name, count, code] of lines) book.add(name, count, code);
        return book.read();
      });
      for (const account of accounts) checkAccount('a', account);
      const total = sumAccounts(accounts);
      checkAccount('all', total);
      expect(total.in).toBe(books.flat().reduce((sum, [, count]) => sum + count, 0));
      const explained = books.flat().reduce((sum, [, count, code]) => sum + (code === undefined ? 0 : count), 0);
      expect(total.reasons.reduce((sum, { count }) => sum + count, 0)).toBe(explained);
    }),
  );
});

test('what does not add up is a defect with the figures in it', () => {
  const book = createAccountBook();
  book.add('accepted', 2);
  expect(() => checkAccount('scan.sarif', book.read(3))).toThrow(AccountError);
  expect(() => checkAccount('scan.sarif', book.read(3))).toThrow(/scan\.sarif.*in 3.*accepted 2/);
  book.add('rejected', -1);
  expect(() => checkAccount('scan.sarif', book.read())).toThrow(AccountError);
});
