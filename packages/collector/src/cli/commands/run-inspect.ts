import type { Input } from '../../input/input.ts';
import { type FileError, printDocument, schemaVersion } from '../documents/document.ts';
import type { InspectDocument, InspectedFile } from '../documents/inspect-document.ts';
import { eachInput } from '../each-input.ts';
import { type ExitName, exitFor } from '../exit-code.ts';
import { expectReports } from '../expect-reports.ts';
import type { FromChoice } from '../from-choices.ts';
import { inspectLog } from '../inspect/inspect-log.ts';
import { openReport, sayUnreadable } from '../open-report.ts';
import { renderInspection } from '../render/inspect.ts';
import type { Services } from '../services.ts';
import { gzipSize } from './github-upload-size.ts';

/** What `sariflow inspect` can be told. */
export interface InspectCommandOptions {
  readonly from: FromChoice;
}

/** Does what `sariflow inspect` says. What it finds is no reason to fail. */
export async function runInspect(paths: readonly string[], options: InspectCommandOptions, services: Services) {
  const { environment, result, conversation, isJson } = services;
  const happened = new Set<ExitName>();
  const files: InspectedFile[] = [];
  const fail = (path: string, error: FileError) => {
    happened.add('unreadable');
    files.push(unreadable(path, error));
  };

  for await (const found of eachInput(paths, services, (path, { code, message }) => fail(path, { code, message }))) {
    await using input = found;
    try {
      files.push(await inspectInput(input, options, services));
    } catch (error) {
      const fileError = sayUnreadable(input, error, conversation);
      if (fileError !== undefined) fail(input.path, fileError);
    }
  }
  expectReports(files.length, services, happened);
  const exit = exitFor(happened, { stoppedBy: environment.stoppedBy() });
  if (isJson) {
    const document: InspectDocument = { schemaVersion, command: 'inspect', exit, files, next: [] };
    await result.write(printDocument(document));
  }
  return exit;
}

async function inspectInput(
  input: Input,
  { from }: InspectCommandOptions,
  { environment, result, isJson }: Services,
): Promise<InspectedFile> {
  const signal = environment.interruption;
  // What is wrong with a report, `sariflow validate` says.
  const report = await openReport(input, { from, report: () => {}, signal, transcode: true });
  const inspection = await inspectLog(report, input.source, (source) => gzipSize(source, signal));
  const file = { path: input.path, format: report.format, ...inspection };
  if (!isJson) for (const line of renderInspection(file, report.title, result.paint)) result.line(line);
  return file;
}

function unreadable(path: string, error: FileError): InspectedFile {
  return {
    path,
    format: null,
    bytes: null,
    findings: 0,
    results: 0,
    runs: [],
    largestResult: null,
    brokenLimits: [],
    error,
  };
}
