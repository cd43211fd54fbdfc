import type { BrokenLimit, InspectedFile, InspectedRun } from '../documents/inspect-document.ts';
import { renderColumns } from './columns.ts';
import type { Paint } from './paint.ts';
import { countOf, formatBytes, formatCount } from './quantities.ts';
import { type Text, text } from './text.ts';

const shownLevels = ['error', 'warning', 'note', 'none'] as const;

/** What is known of a report, in lines. */
export function renderInspection(file: InspectedFile, title: string, paint: Paint): Text[] {
  const { path, bytes, findings, results, runs, largestResult } = file;
  const size = bytes === null ? text`` : text`  ${formatBytes(bytes)}`;
  const lines = [text`${paint.bold(path)}  ${title}${size}  ${countOf(findings, 'finding')}`];
  if (runs.length > 0) lines.push(...renderRuns(runs));
  if (results < findings)
    lines.push(text`  ${countOf(findings - results, 'finding')} cannot be kept (sariflow validate says why)`);
  if (largestResult !== null) {
    const { place, pointer, ruleId } = largestResult;
    const where = place === null ? '' : `:${place.line}:${place.column}`;
    lines.push(
      text`  largest result: ${formatBytes(largestResult.bytes)}, ${ruleId ?? 'without a rule'}, at ${path}${where}  ${paint.dim(pointer)}`,
    );
  }
  if (file.brokenLimits.length === 0) lines.push(text`  within the limits of Cortex and GitHub`);
  for (const limit of file.brokenLimits) lines.push(renderLimit(limit, paint));
  return lines;
}

function renderRuns(runs: readonly InspectedRun[]): Text[] {
  const head = ['tool', 'version', 'id', 'results', ...shownLevels, 'rules', 'artifacts', 'header'];
  const rows = runs.map((run) => [
    run.tool,
    run.version ?? '',
    run.id ?? '',
    run.results === null ? 'none written' : formatCount(run.results),
    ...shownLevels.map((level) => formatCount(run.levels[level])),
    formatCount(run.rules),
    formatCount(run.artifacts),
    formatBytes(run.headerBytes),
  ]);
  return renderColumns([head, ...rows], ['left', 'left', 'left', ...head.slice(3).map(() => 'right' as const)]);
}

const targetNames = { cortex: 'Cortex', github: 'GitHub' } as const;

function renderLimit({ target, limit, allowed, found, consequence }: BrokenLimit, paint: Paint): Text {
  const format = limit.startsWith('bytes') ? formatBytes : formatCount;
  const numbers = text`${limit}: ${format(found)}, but ${format(allowed)} at most`;
  switch (consequence) {
    case 'rejected':
      return text`  ${paint.red(targetNames[target])} rejects the report (${numbers})`;
    case 'left-out':
      return text`  ${paint.yellow(targetNames[target])} gets or shows only a part (${numbers})`;
    case 'split':
      return text`  ${paint.cyan(targetNames[target])} gets it in several parts (${numbers})`;
  }
}
