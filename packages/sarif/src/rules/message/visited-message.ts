import type { Message, Notification } from '../../model/model.ts';
import {
  type PlacedMessage,
  placedMessage,
  placedNotificationMessage,
  placedResultMessage,
} from '../../run/write-message.ts';
import type { Visit } from '../rule.ts';

/** A message that a rule visits, with what it can refer to there. */
export function visitedMessage(message: Message, { context, owner, ownerKind, path, result }: Visit): PlacedMessage {
  const { run, rules } = context;
  if (owner?.member === 'message') {
    if (ownerKind === 'result' && result !== undefined) return placedResultMessage(result, run, rules);
    if (ownerKind === 'notification') return placedNotificationMessage(owner.holder as Notification, run, path);
  }
  return placedMessage(message, run);
}

/** Takes a message away that is optional where it stands. */
export function removeMember(owner: Visit['owner']): void {
  if (owner !== undefined) delete (owner.holder as Record<string, unknown>)[owner.member];
}

/** Members that hold a multiformat message string, and those that hold a map of them. */
const stringMembers: ReadonlySet<unknown> = new Set(['rendered', 'shortDescription', 'fullDescription', 'help']);
const stringMaps: ReadonlySet<unknown> = new Set([
  'messageStrings',
  'globalMessageStrings',
  'state',
  'initialState',
  'immutableState',
  'finalState',
]);

/** Whether a path leads to a multiformat message string: messages stand in members of other names. */
export function isString(path: Visit['path']): boolean {
  return stringMembers.has(path.at(-1)) || stringMaps.has(path.at(-2));
}

/** Whether a path leads to a string that messages look up by its name. */
export function isLookedUp(path: Visit['path']): boolean {
  const map = path.at(-2);
  return map === 'messageStrings' || map === 'globalMessageStrings';
}
