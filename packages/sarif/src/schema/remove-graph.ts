import type { PathSegment } from '../json/pointer.ts';
import type { EditableDocument } from './editable-document.ts';

/** Removes `graphs[n]` of a result, and moves the `resultGraphIndex` of every traversal that pointed at or past it. */
export function removeGraph(document: EditableDocument, path: readonly PathSegment[], replacement: number): void {
  const removed = path.at(-1) as number;
  const { graphTraversals } = document.valueAt(path.slice(0, -2)) as { graphTraversals?: unknown };
  document.remove(path);
  for (const traversal of Array.isArray(graphTraversals) ? graphTraversals : []) {
    const index = (traversal as { resultGraphIndex?: unknown } | null)?.resultGraphIndex;
    if (typeof index !== 'number' || index < removed) continue;
    traversal.resultGraphIndex = index === removed ? replacement : index - 1;
  }
}
