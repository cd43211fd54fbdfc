import type { PathSegment } from '../../json/pointer.ts';
import { defineStructureRule } from './structure-rule.ts';
import { nameOf, quoted } from './words.ts';

/** Tags that are not an array of strings. */
export const tagsArray = defineStructureRule({
  id: 'SF-S215',
  name: 'tags-array',
  level: 'error',
  specSection: '3.8.2',
  like: ['JSON1001'],
  summary: "'properties.tags' is an array of strings.",
  explanation: {
    cause: 'The producer wrote the tags as one string with commas, or tags that are not strings.',
    reason: "'tags' is the one member of a property bag that SARIF defines; consumers read it as an array of strings.",
    repair: 'A string is split at its commas; numbers and booleans become strings; other tags are dropped.',
    before: '{ "properties": { "tags": "security, cwe-79" } }',
    after: '{ "properties": { "tags": ["security", "cwe-79"] } }',
  },
  messages: {
    notTags: (path: readonly PathSegment[], value: unknown) =>
      `${nameOf(path)} is ${quoted(value)}, but tags are an array of strings. Write them as ["tag", "tag"].`,
  },
  repair({ path, value, expected }, { document }) {
    if (expected?.type === 'array' && typeof value === 'string') {
      const tags = value.split(',').map((tag) => tag.trim());
      document.set(path, [...new Set(tags.filter((tag) => tag !== ''))]);
      return { done: 'Split the string into tags.' };
    }
    if (expected?.type !== 'string' || (typeof value !== 'number' && typeof value !== 'boolean')) return 'drop';
    document.set(path, String(value));
    return { done: `Wrote ${quoted(value)} as a string.` };
  },
});
