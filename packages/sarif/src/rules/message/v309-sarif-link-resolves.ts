import type { Place } from '../../diagnostics/diagnostic.ts';
import type { PathSegment } from '../../json/pointer.ts';
import type { Message, MultiformatMessageString, Result } from '../../model/model.ts';
import { linksOf, withoutLinks } from '../../run/message-links.ts';
import type { RunContext } from '../../run/run-context.ts';
import { sarifUriDefect } from '../../run/sarif-uri.ts';
import { walkTo, walkWithPaths } from '../../run/walk.ts';
import { defineRule, type Finding } from '../rule.ts';

/** Links to results that are still to come. Beyond that many they are believed. */
const maxPending = 10_000;

const kinds = ['message', 'multiformatMessageString'] as const;
const toStrings = walkTo(kinds);
const walk = walkWithPaths(kinds);

interface PendingLink {
  readonly target: number;
  readonly link: string;
  readonly path: readonly PathSegment[];
  readonly place: Place | undefined;
}

/** A link into the log leads to something that is there. */
export const sarifLinkResolves = defineRule({
  id: 'SF-V309',
  name: 'sarif-link-resolves',
  level: 'warning',
  specSection: '3.10.3',
  like: ['SARIF1013'],
  summary: "A link whose scheme is 'sarif' leads to a place that the log has.",
  explanation: {
    cause: 'Results were filtered, merged or split, and the pointers in their messages were not changed.',
    reason: 'Viewers show a link that leads nowhere, or to something else.',
    repair: 'A link in a result is replaced by its text.',
    before: '{ "text": "See [the tool](sarif:/runs/0/tool/driver/rule/3)." }',
    after: '{ "text": "See the tool." }',
  },
  watches: 'results',
  watch(context) {
    const pending: PendingLink[] = [];
    return {
      result(result, resultIndex, report, placeOf) {
        if (!mentionsSarifUri('result', result)) return;
        eachString('result', result, (string, path) => {
          for (const member of ['text', 'markdown'] as const) {
            for (const { destination, rawText } of sarifLinks(string, member)) {
              const target = resultIn(destination, context.runIndex);
              const at = [...path, member];
              if (isWrong(destination, context)) {
                report({
                  ...danglingLink(rawText, destination, at),
                  fix: {
                    description: 'The link is replaced by its text.',
                    apply: (given) => unlink(given as Result, at, context),
                  },
                });
              } else if (target > resultIndex && pending.length < maxPending) {
                pending.push({
                  target,
                  link: `[${rawText}](${destination})`,
                  path: ['results', resultIndex, ...at],
                  place: placeOf(at),
                });
              }
            }
          }
        });
      },
      end(report, results) {
        eachString('run', context.run, (string, path) => {
          for (const member of ['text', 'markdown'] as const) {
            for (const { destination, rawText } of sarifLinks(string, member)) {
              if (!isWrong(destination, context) && resultIn(destination, context.runIndex) < results) continue;
              report(danglingLink(rawText, destination, [...path, member]));
            }
          }
        });
        for (const { target, link, path, place } of pending) {
          if (target < results) continue;
          report({
            message: `The link '${link}' leads to a result that the run does not have: it has ${results}. Correct the link or remove it.`,
            at: path,
            place,
          });
        }
      },
    };
  },
});

function danglingLink(rawText: string, destination: string, at: readonly PathSegment[]): Finding {
  return {
    message: `The link '[${rawText}](${destination})' leads to nothing in this log. Correct the link or remove it.`,
    at,
    value: destination,
  };
}

function isWrong(destination: string, context: RunContext): boolean {
  return destination.startsWith('sarif:') && sarifUriDefect(destination, context) !== undefined;
}

/** Position of the result of this run that a link leads to or into; -1 for other places. */
function resultIn(destination: string, runIndex: number): number {
  const [, run, result] = /^sarif:\/runs\/(\d{1,9})\/results\/(\d{1,15})(?:\/|$)/.exec(destination) ?? [];
  return run !== undefined && Number(run) === runIndex ? Number(result) : -1;
}

function sarifLinks(string: Message | MultiformatMessageString, member: 'text' | 'markdown') {
  const text = string[member];
  if (text === undefined || !text.includes('](sarif:')) return [];
  return linksOf(text, member).filter(({ destination }) => destination.startsWith('sarif:'));
}

function mentionsSarifUri(kind: 'result' | 'run', value: object): boolean {
  let found = false;
  toStrings(kind, value, (_kind, { text, markdown }) => {
    found ||= text?.includes('](sarif:') === true || markdown?.includes('](sarif:') === true;
  });
  return found;
}

function eachString(
  kind: 'result' | 'run',
  value: object,
  take: (string: Message | MultiformatMessageString, path: readonly PathSegment[]) => void,
): void {
  walk(kind, value, (_kind, string, { path }) => take(string as Message | MultiformatMessageString, [...path]));
}

/** Takes the wrong links out of the string at a path. */
function unlink(result: Result, path: readonly PathSegment[], context: RunContext): void {
  const member = path.at(-1) as 'text' | 'markdown';
  let holder: unknown = result;
  for (const segment of path.slice(0, -1)) holder = (holder as Record<PathSegment, unknown>)[segment];
  const string = holder as Record<string, string | undefined>;
  string[member] = withoutLinks(string[member] ?? '', member, ({ destination }) => isWrong(destination, context));
}
