import { isObject } from '../values/json-object.ts';

/** What a component is: a file or directory with its path, or a project, module or the like, which has none. */
export type Place =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'directory'; readonly path: string }
  | { readonly kind: 'module'; readonly name: string; readonly key: string };

/**
 * The components of a report by key. Nearly every key is `project:path`, so that only the projects are remembered, and
 * the components for which it is not so: memory grows with those, not with the number of files.
 */
export class Components {
  /** Keys that stand in front of paths. */
  readonly #prefixes = new Set<string>();
  readonly #others = new Map<string, Place>();
  /** Keys of projects. */
  readonly projects = new Set<string>();

  /** How many keys are remembered. */
  get size(): number {
    return this.#prefixes.size + this.#others.size;
  }

  /** One entry of `components`. What is no component is passed over. */
  add(value: unknown): void {
    if (!isObject(value)) return;
    const { key, path, qualifier, name } = value;
    if (typeof key !== 'string' || key === '') return;
    const isFolder = qualifier === 'DIR';
    if (qualifier === 'TRK') this.projects.add(key);
    if (typeof path === 'string' && path !== '' && (isFolder || qualifier === undefined || isFile(qualifier))) {
      const prefix = prefixOf(key);
      if (!isFolder && prefix !== undefined && key === `${prefix}:${path}`) this.#prefixes.add(prefix);
      else this.#others.set(key, isFolder ? { kind: 'directory', path } : { kind: 'file', path });
      return;
    }
    if (isFile(qualifier)) return;
    if (typeof qualifier !== 'string') {
      // Preview reports list a project by its key alone.
      if (value['moduleKey'] !== undefined) return;
      this.#prefixes.add(key);
      this.projects.add(key);
      return;
    }
    if (qualifier === 'TRK' || qualifier === 'BRC') this.#prefixes.add(key);
    const place: Place = { kind: 'module', name: typeof name === 'string' && name !== '' ? name : key, key };
    this.#others.set(key, isFolder ? { kind: 'directory', path: key } : place);
  }

  /** Where the component of a finding is. `owners` are the keys of its project and module, where the finding names them. */
  placeOf(key: string, owners: readonly (string | undefined)[]): Place {
    const known = this.#others.get(key);
    if (known !== undefined) return known;
    for (const owner of owners) {
      if (owner === undefined || owner === '') continue;
      if (key === owner) return { kind: 'module', name: key, key };
      if (key.startsWith(`${owner}:`) && key.length > owner.length + 1) {
        const path = key.slice(owner.length + 1);
        // A module of the project: its own key is longer.
        const prefix = prefixOf(key);
        if (prefix !== undefined && prefix !== owner && this.#prefixes.has(prefix)) {
          return { kind: 'file', path: key.slice(prefix.length + 1) };
        }
        return { kind: 'file', path };
      }
    }
    if (this.#prefixes.has(key)) return { kind: 'module', name: key, key };
    // Paths hardly ever have colons, keys of projects often do.
    const prefix = prefixOf(key);
    if (prefix !== undefined && prefix.length + 1 < key.length)
      return { kind: 'file', path: key.slice(prefix.length + 1) };
    const hasOwner = owners.some((owner) => owner !== undefined && owner !== '');
    return hasOwner ? { kind: 'module', name: key, key } : { kind: 'file', path: key };
  }
}

function isFile(qualifier: unknown): boolean {
  return qualifier === 'FIL' || qualifier === 'UTS';
}

/** A key up to its last colon. */
function prefixOf(key: string): string | undefined {
  const colon = key.lastIndexOf(':');
  return colon <= 0 ? undefined : key.slice(0, colon);
}

/** The place of a component that stands in the finding itself, as in `api/hotspots/show`. */
export function placeOfObject(component: unknown): Place | undefined {
  if (!isObject(component)) return undefined;
  const { key, path, qualifier, name } = component;
  if (
    typeof path === 'string' &&
    path !== '' &&
    (qualifier === 'DIR' || isFile(qualifier) || qualifier === undefined)
  ) {
    return qualifier === 'DIR' ? { kind: 'directory', path } : { kind: 'file', path };
  }
  if (typeof key !== 'string' || key === '' || isFile(qualifier)) return undefined;
  if (typeof qualifier !== 'string' || qualifier === 'DIR') return undefined;
  return { kind: 'module', name: typeof name === 'string' && name !== '' ? name : key, key };
}
