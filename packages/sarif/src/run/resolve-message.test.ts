import { describe, expect, test } from 'vitest';
import type { Message, Notification, Result, RunHeader } from '../model/model.ts';
import { isSameLanguage, type MessageOwner, notificationOwner, otherOwner, resultOwner } from './message-strings.ts';
import { resultText } from './message-text.ts';
import { plainMessage, resolveMessage, summaryOf } from './resolve-message.ts';
import { RuleLookup } from './rule-lookup.ts';
import { placedMessage, placedResultMessage, repairInFull, writeInFull } from './write-message.ts';

const run: RunHeader = {
  tool: {
    driver: {
      name: 'Shop Lint',
      rules: [
        {
          id: 'no-eval',
          shortDescription: { text: 'Do not evaluate text.' },
          messageStrings: {
            here: { text: "'{0}' is evaluated, not {{1}}.", markdown: '**{0}** is evaluated, `{0}`.' },
            both: { text: 'Of the rule.' },
            blank: { text: ' ' },
          },
        },
      ],
      notifications: [
        { id: 'N1', messageStrings: { timing: { text: 'First {0} ms.' } } },
        { id: 'N2', shortDescription: { text: 'Timing.' }, messageStrings: { timing: { text: '{0} ms.' } } },
      ],
      globalMessageStrings: { both: { text: 'Of the driver.' }, there: { text: 'Everywhere {0}' } },
    },
    extensions: [
      {
        name: 'Shop Pack',
        rules: [{ id: 'pack/no-with' }],
        globalMessageStrings: { both: { text: 'Of the pack.' }, pack: { text: 'Only of the pack.' } },
      },
    ],
  },
  translations: [
    {
      name: 'Deutsch',
      language: 'de',
      rules: [{ id: 'no-eval', messageStrings: { here: { text: "'{0}' wird ausgewertet." } } }],
      notifications: [{ id: 'N2', messageStrings: { timing: { text: '{0} Millisekunden.' } } }],
      globalMessageStrings: { there: { text: 'Überall {0}' } },
    },
    { name: 'Schweizerdeutsch', language: 'de-CH', globalMessageStrings: { there: { text: 'Überau {0}' } } },
    {
      name: 'Paket',
      language: 'de',
      associatedComponent: { index: 0 },
      globalMessageStrings: { pack: { text: 'Nur im Paket.' } },
    },
  ],
};

const rules = new RuleLookup(run);
const ownerOf = (ruleId: string) => resultOwner(rules.find({ ruleId, message: {} }), run);
const owners: Record<string, MessageOwner> = {
  result: ownerOf('no-eval'),
  pack: ownerOf('pack/no-with'),
  other: otherOwner(run),
};

describe('a message in full', () => {
  test.each<[owner: string, message: Message, text: string | undefined]>([
    ['result', { text: '{0} {{x}} {1}', arguments: ['a'] }, 'a {x} {1}'],
    ['result', { text: 'use {{ x }}' }, 'use {{ x }}'],
    ['result', { text: 'use {{ x }}', arguments: [] }, 'use { x }'],
    ['result', { text: '{0}{1}', arguments: ['{1}', '{0}'] }, '{1}{0}'],
    ['result', { text: '{{{0}}} { } {} {x}', arguments: ['a'] }, '{a} { } {} {x}'],
    ['result', { text: '{12345678901234567890}', arguments: ['a'] }, '{12345678901234567890}'],
    ['result', { id: 'here', arguments: ['x'] }, "'x' is evaluated, not {1}."],
    ['result', { id: 'here' }, "'{0}' is evaluated, not {1}."],
    ['result', { id: 'here', text: 'Own.' }, 'Own.'],
    ['result', { id: 'both' }, 'Of the rule.'],
    ['pack', { id: 'both' }, 'Of the pack.'],
    ['other', { id: 'both' }, 'Of the driver.'],
    ['pack', { id: 'there', arguments: ['y'] }, 'Everywhere y'],
    ['other', { id: 'here' }, undefined],
    ['other', { id: 'pack' }, undefined],
    ['result', { id: 'constructor' }, undefined],
    ['result', {}, undefined],
    ['result', { markdown: '**x**' }, undefined],
  ])('of %s: %j is %j', (owner, message, text) => {
    expect(resolveMessage(message, owners[owner]!, run)?.text).toBe(text);
  });

  test('of a notification is looked up in its descriptor', () => {
    const textOf = (descriptor: Notification['descriptor']) => {
      const message = { id: 'timing', arguments: ['7'] };
      const notification = descriptor === undefined ? { message } : { message, descriptor };
      return resolveMessage(message, notificationOwner(notification, run), run)?.text;
    };
    expect(textOf({ index: 1 })).toBe('7 ms.');
    expect(textOf({ id: 'N2' })).toBe('7 ms.');
    expect(textOf({ id: 'N2', index: 0 })).toBe('7 ms.');
    expect(textOf({ id: 'N3' })).toBeUndefined();
    expect(textOf(undefined)).toBeUndefined();
  });

  test('has its Markdown with arguments that format nothing', () => {
    const resolved = resolveMessage({ id: 'here', arguments: ['a*b`c'] }, owners['result']!, run);
    expect(resolved?.markdown).toBe("**a\\*b\\`c** is evaluated, `a*b'c`.");
    expect(resolved?.from).toBe('descriptor');
    const own = resolveMessage({ text: 'x', markdown: '{0} {{', arguments: ['<b>'] }, owners['other']!, run);
    expect(own?.markdown).toBe('\\<b\\> {');
    expect(resolveMessage({ text: 'x', markdown: '{0}' }, owners['other']!, run)?.markdown).toBe('{0}');
  });

  test('is in parts where it has links, and arguments make none', () => {
    const message = {
      text: 'From [{0}](1) over [\\[b\\]](https://x.example/{1}) {2}.',
      arguments: ['a[0]', 'p q', '[c](2)'],
    };
    const resolved = resolveMessage(message, owners['result']!, run)!;
    expect(resolved.parts).toEqual([
      { text: 'From ' },
      { text: 'a[0]', destination: '1', locationId: 1 },
      { text: ' over ' },
      { text: '[b]', destination: 'https://x.example/p%20q' },
      { text: ' [c](2).' },
    ]);
    expect(resolved.text).toBe('From [a\\[0\\]](1) over [\\[b\\]](https://x.example/p%20q) [c](2).');
    expect(plainMessage(resolved.parts)).toBe('From a[0] over [b] [c](2).');
    expect(resolveMessage({ text: '' }, owners['other']!, run)?.parts).toEqual([{ text: '' }]);
  });

  test.each([
    ['result', 'here', 'de', "'x' wird ausgewertet.", 'de', false],
    ['result', 'here', 'de-AT', "'x' wird ausgewertet.", 'de', false],
    ['result', 'there', 'de-CH', 'Überau x', 'de-CH', false],
    ['other', 'there', 'de', 'Überall x', 'de', false],
    ['pack', 'pack', 'de', 'Nur im Paket.', 'de', false],
    ['result', 'both', 'de', 'Of the rule.', 'en-US', true],
    ['result', 'both', 'en', 'Of the rule.', 'en-US', false],
    ['result', 'here', 'fr', "'x' is evaluated, not {1}.", 'en-US', true],
  ])('of %s: the string %s in %s', (owner, id, language, text, found, isUntranslated) => {
    const resolved = resolveMessage({ id, arguments: ['x'] }, owners[owner]!, run, { language });
    expect(resolved).toMatchObject({ text, language: found, isUntranslated });
  });

  test('of a notification is translated as well', () => {
    const message = { id: 'timing', arguments: ['7'] };
    const owner = notificationOwner({ message, descriptor: { id: 'N2' } }, run);
    expect(resolveMessage(message, owner, run, { language: 'de' })?.text).toBe('7 Millisekunden.');
  });
});

test.each([
  ['de', 'de', true],
  ['DE-ch', 'de-CH', true],
  ['de', 'de-CH', true],
  ['de-CH', 'de-AT', false],
  ['de', 'den', false],
])('%s serves readers of %s: %s', (one, other, expected) => expect(isSameLanguage(one, other)).toBe(expected));

describe('the text of a result', () => {
  const textOf = (message: Message, ruleId = 'no-eval', rule?: object) => {
    const header = rule === undefined ? run : { tool: { driver: { name: 'T', rules: [rule as { id: string }] } } };
    const result: Result = { ruleId, message };
    return resultText(result, new RuleLookup(header).find(result), header);
  };

  test.each<[Message, string]>([
    [{ id: 'blank' }, 'Do not evaluate text.'],
    [{ text: ' ', id: 'both' }, 'Of the rule.'],
    [{ text: '', markdown: 'Use **`x`**.' }, 'Use x.'],
    [{ markdown: 'Use **`x`**.' }, 'Use x.'],
    [{ text: '{0}', arguments: [' '] }, 'Do not evaluate text.'],
    [{}, 'Do not evaluate text.'],
  ])('%j reads %s', (message, expected) => expect(textOf(message)).toBe(expected));

  test.each([
    [{ id: 'R1', fullDescription: { text: 'Long. And more.' }, name: 'Name' }, 'Long.'],
    [{ id: 'R1', shortDescription: { text: '' }, fullDescription: { text: '' }, name: 'Name' }, 'Name'],
    [{ id: 'R1' }, 'R1'],
    [{ id: '' }, '(no message)'],
  ])('without one it is what the rule %j says: %s', (rule, expected) => {
    expect(textOf({}, rule.id, rule)).toBe(expected);
  });
});

test.each([
  ['One. Two.', 'One.'],
  ['See a.b! Now? Yes', 'See a.b!'],
  ['First line\r\nsecond. line', 'First line'],
  ['\n  Indented', 'Indented'],
  ['e', 'e'],
  ['', ''],
  ['x'.repeat(300), 'x'.repeat(200)],
  [`${'x'.repeat(199)}😀`, 'x'.repeat(199)],
])('the summary of %j is %j', (text, expected) => expect(summaryOf(text)).toBe(expected));

describe('a message that is written in full', () => {
  const placed = (message: Message) => placedResultMessage({ ruleId: 'no-eval', message }, run, rules);

  test('says the same without id and arguments', () => {
    const message: Message = { id: 'here', arguments: ['x'] };
    expect(writeInFull(placed(message), run)).toBe(true);
    expect(message).toEqual({ text: "'x' is evaluated, not {1}.", markdown: '**x** is evaluated, `x`.' });
  });

  test('keeps what it loses when it is repaired', () => {
    const message: Message = { id: 'nowhere', arguments: ['x'], properties: { own: 1 } };
    expect(repairInFull(placed(message), run)).toBe(true);
    expect(message).toEqual({
      text: 'Do not evaluate text.',
      properties: { own: 1, 'original/id': 'nowhere', 'original/arguments': ['x'] },
    });
  });

  test('stays as it is when there is nothing to write', () => {
    const message: Message = { id: 'nowhere' };
    expect(repairInFull(placedMessage(message, run), run)).toBe(false);
    expect(message).toEqual({ id: 'nowhere' });
  });
});
