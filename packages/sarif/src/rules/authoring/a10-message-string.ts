import { isToolRule } from '../../run/is-tool-rule.ts';
import { defineRule } from '../rule.ts';

/** Texts that read well whatever is put into them. */
export const messageString = defineRule({
  id: 'SF-A10',
  name: 'message-string',
  level: 'note',
  specSection: '3.49.11',
  like: ['SARIF2001', 'SARIF2014', 'SARIF2015'],
  set: 'authoring',
  summary: "A rule's message strings end with a period, and have placeholders in quotes.",
  explanation: {
    cause: 'The texts were written for a terminal, or the details are put somewhere else.',
    reason:
      'A sentence that names the thing it is about, in quotes, can be understood without looking at the place, and stays readable whatever the name is.',
    repair: "None: the rule's author has to write the text.",
    before: '{ "messageStrings": { "default": { "text": "{0} is never used" } } }',
    after: '{ "messageStrings": { "default": { "text": "The variable \'{0}\' is never used." } } }',
  },
  visits: 'reportingDescriptor',
  check({ id, messageStrings }, { path }, report) {
    if (!isToolRule(path)) return;
    for (const [name, { text }] of Object.entries(messageStrings ?? {})) {
      for (const message of doubtsAbout(text)) {
        report({ message: `The text '${name}' of the rule '${id}' ${message}`, at: ['messageStrings', name, 'text'] });
      }
    }
  },
});

function* doubtsAbout(text: string): Generator<string> {
  if (text === '') return;
  if (!text.trimEnd().endsWith('.')) yield 'does not end with a period. Write a sentence.';
  const placeholders = [...text.matchAll(/\{\d{1,6}\}/g)].filter(({ index }) => text[index - 1] !== '{');
  if (placeholders.length === 0) yield 'has no placeholder, so it cannot say what it is about. Write one, such as {0}.';
  const unquoted = placeholders.find(({ 0: token, index }) => !isQuoted(text, index, index + token.length));
  if (unquoted !== undefined) yield `has the placeholder ${unquoted[0]} without quotes. Write '${unquoted[0]}'.`;
}

/** In quotes of any kind, or where quotes would do harm: as the destination of a link. */
function isQuoted(text: string, start: number, end: number): boolean {
  const before = text[start - 1] ?? ' ';
  const after = text[end] ?? ' ';
  return (`'"\`‘“«‹„`.includes(before) && `'"\`’”»›“`.includes(after)) || (before === '(' && after === ')');
}
