import type { ArtifactLocation } from '@sariflow/sarif';
import { artifactUri } from './artifact-uri.ts';

const mostRemembered = 10_000;

/**
 * Writes paths of a report as artifact locations. With a source root, paths below it become relative to `SRCROOT`, and
 * `..` segments are resolved; other paths become absolute `file:` URIs. Without one, paths stay as the tool wrote them.
 */
export class SourcePaths {
  readonly #root: string | undefined;
  readonly #remembered = new Map<string, ArtifactLocation>();

  constructor(sourceRoot: string | undefined) {
    if (sourceRoot === undefined) return;
    const uri = /^file:/i.test(sourceRoot) ? sourceRoot : artifactUri(sourceRoot);
    this.#root = new URL(uri.endsWith('/') ? uri : `${uri}/`).href;
  }

  /** A new object at each call: what comes after conversion may change it. */
  locationOf(path: string): ArtifactLocation {
    let location = this.#remembered.get(path);
    if (location === undefined) {
      location = this.#locate(path);
      if (this.#remembered.size >= mostRemembered) this.#remembered.clear();
      this.#remembered.set(path, location);
    }
    return { ...location };
  }

  #locate(path: string): ArtifactLocation {
    const uri = artifactUri(path);
    if (this.#root === undefined) return { uri };
    const { href } = new URL(uri, this.#root);
    if (!href.startsWith(this.#root)) return { uri: href };
    const relative = href.slice(this.#root.length);
    const readsAsScheme = relative.split('/', 1)[0]?.includes(':') === true;
    return { uri: relative === '' || readsAsScheme ? `./${relative}` : relative, uriBaseId: 'SRCROOT' };
  }
}
