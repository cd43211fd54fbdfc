import { type Command, InvalidArgumentError, Option } from 'commander';
import { wholeNumber } from '../option-values.ts';
import type { StartCommand } from '../start-command.ts';

const unitMs = { h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** Declares `sariflow ledger` and what can be done with it. */
export function defineLedger(program: Command, start: StartCommand): Command {
  const ledger = program
    .command('ledger')
    .description('Look at what was delivered, take it out, forget it, and check receipts.');
  const place = () => new Option('--ledger <file>', 'the ledger (default: .sariflow/ledger.db)');
  const lane = () => new Option('--lane <text>', 'only lanes whose name holds this text');

  const show = start(async () => (await import('./run-ledger-show.ts')).runLedgerShow);
  ledger
    .command('show')
    .description('Say for each lane what was delivered last, and what has not arrived.')
    .addOption(place())
    .addOption(lane())
    .addOption(new Option('--limit <n>', 'lanes to list; 0 for all').argParser(wholeNumber(0)).default(50))
    .action((options, command) => show([], options, command));

  const take = start(async () => (await import('./run-ledger-export.ts')).runLedgerExport);
  ledger
    .command('export')
    .description('Write every row of the ledger as a line of JSON.')
    .addOption(place())
    .option('-o, --output <file>', 'where to write to (default: standard output)')
    .action((options, command) => take([], options, command));

  const purge = start(async () => (await import('./run-ledger-purge.ts')).runLedgerPurge);
  ledger
    .command('purge')
    .description('Forget documents. The latest of each lane stay, because the next upload is compared with them.')
    .addOption(place())
    .option('--lane <name>', 'only this lane, by its full name')
    .addOption(new Option('--older-than <age>', 'only what is older, such as 12h, 90d or 8w').argParser(ageMs))
    .option('--all', 'forget the latest as well: everything is sent again then')
    .action((options, command) => purge([], options, command));

  const verify = start(async () => (await import('./run-ledger-verify.ts')).runLedgerVerify);
  ledger
    .command('verify')
    .description(
      'Check that receipts are as they were written, and whether the files they name still are as they were sent.',
    )
    .argument('<receipts...>', 'files that upload --receipt has written')
    .action(verify);
  return ledger;
}

function ageMs(written: string): number {
  const [, count, unit] = /^(\d{1,6})([hdw])$/.exec(written) ?? [];
  if (count === undefined || unit === undefined) {
    throw new InvalidArgumentError('Give an age such as 12h, 90d or 8w.');
  }
  return Number(count) * unitMs[unit as keyof typeof unitMs];
}
