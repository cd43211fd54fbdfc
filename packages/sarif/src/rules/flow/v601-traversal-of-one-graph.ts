import type { GraphTraversal, Result, RunHeader } from '../../model/model.ts';
import { removeTogether } from '../../run/remove-together.ts';
import { defineRule } from '../rule.ts';

/** An index of -1 is none. */
export const traversalOfOneGraph = defineRule({
  id: 'SF-V601',
  name: 'traversal-of-one-graph',
  level: 'error',
  specSection: '3.42.2',
  like: ['SARIF1009'],
  summary: 'A graph traversal names one graph, of its result or of its run, which is there.',
  explanation: {
    cause: 'The graphs were left out or moved, or the log counts from 1.',
    reason: 'The edges of a traversal mean nothing without their graph.',
    repair:
      'An index that leads nowhere is removed beside one that leads to a graph; otherwise the traversal is removed.',
    before: '{ "graphs": [{ … }], "graphTraversals": [{ "resultGraphIndex": 1, "edgeTraversals": [ … ] }] }',
    after: '{ "graphs": [{ … }], "graphTraversals": [] }',
  },
  visits: 'result',
  check(result, { context: { run } }, report) {
    const traversals = result.graphTraversals ?? [];
    const lost = new Set(traversals.filter((traversal) => indicesOf(traversal, result, run).kept === undefined));
    const remove = removeTogether(traversals, lost);
    for (const [index, traversal] of [...traversals].entries()) {
      const { message, kept, extra } = indicesOf(traversal, result, run);
      if (message === undefined) continue;
      report({
        message,
        at: ['graphTraversals', index],
        fix:
          kept === undefined
            ? { description: 'The traversal is removed.', apply: remove }
            : { description: `'${extra}' is removed.`, apply: () => delete traversal[extra] },
      });
    }
  },
});

type IndexMember = 'resultGraphIndex' | 'runGraphIndex';

interface Indices {
  /** What is wrong; absent when nothing is. */
  readonly message?: string;
  /** The member that leads to a graph; absent when none does, or both do. */
  readonly kept: IndexMember | undefined;
  readonly extra: IndexMember;
}

function indicesOf(traversal: GraphTraversal, { graphs }: Result, run: RunHeader): Indices {
  const { resultGraphIndex = -1, runGraphIndex = -1 } = traversal;
  const inResult = graphs?.[resultGraphIndex] !== undefined;
  const inRun = run.graphs?.[runGraphIndex] !== undefined;
  const kept = inResult === inRun ? undefined : inResult ? 'resultGraphIndex' : 'runGraphIndex';
  const extra = kept === 'resultGraphIndex' ? 'runGraphIndex' : 'resultGraphIndex';
  if (resultGraphIndex >= 0 && runGraphIndex >= 0) {
    return {
      message:
        "The traversal names a graph of the result and a graph of the run. Write 'resultGraphIndex' or 'runGraphIndex'.",
      kept,
      extra,
    };
  }
  if (kept !== undefined) return { kept, extra };
  const named = resultGraphIndex >= 0 ? 'resultGraphIndex' : 'runGraphIndex';
  const message =
    traversal[named] === undefined || (traversal[named] ?? -1) < 0
      ? "The traversal names no graph. Write 'resultGraphIndex' or 'runGraphIndex'."
      : `'${named}' is ${traversal[named]}, but there is no such graph. Write the position of one, counted from 0.`;
  return { message, kept, extra };
}
