import type { PathSegment } from '../json/pointer.ts';
import { plainText } from './plain-text.ts';
import type { RepairContext } from './repair-context.ts';

type Fields = Readonly<Record<string, unknown>>;
type Fill = (object: Fields, path: readonly PathSegment[], context: RepairContext, given: unknown) => unknown;

/** Stands for a name or an id that the producer left out. */
export const unknownName = 'unknown';

const noMessage = '(no message)';

/** Required members that can be filled in without inventing a finding, by owner and member. */
const fills = new Map<string, Fill>([
  ['result.message', (result, _path, { fallbackText }) => ({ text: fallbackText(result) })],
  ['notification.message', (notification) => ({ text: notificationText(notification) })],
  ['multiformatMessageString.text', ({ markdown }) => textOfMarkdown(markdown)],
  // Success that nobody stated is not success: the run must not close earlier findings.
  ['invocation.executionSuccessful', () => false],
  ['reportingDescriptor.id', ({ name, guid }) => firstText(name, guid) ?? unknownName],
  ['toolComponent.name', toolComponentName],
  ['tool.driver', (_tool, _path, _context, given) => driverMeant(given)],
]);

/** Whether a member can be filled in, so that an unusable value may be removed without its owner. */
export function isFillable(owner: string, member: string): boolean {
  return fills.has(`${owner}.${member}`);
}

/**
 * A neutral value for a missing member; undefined when there is none and the owner has to go.
 *
 * @param given the owner as it came, with what is removed from it by now
 */
export function filledMember(
  owner: string,
  member: string,
  path: readonly PathSegment[],
  context: RepairContext,
  given: unknown,
): unknown {
  return fills.get(`${owner}.${member}`)?.(context.document.valueAt(path) as Fields, path, context, given);
}

/** The text for a message without any: from its Markdown, else from what it belongs to; undefined when it may go. */
export function filledMessageText(path: readonly PathSegment[], context: RepairContext): string | undefined {
  const { document, fallbackText } = context;
  const fromMarkdown = textOfMarkdown((document.valueAt(path) as Fields)['markdown']);
  if (fromMarkdown !== undefined || path.at(-1) !== 'message') return fromMarkdown;
  const ownerPath = path.slice(0, -1);
  const owner = document.objectNameAt(ownerPath);
  if (owner === 'result') return fallbackText(document.valueAt(ownerPath));
  return owner === 'notification' ? notificationText(document.valueAt(ownerPath) as Fields) : undefined;
}

/** The rule id of a result, for when it says nothing and its rule is not at hand. */
export function ruleIdText(result: unknown): string {
  const { ruleId, rule } = result as Fields;
  return firstText(ruleId, (rule as Fields | null | undefined)?.['id']) ?? noMessage;
}

function notificationText({ descriptor }: Fields): string {
  return firstText((descriptor as Fields | null | undefined)?.['id']) ?? noMessage;
}

/** Made up only where the component is an element that indices point at; a driver without any name makes the run worthless. */
function toolComponentName({ fullName, guid }: Fields, path: readonly PathSegment[]): string | undefined {
  return firstText(fullName) ?? (typeof path.at(-1) === 'number' ? (firstText(guid) ?? unknownName) : undefined);
}

/** Some producers, and drafts of SARIF before version 2.1.0, write what a tool is called and what its rules are right into `tool`. */
function driverMeant(tool: unknown): Fields | undefined {
  const { driver: _, extensions: __, properties: ___, ...meant } = tool as Fields;
  return firstText(meant['name'], meant['fullName']) === undefined ? undefined : meant;
}

function textOfMarkdown(markdown: unknown): string | undefined {
  return typeof markdown === 'string' && markdown.trim() !== '' ? plainText(markdown) : undefined;
}

function firstText(...candidates: unknown[]): string | undefined {
  return candidates.find((candidate): candidate is string => typeof candidate === 'string' && candidate !== '');
}
