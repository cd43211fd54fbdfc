import type { PathSegment } from '../../json/pointer.ts';
import type { Message, Result, RunHeader, ThreadFlowLocation } from '../../model/model.ts';
import { type EmbeddedLink, linksOf, locationIdOf, withoutLinks } from '../../run/message-links.ts';
import { filler } from '../../run/message-placeholders.ts';
import { rawMessage } from '../../run/resolve-message.ts';
import { walkTo, walkWithPaths } from '../../run/walk.ts';
import { placedMessage, placedResultMessage, repairInFull } from '../../run/write-message.ts';
import { defineRule } from '../rule.ts';

const toMessages = walkTo(['message']);
const walk = walkWithPaths(['message', 'location', 'threadFlowLocation']);

/** A link with a number for its destination leads to the location with that id, in the same result. */
export const linkLocationFound = defineRule({
  id: 'SF-V306',
  name: 'link-location-found',
  level: 'warning',
  specSection: '3.11.6',
  summary: "A link to a location leads to just one location's id in the same result.",
  explanation: {
    cause: 'Related locations were left out or numbered anew, or brackets and parentheses of code look like a link.',
    reason: 'Viewers show a link that leads nowhere, or to the wrong place.',
    repair: 'The link is replaced by its text.',
    before: '{ "message": { "text": "It comes from [here](2)." }, "relatedLocations": [{ "id": 1, … }] }',
    after: '{ "message": { "text": "It comes from here." }, "relatedLocations": [{ "id": 1, … }] }',
  },
  visits: 'result',
  check(result, { context: { run, rules } }, report) {
    if (!mayHaveLinks(result)) return;
    const messages: { readonly message: Message; readonly path: readonly PathSegment[] }[] = [];
    const counts = new Map<number, number>();
    const count = (id: number | undefined) => {
      if (id !== undefined && id >= 0) counts.set(id, (counts.get(id) ?? 0) + 1);
    };
    walk('result', result, (kind, value, { path }) => {
      if (kind === 'message') messages.push({ message: value as Message, path: [...path] });
      else if (kind === 'threadFlowLocation') count(cachedLocationId(value as ThreadFlowLocation, run));
      else count((value as { id?: number }).id);
    });
    for (const { message, path } of messages) {
      const placed = message === result.message ? placedResultMessage(result, run, rules) : placedMessage(message, run);
      const raw = rawMessage(message, placed.owner, run);
      const args = message.arguments ?? (raw?.from === 'message' ? undefined : []);
      const fill = args === undefined ? undefined : filler('', args.map(startOf));
      const locationIdFrom = ({ destination }: EmbeddedLink) => locationIdOf(fill?.(destination) ?? destination);
      const isDangling = (link: EmbeddedLink) => {
        const id = locationIdFrom(link);
        return id !== undefined && counts.get(id) !== 1;
      };
      for (const member of ['text', 'markdown'] as const) {
        const text = raw?.string[member] ?? '';
        const link = linksOf(text, member).find(isDangling);
        if (link === undefined) continue;
        const id = locationIdFrom(link) as number;
        const matches = counts.get(id) ?? 0;
        report({
          message: `The link '[${link.rawText}](${link.destination})' leads to ${matches === 0 ? 'no location' : `${matches} locations`} of the result. Give just one location the id ${id}, or remove the link.`,
          at: message[member] === undefined ? path : [...path, member],
          value: text,
          fix: {
            description: 'The link is replaced by its text.',
            apply() {
              if (message[member] === undefined) repairInFull(placed, run);
              message[member] = withoutLinks(message[member] ?? text, member, isDangling);
            },
          },
        });
      }
    }
  },
});

/** As much of an argument as tells whether it is a number that a location may have: links may repeat long ones by the thousand. */
function startOf(argument: string): string {
  return argument.slice(0, 20);
}

/** Whether any message of the result may have a link: most have none, and then there is nothing to look at. */
function mayHaveLinks(result: Result): boolean {
  let may = false;
  toMessages('result', result, (_kind, { text, markdown, id }) => {
    const isLookedUp = text === undefined && id !== undefined;
    may = may || isLookedUp || text?.includes('](') === true || markdown?.includes('](') === true;
  });
  return may;
}

/** The id of the location that a thread flow location takes from the run's list of them. */
function cachedLocationId(
  { location, index }: ThreadFlowLocation,
  { threadFlowLocations }: RunHeader,
): number | undefined {
  return location === undefined ? threadFlowLocations?.[index ?? -1]?.location?.id : undefined;
}
