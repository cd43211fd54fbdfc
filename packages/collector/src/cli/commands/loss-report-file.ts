import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { LossReportRow } from '@sariflow/converters';
import { isSystemError } from '../../input/input-error.ts';
import type { ConvertedFile } from '../documents/convert-document.ts';
import { schemaVersion } from '../documents/document.ts';
import { UsageError } from '../usage-error.ts';
import { writeWholeFile } from '../write-file.ts';

/** The file that `--loss-report=FILE` names. */
export interface LossReportFile {
  write(files: readonly ConvertedFile[]): Promise<void>;
}

const markdownTitle = '# What SARIF has no place for';
const jsonKind = 'loss-report';

/**
 * Throws `UsageError` when something else than an earlier loss report has that name: `--loss-report a.json` takes the
 * report for the file, and would write over it.
 */
export async function openLossReportFile(name: string, cwd: string): Promise<LossReportFile> {
  const path = resolve(cwd, name);
  const there = await contentOf(path, name);
  if (there !== undefined && !there.startsWith(markdownTitle) && !there.includes(`"document": "${jsonKind}"`)) {
    throw new UsageError(
      `${name} is there already and is no loss report. Name another file, or, if it is a report to convert, write it before --loss-report.`,
    );
  }
  return {
    async write(files) {
      const content = /\.md$/i.test(name) ? markdownOf(files) : jsonOf(files);
      await writeWholeFile(path, [new TextEncoder().encode(content)]);
    },
  };
}

async function contentOf(path: string, name: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).slice(0, 1_000);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'ENOENT') return undefined;
    throw new UsageError(`${name} cannot be used for the loss report (${error.code}).`, { cause: error });
  }
}

function jsonOf(files: readonly ConvertedFile[]): string {
  const reported = files.map(({ path, format, findings, results, lossReport = [] }) => ({
    path,
    format,
    findings,
    results,
    lossReport,
  }));
  return `${JSON.stringify({ schemaVersion, document: jsonKind, files: reported }, null, 2)}\n`;
}

function markdownOf(files: readonly ConvertedFile[]): string {
  const parts = files.flatMap(({ path, format, findings, results, lossReport = [] }) => [
    `## ${cell(path)}`,
    `${format ?? 'not recognised'}: ${findings} findings became ${results} results.`,
    [
      '| Count | Field | Of | Fate | Where it goes |',
      '| ---: | --- | --- | --- | --- |',
      ...lossReport.map(lineOf),
    ].join('\n'),
  ]);
  return `${[markdownTitle, ...parts].join('\n\n')}\n`;
}

function lineOf({ count, field, section, fate, to }: LossReportRow): string {
  return `| ${count} | ${cell(field)} | ${cell(section === '' ? 'not documented' : section)} | ${fate} | ${cell(to)} |`;
}

/** Names are data of the report: nothing in them may end the cell. */
function cell(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replace(/[\r\n]+/g, ' ');
}
