import type { Message, Result, RunHeader } from '../model/model.ts';
import { plainText } from '../schema/plain-text.ts';
import { type MessageOwner, resultOwner } from './message-strings.ts';
import { filledMarkdown, rawMessage, resolveMessage, summaryOf } from './resolve-message.ts';
import type { FoundRule } from './rule-lookup.ts';

/** What stands where nothing says anything. */
const noMessage = '(no message)';

/**
 * The plain text of a result's message, with strings looked up and arguments put in (section 3.11); where the log has no
 * text, the best that its rule offers (section 3.27.11 asks for one).
 */
export function resultText(result: Result, found: FoundRule, run: RunHeader): string {
  const text = ownText(result.message ?? {}, resultOwner(found, run), run);
  return text ?? descriptorText(found.descriptor, found.ruleId);
}

/** The text of a message, or what its id leads to, or its Markdown as plain text; `undefined` when all of these are blank. */
export function ownText(message: Message, owner: MessageOwner, run: RunHeader): string | undefined {
  const { text, ...withoutText } = message;
  const markdown = rawMessage(message, owner, run)?.string.markdown;
  return firstText(
    text === undefined ? undefined : resolveMessage(message, owner, run)?.text,
    resolveMessage(withoutText, owner, run)?.text,
    markdown === undefined ? undefined : plainText(filledMarkdown(markdown, message.arguments)),
  );
}

/** What a descriptor says of everything that refers to it: its short description, or the start of the full one, or its name or id. */
export function descriptorText(descriptor: FoundRule['descriptor'], id: string | undefined): string {
  const full = descriptor?.fullDescription?.text;
  const candidates = [
    descriptor?.shortDescription?.text,
    full === undefined ? undefined : summaryOf(full),
    descriptor?.name,
    id ?? descriptor?.id,
  ];
  return firstText(...candidates) ?? noMessage;
}

function firstText(...candidates: readonly (string | undefined)[]): string | undefined {
  return candidates.find((candidate) => candidate !== undefined && candidate.trim() !== '');
}
