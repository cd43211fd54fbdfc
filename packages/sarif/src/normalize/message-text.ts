import { messageText as messageTextRule } from '../rules/cortex/c004-message-text.ts';
import { placedResultMessage, writeInFull } from '../run/write-message.ts';
import type { ResultRepair } from './repair.ts';

/** Writes the text that an id, arguments or the rule stand for, and takes the id and the arguments away. */
export const writeMessageText: ResultRepair = (result, { run, rules }, did) => {
  const { message } = result;
  const isPlain = message.text !== undefined && message.text.trim() !== '' && message.arguments === undefined;
  if (isPlain) return;
  result.message = { ...message };
  writeInFull(placedResultMessage(result, run, rules), run);
  did(messageTextRule, 'message.text is written in full.', ['message']);
};
