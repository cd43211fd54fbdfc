import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { runProgram } from '../process/run-program.ts';
import type { NamedDocument } from './corpus-logs.ts';

/** One thing that sarif-multitool says about a document. */
export interface MultitoolFinding {
  /** Such as `SARIF1009`, or `JSON1001` for what its schema check says. */
  readonly ruleId: string;
  /** Which of the rule's messages, such as `Error_TargetArrayMustExist`. */
  readonly messageId: string;
  readonly level: string;
  /** What the message is filled in with; the first is the place, such as `runs[0].results[0]`. */
  readonly details: readonly string[];
}

const program = programPath();

/** Why sarif-multitool cannot be asked on this machine; `undefined` when it can. */
export const multitoolIsAbsent: string | undefined = program.absent;

/** Documents that are given to one process at most: a document that stops it has all the others asked again. */
const batchSize = 25;

/** Says of nearly every run that it is not marked as made by a language model: a sign that a document was looked at. */
const signOfLife = 'AI1006';

/**
 * Asks sarif-multitool about each document. One process looks at many files, but a file that it cannot deserialize may end
 * its work without a word, and a rule that throws is silent about the files that follow: those are asked again.
 *
 * @param isWanted which of its rules are asked; the others cost time, and one of them looks for addresses in the network
 */
export async function askMultitool(
  documents: readonly NamedDocument[],
  isWanted: (ruleId: string) => boolean,
): Promise<Map<NamedDocument, readonly MultitoolFinding[]>> {
  const folder = await mkdtemp(join(tmpdir(), 'sariflow-multitool-'));
  try {
    const session = new Session(folder, isWanted);
    await session.start(documents);
    for (let start = 0; start < documents.length; start += batchSize) {
      await session.ask(documents.slice(start, start + batchSize));
    }
    return session.answers;
  } finally {
    await rm(folder, { recursive: true });
  }
}

class Session {
  readonly answers = new Map<NamedDocument, readonly MultitoolFinding[]>();
  readonly #folder: string;
  readonly #isWanted: (ruleId: string) => boolean;
  readonly #fileNames = new Map<NamedDocument, string>();

  constructor(folder: string, isWanted: (ruleId: string) => boolean) {
    this.#folder = folder;
    this.#isWanted = isWanted;
  }

  async start(documents: readonly NamedDocument[]): Promise<void> {
    await mkdir(join(this.#folder, 'logs'));
    for (const [index, document] of documents.entries()) {
      const name = `${index}.sarif`;
      this.#fileNames.set(document, name);
      await writeFile(join(this.#folder, 'logs', name), document.bytes);
    }
    const allRules = join(this.#folder, 'all-rules.json');
    await runProgram(program.path, ['export-validation-config', allRules], { output: 'collect' });
    const names = Object.keys(JSON.parse(await readFile(allRules, 'utf8')) as object);
    const unwanted = names.filter((name) => /^[A-Za-z]+\d+\./.test(name) && !this.#isAsked(name.split('.')[0] ?? ''));
    const rules = Object.fromEntries(unwanted.map((name) => [name, { RuleEnabled: 'Disabled' }]));
    await writeFile(join(this.#folder, 'rules.json'), JSON.stringify(rules));
  }

  /** Asks about documents together, then about those that were not looked at. */
  async ask(documents: readonly NamedDocument[]): Promise<void> {
    if (documents.length === 0) return;
    const { findings, disturbed } = await this.#validate(documents);
    const isDone = (document: NamedDocument): boolean => {
      if (documents.length === 1) return true;
      return disturbed.size === 0 && findings.has(this.#nameOf(document));
    };
    const done = documents.filter(isDone);
    for (const document of done) {
      const said = findings.get(this.#nameOf(document)) ?? [];
      this.answers.set(
        document,
        said.filter(({ ruleId }) => ruleId.startsWith('JSON') || this.#isWanted(ruleId)),
      );
    }
    const left = documents.filter((document) => !isDone(document));
    const disturbers = left.filter((document) => disturbed.has(this.#nameOf(document)));
    const rest = left.filter((document) => !disturbers.includes(document));
    for (const document of disturbers) await this.ask([document]);
    if (rest.length < documents.length) await this.ask(rest);
    else for (const document of rest) await this.ask([document]);
  }

  #isAsked(ruleId: string): boolean {
    return ruleId === signOfLife || this.#isWanted(ruleId);
  }

  #nameOf(document: NamedDocument): string {
    return this.#fileNames.get(document) ?? '';
  }

  async #validate(documents: readonly NamedDocument[]) {
    const output = join(this.#folder, 'findings.sarif');
    await rm(output, { force: true });
    const files = documents.map((document) => join(this.#folder, 'logs', this.#nameOf(document)));
    const options = ['--config', join(this.#folder, 'rules.json'), '--rule-kind', 'Sarif;Ghas;AI'];
    const levels = ['--level', 'Error;Warning;Note', '--quiet', 'true', '--output', output, '--log', 'ForceOverwrite'];
    const { text } = await runProgram(program.path, ['validate', ...files, ...options, ...levels], {
      output: 'collect',
    });
    const log = await readFile(output, 'utf8').catch((error: unknown) => {
      throw new Error(`sarif-multitool wrote no findings. It said: ${text.slice(0, 2000)}`, { cause: error });
    });
    return findingsOf(JSON.parse(log) as FindingsLog);
  }
}

interface Located {
  readonly locations?: readonly {
    readonly physicalLocation?: { readonly artifactLocation?: { readonly uri?: string } };
  }[];
}

/** As much of what sarif-multitool writes as is looked at here. */
interface FindingsLog {
  readonly runs: readonly {
    readonly results?: readonly (Located & {
      readonly ruleId: string;
      readonly level?: string;
      readonly message: { readonly id?: string; readonly arguments?: readonly string[] };
    })[];
    readonly invocations?: readonly { readonly toolExecutionNotifications?: readonly Located[] }[];
  }[];
}

function findingsOf({ runs }: FindingsLog) {
  const findings = new Map<string, MultitoolFinding[]>();
  for (const { ruleId, level = 'warning', message, ...result } of runs.flatMap(({ results = [] }) => results)) {
    const name = fileOf(result);
    const finding = { ruleId, messageId: message.id ?? '', level, details: message.arguments ?? [] };
    findings.set(name, [...(findings.get(name) ?? []), finding]);
  }
  const notifications = runs.flatMap(({ invocations = [] }) =>
    invocations.flatMap(({ toolExecutionNotifications = [] }) => toolExecutionNotifications),
  );
  return { findings, disturbed: new Set(notifications.map(fileOf)) };
}

function fileOf({ locations }: Located): string {
  return basename(locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? '');
}

function programPath(): { readonly path: string; readonly absent?: string } {
  try {
    // The package's own launcher goes through a shell; the program behind it does not need one.
    return { path: createRequire(import.meta.url)('@microsoft/sarif-multitool') as string };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    return { path: '', absent: `There is no sarif-multitool for ${process.platform} on ${process.arch}.` };
  }
}
