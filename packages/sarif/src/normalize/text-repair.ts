import { copyJson } from '../json/copy-json.ts';
import type { PathSegment } from '../json/pointer.ts';
import type { TextDefect } from '../json/text-defects.ts';
import { textDefectMessage, textRepairOf, textRules } from '../rules/bytes/text-rules.ts';
import type { DidRepair } from './repair.ts';

type Fields = Record<PathSegment, unknown>;

/**
 * A copy of a value without the defects that its text has, as far as they can be repaired; `undefined` when there is nothing to
 * repair. Says each repair. What a later member of the same name supersedes needs none.
 */
export function withRepairedText<T>(
  value: T,
  defects: readonly TextDefect[] | undefined,
  did: DidRepair,
): T | undefined {
  if (defects === undefined || defects.length === 0 || typeof value !== 'object' || value === null) return undefined;
  const copy = copyJson(value);
  let isChanged = false;
  for (const defect of defects) {
    const fix = textRepairOf(defect);
    if (fix === undefined || !repair(copy as unknown as Fields, defect)) continue;
    isChanged = true;
    did(textRules[defect.code], fix, defect.path, textDefectMessage(defect));
  }
  return isChanged ? copy : undefined;
}

/** Whether the defect was there, and is not any more. */
function repair(root: Fields, { code, path }: TextDefect): boolean {
  // The parser has kept the last member of a name, so all that is needed is that its value is written.
  if (code === 'SF-P108') return true;
  const holders = holdersOn(root, path);
  const holder = holders?.at(-1);
  const name = path.at(-1);
  if (holders === undefined || holder === undefined || name === undefined) return false;
  const value = holder[name];
  if (code === 'SF-P110') {
    if (typeof value !== 'number' || Math.abs(value) <= Number.MAX_SAFE_INTEGER) return false;
    return removeProperty(holders, path);
  }
  if (typeof value !== 'string') return false;
  const repaired = code === 'SF-P111' ? value.replaceAll('\0', '') : value.toWellFormed();
  if (repaired === value) return false;
  // Member names are data, `__proto__` among them: an assignment would change the prototype instead.
  Object.defineProperty(holder, name, { value: repaired, writable: true, enumerable: true, configurable: true });
  return true;
}

/** The objects and arrays on the way to a value; undefined when it leads nowhere. */
function holdersOn(root: Fields, path: readonly PathSegment[]): readonly Fields[] | undefined {
  const holders: Fields[] = [];
  let node: unknown = root;
  for (const segment of path) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, segment)) return undefined;
    holders.push(node as Fields);
    node = (node as Fields)[segment];
  }
  return holders;
}

/** Takes away the member that holds the value, alone or in an array. */
function removeProperty(holders: readonly Fields[], path: readonly PathSegment[]): boolean {
  let at = path.length - 1;
  while (at > 0 && Array.isArray(holders[at])) at -= 1;
  const holder = holders[at] as Fields;
  if (Array.isArray(holder)) return false;
  delete holder[path[at] as PathSegment];
  return true;
}
