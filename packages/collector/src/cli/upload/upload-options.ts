import { type Command, Option } from 'commander';
import type { RedactMode } from '../../redact/redact-secrets.ts';
import { type CertusPlan, certusPlans } from '../../targets/certus/certus-quota.ts';
import { maxDroppedOption } from '../commands/max-dropped-option.ts';
import { type FromChoice, fromChoices } from '../from-choices.ts';
import { wholeNumber } from '../option-values.ts';
import { UsageError } from '../usage-error.ts';
import { type TargetChoice, targetChoices } from './target-choices.ts';

/** What `sariflow upload` can be told. Settings with a variable of their own are looked up by `Settings`. */
export interface UploadCommandOptions {
  readonly target: TargetChoice;
  readonly url?: string;
  readonly from: FromChoice;
  readonly apiKeyFile?: string;
  /** Certus: a file with the key that scans are signed with. */
  readonly signingKeyFile?: string;
  /** Certus: what the ledger keeps to. */
  readonly plan?: CertusPlan;
  readonly dryRun?: true;
  readonly maxPartBytes?: number;
  readonly concurrency: number;
  /** In seconds; 0 for none. */
  readonly deadline: number;
  readonly redactSecrets: RedactMode;
  readonly saveParts?: string;
  readonly checkoutRoot?: string;
  readonly allowEmpty?: true;
  readonly force?: true;
  /** False with `--no-ledger`. */
  readonly ledger?: string | false;
  /** A file to write the receipt to. */
  readonly receipt?: string;
  readonly maxDropped: number;
  readonly softFail?: true;
  readonly onUnknown?: 'retry' | 'stop';
  /** Certificates to trust besides the usual ones. */
  readonly caFile?: string;
  /** A part that the target accepts with a remark counts as refused. */
  readonly strict?: true;
}

/** Declares the options of `sariflow upload`. */
export function addUploadOptions(command: Command): Command {
  return command
    .addOption(new Option('--target <target>', 'where findings go').choices([...targetChoices]).default('cortex'))
    .option('--url <url>', 'the upload URL of the collector, or the API host (SARIFLOW_URL)')
    .option('--collector <id>', 'the collector, where the URL is only a host (SARIFLOW_COLLECTOR_ID)')
    .option('--api-key-id <id>', 'the id that belongs to the key (SARIFLOW_API_KEY_ID)')
    .addOption(
      new Option('--api-key-type <type>', 'the kind of key (SARIFLOW_API_KEY_TYPE)').choices([
        'standard',
        'advanced',
        'collector',
      ]),
    )
    .option('--api-key-file <file>', 'a file that holds the key, or - for standard input (else SARIFLOW_API_KEY)')
    .addOption(refusedKeyOption())
    .option(
      '--signing-key-file <file>',
      'certus: the key that scans are signed with (SARIFLOW_SIGNING_KEY; else the API key)',
    )
    .addOption(
      new Option('--plan <plan>', 'certus: hold back what is more than the plan includes').choices(
        Object.keys(certusPlans),
      ),
    )
    .option('--repository-url <url>', 'the repository the findings belong to (SARIFLOW_REPOSITORY_URL)')
    .option('--repository-id <id>', "the platform's id of the repository (SARIFLOW_REPOSITORY_ID)")
    .option('--branch <name>', 'the branch the findings belong to (SARIFLOW_BRANCH)')
    .addOption(new Option('--from <format>', 'what the reports are').choices([...fromChoices]).default('auto'))
    .option('--checkout-root <dir>', 'where the sources were checked out; paths below it become relative')
    .option('--dry-run', 'do everything but send; needs no key')
    .addOption(new Option('--max-part-bytes <n>', 'the largest request').argParser(wholeNumber(1000)))
    .addOption(new Option('--concurrency <n>', 'requests at a time').argParser(wholeNumber(1, 64)).default(4))
    .addOption(
      new Option('--deadline <seconds>', 'for the whole run; 0 for none').argParser(wholeNumber(0)).default(300),
    )
    .addOption(
      new Option(
        '--redact-secrets <mode>',
        'cut secrets out of runs and of findings: those about secrets, all, or none',
      )
        .choices(['auto', 'all', 'off'])
        .default('auto'),
    )
    .option('--save-parts <dir>', 'also write what is sent to a folder')
    .option('--allow-empty', 'send a scan without findings after one that had some')
    .option('--force', 'send whatever was delivered before, and whatever the scan looks like')
    .option(
      '--receipt <file>',
      'write down what was sent where and what became of it (sariflow ledger verify checks it)',
    )
    .option('--ledger <file>', 'where to remember what was delivered (default: .sariflow/ledger.db)')
    .option('--no-ledger', 'remember nothing')
    .addOption(
      new Option('--on-unknown <policy>', 'what to do with a part that may have arrived').choices(['retry', 'stop']),
    )
    .option('--ca-file <file>', 'certificates of private authorities, as PEM, to trust besides the usual ones')
    .option('--strict', 'end with exit code 5 where the target accepts findings with a remark')
    .addOption(maxDroppedOption())
    .option('--soft-fail', 'end with exit code 0 where it would be 3 to 9, with a warning');
}

/** Arguments are seen by every process of the machine and kept in logs. The value is not repeated. */
function refusedKeyOption(): Option {
  return new Option('--api-key <key>').hideHelp().argParser(() => {
    throw new UsageError(
      'A key does not belong on the command line, where other processes and logs see it. Set SARIFLOW_API_KEY or use --api-key-file, and replace this key.',
    );
  });
}
