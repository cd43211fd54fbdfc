import { containersIn } from '../../packages/sarif/src/recognise/test-support/mutate.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * A smaller document that still fails: members and elements are taken away as long as it does, then stretches of bytes. Not the
 * smallest there is: a person has to be able to read it.
 *
 * @param fails whether a document breaks the same promise as the first one
 * @param tries how often `fails` may be asked, and for how long
 */
export async function minimise(
  bytes: Uint8Array,
  fails: (bytes: Uint8Array) => Promise<boolean>,
  tries: { readonly most: number; readonly seconds: number },
): Promise<Uint8Array> {
  let left = tries.most;
  const end = performance.now() + tries.seconds * 1000;
  let smallest = bytes;
  const isBetter = async (candidate: Uint8Array): Promise<boolean> => {
    // Large documents have more candidates than anybody waits for.
    if (left <= 0 || performance.now() > end) throw new Spent();
    if (candidate.length >= smallest.length) return false;
    left -= 1;
    if (!(await fails(candidate))) return false;
    smallest = candidate;
    return true;
  };
  try {
    await withoutMembers(bytes, isBetter);
    await withoutStretches(() => smallest, isBetter);
  } catch (error) {
    if (!(error instanceof Spent)) throw error;
  }
  return smallest;
}

/** Ends the search once nothing may be asked any more; never leaves this file. */
class Spent extends Error {}

type IsBetter = (candidate: Uint8Array) => Promise<boolean>;

/** Takes away halves, quarters… of the members of each container, the largest containers first. */
async function withoutMembers(bytes: Uint8Array, isBetter: IsBetter): Promise<void> {
  let root = parsed(bytes);
  if (root === undefined) return;
  await isBetter(encoder.encode(JSON.stringify(root)));
  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false;
    for (let at = 0; at < containersIn(root).length; at += 1) {
      const keys = Object.keys(containersIn(root)[at] ?? {});
      for (let size = keys.length; size >= 1; size = Math.floor(size / 2)) {
        for (let start = 0; start < keys.length; ) {
          const candidate: unknown = structuredClone(root);
          remove(containersIn(candidate)[at] as object, new Set(keys.slice(start, start + size)));
          if (await isBetter(encoder.encode(JSON.stringify(candidate)))) {
            root = candidate as object;
            keys.splice(start, size);
            hasChanged = true;
          } else start += size;
        }
      }
    }
    hasChanged = (await withShorterStrings(root, isBetter)) || hasChanged;
  }
}

function remove(from: object, keys: ReadonlySet<string>): void {
  if (Array.isArray(from)) {
    const kept = from.filter((_, index) => !keys.has(String(index)));
    from.splice(0, from.length, ...kept);
  } else for (const key of keys) delete (from as Record<string, unknown>)[key];
}

async function withShorterStrings(root: object, isBetter: IsBetter): Promise<boolean> {
  let hasChanged = false;
  for (const container of containersIn(root) as Record<string, unknown>[]) {
    for (const [key, value] of Object.entries(container)) {
      if (typeof value !== 'string' || value.length < 2) continue;
      let text = value;
      for (let size = text.length; size >= 1; size = Math.floor(size / 2)) {
        for (let start = 0; start < text.length; ) {
          container[key] = text.slice(0, start) + text.slice(start + size);
          if (await isBetter(encoder.encode(JSON.stringify(root)))) {
            text = container[key] as string;
            hasChanged = true;
          } else {
            container[key] = text;
            start += size;
          }
        }
      }
    }
  }
  return hasChanged;
}

async function withoutStretches(smallest: () => Uint8Array, isBetter: IsBetter): Promise<void> {
  for (let size = Math.floor(smallest().length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let start = 0; start < smallest().length; ) {
      const bytes = smallest();
      const candidate = Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + size)]);
      if (!(await isBetter(candidate))) start += size;
    }
  }
}

function parsed(bytes: Uint8Array): object | undefined {
  try {
    const value: unknown = JSON.parse(decoder.decode(bytes));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    // No JSON text: it is made smaller as bytes alone.
    return undefined;
  }
}
