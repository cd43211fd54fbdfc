import { type AnswerObject, isObject, textOf } from '../answer-object.ts';

/** Components or rules of all pages, each once. Grows with files and rules, not with findings. */
export interface SideTable {
  add(entries: readonly unknown[]): void;
  get(key: string): AnswerObject | undefined;
  /** Puts an entry in the place of the one with the same key, or at the end. */
  set(key: string, entry: AnswerObject): void;
  keys(): IterableIterator<string>;
  entries(): IterableIterator<AnswerObject>;
}

/** A table of objects with a `key`. Of two with the same key the first counts; what has none is of no use to anybody. */
export function createSideTable(): SideTable {
  const table = new Map<string, AnswerObject>();
  return {
    add(entries) {
      for (const entry of entries) {
        const key = textOf(entry, 'key');
        if (key !== undefined && isObject(entry) && !table.has(key)) table.set(key, entry);
      }
    },
    get: (key) => table.get(key),
    set: (key, entry) => void table.set(key, entry),
    keys: () => table.keys(),
    entries: () => table.values(),
  };
}
