import type { Fields } from '../values/fields.ts';
import { isObject } from '../values/json-object.ts';
import { type Component, componentOf, readable } from './component-id.ts';

/** How a package came into what was scanned. */
export interface Impact {
  /** Each from the root to the package, as `name@version`. */
  readonly paths: readonly (readonly string[])[];
  /** Where the package lies inside of what was scanned: one for each path that says it. */
  readonly files: readonly string[];
  /** Digests of the image layers that it lies in. */
  readonly layers: readonly string[];
  /** The package at the end of the first path, for reports that name it nowhere else. */
  readonly component: Component | undefined;
  /** Where what was scanned lies, without layers: it stays when an image is built again. */
  readonly root: string | undefined;
}

const layerFile = /^sha256__([0-9a-f]{12,128})\.tar(?:\.gz)?$/;
const layerId = /^generic:\/\/sha256:([0-9a-f]{12,128})\/sha256__[0-9a-f]+\.tar(?:\.gz)?$/;
const nodeMembers = new Set(['component_id', 'full_path', 'name', 'version', 'location']);

/** Collects what the impact paths of one finding say. */
class ImpactCollector implements Impact {
  readonly paths: string[][] = [];
  readonly #files = new Set<string>();
  readonly #layers = new Set<string>();
  component: Component | undefined;
  root: string | undefined;

  get files(): string[] {
    return [...this.#files];
  }

  get layers(): string[] {
    return [...this.#layers];
  }

  addFile(file: string): void {
    this.#files.add(file);
  }

  addLayer(digest: string | undefined): void {
    if (digest !== undefined) this.#layers.add(digest);
  }

  addPath(components: readonly Component[]): void {
    if (components.length === 0) return;
    this.paths.push(components.map(readable));
    this.component ??= components.at(-1);
  }

  /** `repository/image/tag/sha256__….tar.gz/3.12:openssl:1.1.1k-r0`, or the path of a file in an archive. */
  addText(text: string): void {
    const segments = text.split('/').filter((segment) => segment !== '');
    const at = segments.findIndex((segment) => layerFile.test(segment));
    const root = segments.slice(0, at === -1 ? -1 : at).join('/');
    this.root ??= root || undefined;
    this.addLayer(at === -1 ? undefined : layerFile.exec(segments[at] as string)?.[1]);
    const last = segments.slice(at === -1 ? -1 : at + 1).join('/');
    if (last === '') return;
    this.addFile(segments.filter((_, index) => index !== at).join('/'));
    this.component ??= last.includes(':') ? componentOf(last) : undefined;
    this.paths.push([...(root === '' ? [] : [root]), last.includes(':') ? readable(componentOf(last)) : last]);
  }
}

/** The field `name`: a list of texts, of paths that are lists of nodes, or one path of component ids. */
export function readImpact(fields: Fields, name: string): Impact {
  const impact = new ImpactCollector();
  const value = fields.object[name];
  const list = typeof value === 'string' ? [value] : (fields.list(name) ?? []);
  const ids = list.filter((entry) => typeof entry === 'string' && entry.includes('://')) as string[];
  // A report's row has one path, and its elements are the components on it.
  if (ids.length > 0 && ids.length === list.length) {
    for (const id of ids) impact.addLayer(layerOf(id));
    impact.addPath(ids.filter((id) => layerOf(id) === undefined).map((id) => componentOf(id)));
    return impact;
  }
  for (const [index, entry] of list.entries()) {
    if (typeof entry === 'string') impact.addText(entry);
    else if (Array.isArray(entry)) readNodes(fields, [name, index], entry, impact);
    else fields.doubtValue([name, index], entry, 'a path');
  }
  return impact;
}

function readNodes(
  fields: Fields,
  at: readonly (string | number)[],
  nodes: readonly unknown[],
  impact: ImpactCollector,
): void {
  const components: Component[] = [];
  let file: string | undefined;
  for (const [index, entry] of nodes.entries()) {
    if (!isObject(entry)) {
      fields.doubtValue([...at, index], entry, 'an object');
      continue;
    }
    const node = fields.at(entry, [...at, index]);
    node.keepUnknown(nodeMembers);
    const id = node.text('component_id');
    const fullPath = node.text('full_path') || undefined;
    file = fullPath ?? file;
    const layer = layerOf(id ?? '') ?? (fullPath === undefined ? undefined : layerFile.exec(fullPath)?.[1]);
    impact.addLayer(layer);
    // Layers are told apart: with them the path would change each time that the image is built.
    if (layer !== undefined) continue;
    if (id !== undefined && id !== '') components.push(componentOf(id));
    else components.push(...named(node));
  }
  impact.addPath(components);
  if (file !== undefined) impact.addFile(file);
}

/** The digest of the image layer that an id means; other files have digests, too. */
function layerOf(id: string): string | undefined {
  return id.startsWith('generic://sha256:') ? layerId.exec(id)?.[1] : undefined;
}

function named(node: Fields): Component[] {
  const name = node.text('name');
  if (name === undefined || name === '') return [];
  return [{ name, version: node.text('version') || undefined, purl: undefined }];
}
