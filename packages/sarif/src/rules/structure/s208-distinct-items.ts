import type { PathSegment } from '../../json/pointer.ts';
import { removeGraph } from '../../schema/remove-graph.ts';
import { defineStructureRule } from './structure-rule.ts';
import { nameOf } from './words.ts';

/** Two equal elements in an array whose elements are all different. */
export const distinctItems = defineStructureRule({
  id: 'SF-S208',
  name: 'distinct-items',
  level: 'warning',
  specSection: '3.7.3',
  like: ['JSON1020'],
  summary: 'An array that SARIF declares unique has no two equal elements.',
  explanation: {
    cause: 'The producer collected the same rule, artifact, location or tag twice.',
    reason: 'The schema rejects the log. Elements are equal whatever the order of their members; 1 equals 1.0.',
    repair:
      'Later duplicates are removed. What pointed to one of them, or past one, by an index or a sarif: URI, leads to where its target stands now. In a run of which something stands in files that were not read, arrays that indices point into stay as they are.',
    before: '{ "tags": ["security", "security"] }',
    after: '{ "tags": ["security"] }',
  },
  messages: {
    duplicate: (path: readonly PathSegment[], first: number) =>
      `${nameOf(path)} equals element [${first}] of the same array, whose elements have to be different. Remove it.`,
  },
  repair({ path, expected, owner, firstIndex }, { document }) {
    if (expected?.type !== 'array' || firstIndex === undefined) return 'keep';
    if (expected.indexed !== true) {
      document.remove(path);
      return { done: `Removed the element, which equals element [${firstIndex}].` };
    }
    if (owner !== 'result') return 'keep';
    removeGraph(document, path, firstIndex);
    return { done: `Removed the graph, which equals element [${firstIndex}], and pointed its traversals there.` };
  },
});
