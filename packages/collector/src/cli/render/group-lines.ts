import type { Conversation } from '../conversation.ts';
import type { DiagnosticGroups } from '../diagnostic-groups.ts';
import { countOf, formatCount } from './quantities.ts';
import { text } from './text.ts';

/** Kinds of defects shown per file where they are not the result of the command. */
const shownKinds = 10;

/** Says what a report's defects were, one line per kind, the notes with `--verbose` only. */
export function sayGroups(path: string, groups: DiagnosticGroups, conversation: Conversation): void {
  const kinds = groups.list();
  const loud = kinds.filter(({ first }) => first.level !== 'note');
  for (const { first, count } of loud.slice(0, shownKinds)) {
    const where = first.place === undefined ? '' : `:${first.place.line}:${first.place.column}`;
    const times = count > 1 ? ` (${formatCount(count)} times)` : '';
    const repair = first.fix === undefined ? '' : ` ${first.fix.description}`;
    conversation.info(text`    ${first.ruleId} ${path}${where}: ${first.message}${repair}${times}`);
  }
  if (loud.length > shownKinds) {
    conversation.info(text`    … and ${loud.length - shownKinds} more kinds of defects (sariflow validate lists all)`);
  }
  for (const { first, count } of kinds.filter(({ first: { level } }) => level === 'note')) {
    conversation.detail(text`${first.ruleId} ${path}: ${first.message} (${formatCount(count)} times)`);
  }
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
