import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { isSystemError } from '../../input/input-error.ts';
import type { Account } from '../../upload/account.ts';
import type { UploadedFile } from '../documents/upload-document.ts';
import { type Exit, exitCodes } from '../exit-code.ts';
import { escapeText } from '../render/escape-text.ts';
import { formatCount } from '../render/quantities.ts';

/** What the page of a build is told. */
export interface SummarisedUpload {
  readonly target: string;
  readonly files: readonly UploadedFile[];
  readonly account: Account;
  readonly exit: Exit;
}

/** GitHub shows a mebibyte of all steps of a job; more files than these are only counted. */
const listedFiles = 100;
const fates = ['accepted', 'merged', 'rejected', 'dropped', 'held', 'undelivered', 'unknown'] as const;

/** The account of an upload as a page in GitHub's Markdown. Data in it is neither markup nor a mention. */
export function renderStepSummary({ target, files, account, exit }: SummarisedUpload): string {
  const shown = fates.filter((fate) => fate === 'accepted' || account[fate] > 0);
  const lines = [
    `### Sariflow: ${verdictOf(exit)}`,
    '',
    `${formatCount(account.in)} findings for \`${target}\`: ${shown.map((fate) => `${fate} ${formatCount(account[fate])}`).join(' + ')}.`,
    '',
    `| file | ${shown.join(' | ')} | |`,
    `| --- | ${shown.map(() => '---:').join(' | ')} | --- |`,
  ];
  for (const { path, account: own, held, error } of files.slice(0, listedFiles)) {
    const counts = shown.map((fate) => formatCount(own?.[fate] ?? 0)).join(' | ');
    lines.push(`| ${cell(path)} | ${counts} | ${cell(error?.message ?? held ?? '')} |`);
  }
  if (files.length > listedFiles) lines.push('', `and ${formatCount(files.length - listedFiles)} more files`);
  if (account.reasons.length > 0) lines.push('');
  for (const { code, count } of account.reasons) lines.push(`- ${formatCount(count)} × ${cell(code)}`);
  return `${lines.join('\n')}\n\n`;
}

/**
 * Adds the page to those of the job, where the run is one of GitHub Actions.
 *
 * @returns why it could not be added; undefined when it was, or there is none to add to
 */
export async function addStepSummary(
  env: Readonly<Record<string, string | undefined>>,
  upload: SummarisedUpload,
): Promise<string | undefined> {
  const path = env['GITHUB_STEP_SUMMARY'];
  if (env['GITHUB_ACTIONS'] !== 'true' || path === undefined || path === '') return undefined;
  try {
    const file = await open(
      path,
      constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW,
      0o600,
    );
    try {
      await file.appendFile(renderStepSummary(upload));
    } finally {
      await file.close();
    }
    return undefined;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return `The summary of the job cannot be written (${error.code}).`;
  }
}

function verdictOf({ name, softFailed }: Exit): string {
  if (name === 'ok') return 'everything is accounted for';
  if (softFailed === true && name !== 'interrupted')
    return `${name}, exit code ${exitCodes[name]} turned into 0 by --soft-fail`;
  return name;
}

function cell(data: string): string {
  return escapeText(data).replace(/[\\`*_{}[\]<>()#+!|~@&$]/g, (character) => `&#${character.charCodeAt(0)};`);
}
