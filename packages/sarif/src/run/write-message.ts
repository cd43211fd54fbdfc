import type { Message, Notification, Result, RunHeader } from '../model/model.ts';
import { type MessageOwner, notificationOwner, otherOwner, resultOwner } from './message-strings.ts';
import { descriptorText, ownText } from './message-text.ts';
import { filledMarkdown, rawMessage } from './resolve-message.ts';
import type { RuleLookup } from './rule-lookup.ts';

/** A message where it stands: what it can refer to, and what it says when it has no text of its own. */
export interface PlacedMessage {
  readonly message: Message;
  readonly owner: MessageOwner;
  /** Absent for messages that may go. */
  readonly fallback?: (() => string) | undefined;
}

/** The message of a result. */
export function placedResultMessage(result: Result, run: RunHeader, rules: RuleLookup): PlacedMessage {
  const found = rules.find(result);
  return {
    message: result.message,
    owner: resultOwner(found, run),
    fallback: () => descriptorText(found.descriptor, found.ruleId),
  };
}

/** The message of a notification that `path` leads to from the run. */
export function placedNotificationMessage(
  notification: Notification,
  run: RunHeader,
  path: readonly (string | number)[],
): PlacedMessage {
  const owner = notificationOwner(notification, run, path);
  return {
    message: notification.message,
    owner,
    fallback: () => descriptorText(owner.descriptor, notification.descriptor?.id),
  };
}

/** Any other message. */
export function placedMessage(message: Message, run: RunHeader): PlacedMessage {
  return { message, owner: otherOwner(run) };
}

/**
 * Writes a message's text and Markdown in full and takes away its id and arguments, which are not needed any more.
 *
 * @returns false, having done nothing, when there is no text and nothing to stand for it
 */
export function writeInFull({ message, owner, fallback }: PlacedMessage, run: RunHeader): boolean {
  const text = ownText(message, owner, run) ?? fallback?.();
  if (text === undefined) return false;
  const raw = rawMessage(message, owner, run);
  const args = message.arguments ?? (raw === undefined || raw.from === 'message' ? undefined : []);
  const markdown = raw?.string.markdown;
  message.text = text;
  if (markdown !== undefined) message.markdown = filledMarkdown(markdown, args);
  delete message.id;
  delete message.arguments;
  return true;
}

/** The same as a repair: what is taken away is kept among the message's properties. */
export function repairInFull(placed: PlacedMessage, run: RunHeader): boolean {
  const { message } = placed;
  const { id, arguments: args } = message;
  if (!writeInFull(placed, run)) return false;
  if (id !== undefined) message.properties = { ...message.properties, 'original/id': id };
  if (args !== undefined && args.length > 0) message.properties = { ...message.properties, 'original/arguments': args };
  return true;
}
