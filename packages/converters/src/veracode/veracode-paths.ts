import type { ArtifactLocation } from '@sariflow/sarif';
import { SourcePaths } from '../locations/source-paths.ts';
import type { ConvertOptions } from '../options.ts';

/**
 * Veracode names files as they are in the packaged build (`com/shop/Cart.java`, `WEB-INF/web.xml`), not as they are in the
 * repository. The option `pathMap` leads from one to the other.
 */
export class VeracodePaths {
  readonly #paths: SourcePaths;
  readonly #rules: readonly { readonly pattern: RegExp; readonly replacement: string }[];

  constructor({ sourceRoot, veracode }: ConvertOptions) {
    this.#paths = new SourcePaths(sourceRoot);
    this.#rules = (veracode?.pathMap ?? []).map(({ pattern, replacement }) => ({
      pattern: new RegExp(pattern, 'u'),
      replacement,
    }));
  }

  locationOf(path: string): ArtifactLocation {
    return this.#paths.locationOf(this.#mapped(path));
  }

  #mapped(path: string): string {
    const plain = packagePath(path);
    const rule = this.#rules.find(({ pattern }) => pattern.test(plain));
    return rule === undefined ? plain : plain.replace(rule.pattern, rule.replacement);
  }
}

/** The path below the root of the package: `/` between segments and none in front. */
export function packagePath(path: string): string {
  const slashed = path.replaceAll('\\', '/');
  if (/^[A-Za-z]:\//.test(slashed)) return slashed;
  let start = 0;
  while (slashed[start] === '/') start += 1;
  return start === slashed.length ? slashed : slashed.slice(start);
}

/** An address without credentials and fragment: neither belongs into a log. Undefined for what is no web address. */
export function publicUrl(text: string): string | undefined {
  if (!URL.canParse(text.trim())) return undefined;
  const url = new URL(text.trim());
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  url.username = '';
  url.password = '';
  url.hash = '';
  return url.href.replace(/["<>\\^`{|}]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
