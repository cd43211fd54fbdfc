import type { Message, MultiformatMessageString, Result, RunHeader, ToolComponent } from '../model/model.ts';
import type { FoundRule } from './rule-lookup.ts';

/**
 * The plain text of a result's message, with strings looked up and arguments put in (section 3.11); where the log has no
 * text, the best that its rule offers (section 3.27.11 asks for one).
 */
export function resultText(result: Result, found: FoundRule, run: RunHeader): string {
  const text = messageText(result.message, found, run);
  if (text !== undefined && text.trim() !== '') return text;
  const { descriptor } = found;
  const candidates = [
    descriptor?.shortDescription?.text,
    firstSentence(descriptor?.fullDescription?.text),
    descriptor?.name,
    found.ruleId,
  ];
  return candidates.find((candidate) => candidate !== undefined && candidate.trim() !== '') ?? '(no message)';
}

/** The text of a message, or `undefined` when the log has none for it. */
function messageText(message: Message | undefined, found: FoundRule, run: RunHeader): string | undefined {
  const own = message?.text;
  if (own != null) return message?.arguments === undefined ? own : expand(own, message.arguments);
  const looked = lookUp(message?.id, found, run)?.text;
  if (looked != null) return expand(looked, message?.arguments ?? []);
  return message?.markdown ?? undefined;
}

function lookUp(id: string | undefined, found: FoundRule, run: RunHeader): MultiformatMessageString | undefined {
  if (id === undefined) return undefined;
  const { driver, extensions } = run.tool;
  const component: ToolComponent | undefined = found.component === 'driver' ? driver : extensions?.[found.component];
  return (
    own(found.descriptor?.messageStrings, id) ??
    own(component?.globalMessageStrings, id) ??
    own(driver.globalMessageStrings, id)
  );
}

function own<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record != null && Object.hasOwn(record, name) ? record[name] : undefined;
}

/** `{0}` becomes the first argument, `{{` a brace. An argument that is missing leaves its placeholder (sections 3.11.5, 3.11.11). */
function expand(text: string, args: readonly string[]): string {
  return text.replace(/\{\{|\}\}|\{(\d{1,6})\}/g, (token, position: string | undefined) => {
    if (token === '{{') return '{';
    if (token === '}}') return '}';
    return args[Number(position)] ?? token;
  });
}

function firstSentence(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const line = text.split('\n', 1)[0] ?? '';
  const end = line.search(/[.!?](\s|$)/);
  return (end === -1 ? line : line.slice(0, end + 1)).slice(0, 200);
}
