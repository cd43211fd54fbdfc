import type { Conversation } from '../conversation.ts';
import { joinText, type Text, text } from '../render/text.ts';
import type { ContextValue } from './context-value.ts';

/** Context values by name, in the order in which they are told. */
export type ContextValues = ReadonlyMap<string, ContextValue>;

/**
 * Says what findings will belong to: in one line, and with `--verbose` each value with where it came from and what it was preferred to. Values
 * go to a build log, so secrets must not be among them.
 */
export function sayContext(values: ContextValues, conversation: Conversation): void {
  const { paint } = conversation.output;
  const shown = ['repositoryUrl', 'repositoryId', 'branch'].flatMap((name): Text[] => {
    const value = values.get(name);
    return value === undefined ? [] : [text`${value.value}`];
  });
  const commit = values.get('commit');
  if (commit !== undefined) shown.push(text`${commit.value.slice(0, 7)}`);
  // Which variable of the CI provider it was, is told with --verbose.
  const origins = [...new Set(Array.from(values.values(), ({ origin }) => origin.replace(/, .*$/, '')))];
  if (shown.length > 0)
    conversation.info(text`  ${joinText(shown, '  ')}   ${paint.dim(text`(${origins.join(', ')})`)}`);
  for (const [name, { value, origin, beat }] of values) {
    const before = beat.map((other) => text`${other.value} (${other.origin})`);
    const preferred = before.length === 0 ? text`` : text`, preferred to ${joinText(before, ', ')}`;
    conversation.detail(text`${name} = ${value}  from ${origin}${preferred}`);
  }
}
