import type { BaselineState, FlatFinding, LogDiff } from '@sariflow/sarif';
import { renderColumns } from './columns.ts';
import type { Paint } from './paint.ts';
import { countOf, formatCount } from './quantities.ts';
import { type Text, text } from './text.ts';

/** States in the order in which they are told, with what they are called. */
const states = [
  ['new', 'new'],
  ['updated', 'updated'],
  ['unchanged', 'unchanged'],
  ['absent', 'gone'],
] as const satisfies readonly (readonly [BaselineState, string])[];

const shownLevels = ['error', 'warning', 'note', 'none'] as const;

const paintOf = { error: 'red', warning: 'yellow', note: 'cyan', none: 'dim' } as const;

/** How two logs compare, as a table of states and levels, and what could not be compared. */
export function renderDiff({ counts, uncertain, scopes }: LogDiff, paint: Paint): Text[] {
  const hasSuppressed = states.some(([state]) => counts[state].suppressed > 0);
  const head = ['', ...shownLevels, ...(hasSuppressed ? ['suppressed'] : [])];
  const rows = states.map(([state, word]) => [
    word,
    ...shownLevels.map((level) => formatCount(counts[state].levels[level])),
    ...(hasSuppressed ? [formatCount(counts[state].suppressed)] : []),
  ]);
  const lines = renderColumns([head, ...rows], ['left', ...head.slice(1).map(() => 'right' as const)]);
  for (const { tool, category, state } of scopes) {
    if (state === 'compared') continue;
    const name = category === '' ? text`${tool}` : text`${tool} (${category})`;
    if (state === 'new') lines.push(text`  ${name} has no earlier run: all of its results are new.`);
    if (state === 'missing')
      lines.push(text`  ${paint.yellow(name)} has no later run: nobody knows what is left of its results.`);
    if (state === 'incomplete') {
      lines.push(text`  ${paint.yellow(name)} did not finish: what it did not find is not taken to be gone.`);
    }
  }
  if (uncertain > 0) lines.push(text`  ${countOf(uncertain, 'earlier result')} may or may not be gone.`);
  return lines;
}

/** One result as a line. */
export function renderFinding({ level, path, startLine, ruleId, message }: FlatFinding, paint: Paint): Text {
  const line = startLine === null ? '' : `:${startLine}`;
  const place = path === null ? text`` : text`${path}${line}  `;
  return text`  ${paint[paintOf[level]](level.padEnd(7))}  ${place}${ruleId ?? ''}  ${firstLine(message)}`;
}

const longestMessage = 160;

function firstLine(message: string): string {
  const [line = ''] = message.split('\n', 1);
  return line.length > longestMessage ? `${line.slice(0, longestMessage).toWellFormed()}…` : line;
}
