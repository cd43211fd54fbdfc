import type { PathSegment } from '../../json/pointer.ts';
import { defineStructureRule } from './structure-rule.ts';
import { nameOf, quoted } from './words.ts';

/** Something that the text of SARIF defines and its schema forgot. */
export const proseName = defineStructureRule({
  id: 'SF-S217',
  name: 'prose-name',
  level: 'note',
  specSection: '3.24.6',
  summary: 'What the text of SARIF defines is accepted, although the published schema does not have it.',
  explanation: {
    cause:
      "The producer follows the text of the standard: the roles conversionSource and externalPropertyFile, 'location' of an attachment, '$schema' of external properties, null for suppressions that nobody looked for.",
    reason: 'The text counts, but consumers that validate by the published schema reject the log.',
    repair: 'The value is kept; null is removed, which means the same.',
    before: '{ "attachments": [{ "location": { "uri": "screen.png" } }] }',
    after: '{ "attachments": [{ "artifactLocation": { "uri": "screen.png" } }] }',
  },
  messages: {
    proseNull: (path: readonly PathSegment[]) =>
      `${nameOf(path)} is null, which the text of SARIF allows and its schema does not. It is accepted here; other consumers may refuse it.`,
    proseWord: (path: readonly PathSegment[], value: unknown) =>
      `${nameOf(path)} is ${quoted(value)}, which the text of SARIF defines and its schema lacks. It is accepted here; other consumers may refuse it.`,
    proseMember: (path: readonly PathSegment[], schemaName: string) =>
      `${nameOf(path)} is the name that the text of SARIF uses; its schema says '${schemaName}'. It is accepted here; other consumers may refuse it.`,
  },
  repair({ path, value }, { document }) {
    if (value !== null) return 'keep';
    document.remove(path);
    return { done: 'Removed the member, whose value was null.' };
  },
});
