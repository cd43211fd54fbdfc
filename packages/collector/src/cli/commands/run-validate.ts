import { detectFormat } from '@sariflow/converters';
import { type DiagnosticLevel, type Profile, ReadError, readSarif, validate } from '@sariflow/sarif';
import type { Input } from '../../input/input.ts';
import { InputError } from '../../input/input-error.ts';
import { besideInput } from '../beside-input.ts';
import { createDiagnosticGroups, type DiagnosticGroups } from '../diagnostic-groups.ts';
import { printDocument, schemaVersion } from '../documents/document.ts';
import type { ReportedDiagnostic, ValidateDocument, ValidatedFile } from '../documents/validate-document.ts';
import { eachInput } from '../each-input.ts';
import { type ExitName, exitFor } from '../exit-code.ts';
import { packageVersion } from '../package-version.ts';
import { renderDiagnostic } from '../render/diagnostics.ts';
import { diagnosticsLog } from '../render/diagnostics-log.ts';
import { countOf } from '../render/quantities.ts';
import { text } from '../render/text.ts';
import type { Services } from '../services.ts';
import { UsageError } from '../usage-error.ts';
import { isForeign } from './foreign-format.ts';
import { githubUploadSize } from './github-upload-size.ts';

/** What `sariflow validate` can be told. */
export interface ValidateOptions {
  readonly profile?: Profile;
  readonly authoring?: boolean;
  readonly failOn: DiagnosticLevel;
  readonly format: 'pretty' | 'json' | 'sarif';
}

const levels = ['note', 'warning', 'error'] as const satisfies readonly DiagnosticLevel[];

/** Does what `sariflow validate` says. */
export async function runValidate(paths: readonly string[], options: ValidateOptions, services: Services) {
  const { result, conversation, environment } = services;
  if (services.isJson && options.format === 'sarif') {
    throw new UsageError('--json and --format sarif both take standard output. Choose one of them.');
  }
  const format = services.isJson ? 'json' : options.format;
  const happened: ExitName[] = [];
  const files: ValidatedFile[] = [];

  const inputs = eachInput(paths, services, (path, error) => {
    happened.push('unreadable');
    files.push(unreadable(path, error));
  });
  for await (const found of inputs) {
    await using input = found;
    const groups = createDiagnosticGroups();
    const file = await validateInput(input, groups, options, environment.interruption);
    files.push(file);
    if (file.error !== undefined) {
      happened.push('unreadable');
      conversation.error(text`${input.path}: ${file.error.message} (${file.error.code})`);
    } else if (failing(file, options.failOn)) happened.push('invalid');
    if (format === 'pretty') await printDiagnostics(input, groups, services);
  }
  if (files.length === 0 && !environment.interruption.aborted) happened.push('unreadable');

  const exit = exitFor(happened, { stoppedBy: environment.stoppedBy() });
  switch (format) {
    case 'json': {
      const document: ValidateDocument = { schemaVersion, command: 'validate', exit, files, next: [] };
      await result.write(printDocument(document));
      break;
    }
    case 'sarif': {
      const log = diagnosticsLog(files, { version: packageVersion(), cwd: environment.cwd, exit });
      await result.write(`${JSON.stringify(log, null, 2)}\n`);
      break;
    }
    case 'pretty':
      sayTotals(files, services);
      break;
  }
  return exit;
}

/** Reads an input to its end. Bytes that are no JSON are a diagnostic like any other; only what cannot be had at all is an error. */
async function validateInput(
  input: Input,
  groups: DiagnosticGroups,
  { profile, authoring }: ValidateOptions,
  signal: AbortSignal,
): Promise<ValidatedFile> {
  let runs = 0;
  let results = 0;
  try {
    const detection = await detectFormat(input.source, { signal });
    if (isForeign(detection.format)) {
      groups.add({
        ruleId: 'SF-P117',
        level: 'error',
        message: `This is not a SARIF log but ${detection.title} (${detection.because}). Convert it first: sariflow convert.`,
        pointer: '',
        place: { byteOffset: 0, line: 1, column: 1 },
      });
    } else {
      const report = groups.add;
      // What can be read of a log that is cut, or in another encoding, is worth checking, too.
      const log = readSarif(input.source, {
        report,
        signal,
        allowTruncated: true,
        ignoreTail: true,
        transcode: true,
        ...besideInput(input),
      });
      const events = validate(log, { report, profile, authoring, now: new Date() });
      for await (const batch of events.batches()) {
        for (const event of batch) {
          if (event.type === 'run-start') runs += 1;
          // The run's own count knows of results that could not be read, too.
          if (event.type === 'run-end') results += event.results;
        }
      }
      const size = profile === 'github' ? await githubUploadSize(input.source, signal) : undefined;
      if (size !== undefined) groups.add(size);
    }
  } catch (error) {
    if (error instanceof InputError) return unreadable(input.path, error);
    if (!(error instanceof ReadError)) throw error;
    groups.add(error.diagnostic);
  }
  return {
    path: input.path,
    valid: groups.counts.error === 0,
    runs,
    results,
    counts: { ...groups.counts },
    diagnostics: groups.list().map(({ first, count }) => reported(first, count)),
  };
}

function reported(first: ReturnType<DiagnosticGroups['list']>[number]['first'], count: number): ReportedDiagnostic {
  const { ruleId, level, message, pointer, place, fix } = first;
  return { ruleId, level, message, pointer, place: place ?? null, count, ...(fix !== undefined && { fix }) };
}

function unreadable(path: string, error: InputError): ValidatedFile {
  return {
    path,
    valid: false,
    runs: 0,
    results: 0,
    counts: { error: 0, warning: 0, note: 0 },
    diagnostics: [],
    error: { code: error.code, message: error.message },
  };
}

function failing({ counts }: ValidatedFile, failOn: DiagnosticLevel): boolean {
  return levels.slice(levels.indexOf(failOn)).some((level) => counts[level] > 0);
}

async function printDiagnostics(input: Input, groups: DiagnosticGroups, { result }: Services): Promise<void> {
  const listed = groups.list();
  // Places in what was transcoded count in the text as UTF-8, which is nowhere.
  const isTranscoded = listed.some(({ first }) => first.ruleId === 'SF-P103');
  for (const group of listed) {
    const source = isTranscoded ? undefined : input.source;
    for (const line of await renderDiagnostic(group, input.path, source, result)) result.line(line);
    result.line(text``);
  }
}

function sayTotals(files: readonly ValidatedFile[], { result }: Services): void {
  const { paint } = result;
  for (const file of files) {
    if (file.error !== undefined) result.line(text`${paint.red('✗')} ${file.path}: unreadable`);
    else if (file.valid)
      result.line(text`${paint.green('✓')} ${file.path}: valid, ${countOf(file.results, 'result')}${others(file)}`);
    else
      result.line(text`${paint.red('✗')} ${file.path}: invalid, ${countOf(file.counts.error, 'error')}${others(file)}`);
  }
}

function others({ counts }: ValidatedFile): string {
  const named = [
    counts.warning > 0 ? countOf(counts.warning, 'warning') : undefined,
    counts.note > 0 ? countOf(counts.note, 'note') : undefined,
  ];
  return named.map((count) => (count === undefined ? '' : `, ${count}`)).join('');
}
