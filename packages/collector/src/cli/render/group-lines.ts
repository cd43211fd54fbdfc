import type { Diagnostic } from '@sariflow/sarif';
import type { Input } from '../../input/input.ts';
import type { Conversation } from '../conversation.ts';
import type { DiagnosticGroups } from '../diagnostic-groups.ts';
import { countOf, formatCount } from './quantities.ts';
import { text } from './text.ts';

type ReportFiles = Pick<Input, 'path' | 'pages'>;

/** Kinds of defects shown per file where they are not the result of the command. */
const shownKinds = 10;

/** Says what a report's defects were, one line per kind, the notes with `--verbose` only. */
export function sayGroups(input: ReportFiles, groups: DiagnosticGroups, conversation: Conversation): void {
  const kinds = groups.list();
  const loud = kinds.filter(({ first }) => first.level !== 'note');
  for (const { first, count } of loud.slice(0, shownKinds)) {
    const where = whereIn(input, first);
    const times = count > 1 ? ` (${formatCount(count)} times)` : '';
    const repair =
      first.fix === undefined || first.fix.description === first.message ? '' : ` ${first.fix.description}`;
    conversation.info(text`    ${first.ruleId} ${where}: ${first.message}${repair}${times}`);
  }
  if (loud.length > shownKinds) {
    conversation.info(text`    … and ${loud.length - shownKinds} more kinds of defects (sariflow validate lists all)`);
  }
  for (const { first, count } of kinds.filter(({ first: { level } }) => level === 'note')) {
    conversation.detail(text`${first.ruleId} ${input.path}: ${first.message} (${formatCount(count)} times)`);
  }
}

/** Of pages that are read as one report only which one it is: places are those in all of them together. */
function whereIn({ path, pages }: ReportFiles, { place, pointer }: Pick<Diagnostic, 'place' | 'pointer'>): string {
  if (pages !== undefined) return pages[Number(pointer.split('/')[1])]?.path ?? path;
  return place === undefined ? path : `${path}:${place.line}:${place.column}`;
}

/** Says how many defects a report had before it was repaired. */
export function sayDefects(
  path: string,
  { error, warning }: DiagnosticGroups['counts'],
  conversation: Conversation,
): void {
  if (error + warning === 0) return;
  const counts = [countOf(error, 'error'), countOf(warning, 'warning')].filter((count) => !count.startsWith('0 '));
  conversation.info(text`    ${counts.join(' and ')} as it came (sariflow validate --profile cortex ${path})`);
}
