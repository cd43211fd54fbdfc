import { messageText as messageTextRule } from '../rules/cortex/c004-message-text.ts';
import { resultText } from '../run/message-text.ts';
import type { ResultRepair } from './repair.ts';

/** Writes the text that an id, arguments or the rule stand for, and takes the id and the arguments away. */
export const writeMessageText: ResultRepair = (result, { run, rules }, did) => {
  const { message } = result;
  const isPlain = message.text !== undefined && message.text.trim() !== '' && message.arguments === undefined;
  if (isPlain) return;
  const { id: _id, arguments: _arguments, ...rest } = message;
  result.message = { ...rest, text: resultText(result, rules.find(result), run) };
  did(messageTextRule, 'message.text is written in full.', ['message']);
};
