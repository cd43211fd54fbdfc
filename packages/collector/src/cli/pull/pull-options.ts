import { type Command, Option } from 'commander';
import { wholeNumber } from '../option-values.ts';
import { UsageError } from '../usage-error.ts';

/** What a command that can pull is told about the server. */
export interface PullCommandOptions {
  readonly serverUrl?: string;
  readonly project?: string;
  readonly serverBranch?: string;
  readonly pullRequest?: string;
  readonly organization?: string;
  readonly org?: string;
  readonly tokenFile?: string;
  readonly includeClosed?: true;
  /** In seconds; 0 for none. */
  readonly deadline: number;
  readonly caFile?: string;
}

/** Declares the options that say what to pull from where. */
export function addPullOptions(command: Command): Command {
  return command
    .addOption(
      new NamedOption(
        '--url <url>',
        'pull from this server (SONAR_HOST_URL, SNYK_API; Snyk: https://api.snyk.io)',
        'serverUrl',
      ),
    )
    .option('--project <key>', "pull a SonarQube project's findings; or only those of one Snyk project, by its id")
    .addOption(
      new NamedOption('--branch <name>', 'of the SonarQube project (default: its main branch)', 'serverBranch'),
    )
    .option('--pull-request <id>', 'of the SonarQube project')
    .option('--organization <key>', 'of the project in SonarCloud, which knows it in most cases')
    .option('--org <id>', 'pull the issues of a Snyk organisation')
    .option(
      '--token-file <file>',
      'a file that holds the token, or - for standard input (else SONAR_TOKEN, SNYK_TOKEN)',
    )
    .addOption(refusedTokenOption())
    .option('--include-closed', 'also pull what is fixed or resolved')
    .option('--ca-file <file>', 'certificates of private authorities, as PEM, to trust besides the usual ones')
    .addOption(
      new Option('--deadline <seconds>', 'for the whole pull; 0 for none').argParser(wholeNumber(0)).default(3600),
    );
}

/**
 * An option that the configuration file calls by a name of its own: there, `url` and `branch` are those of the platform that findings go to, and a scanner's
 * token must never go there.
 */
class NamedOption extends Option {
  readonly #name: string;

  constructor(flags: string, description: string, name: string) {
    super(flags, description);
    this.#name = name;
  }

  override attributeName(): string {
    return this.#name;
  }
}

/** Arguments are seen by every process of the machine and kept in logs. The value is not repeated. */
function refusedTokenOption(): Option {
  return new Option('--token <token>').hideHelp().argParser(() => {
    throw new UsageError(
      'A token does not belong on the command line, where other processes and logs see it. Set SONAR_TOKEN or SNYK_TOKEN, or use --token-file, and replace this token.',
    );
  });
}
