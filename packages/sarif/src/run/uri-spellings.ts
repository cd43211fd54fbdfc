import { normalUri } from './uri-normal-form.ts';

/** The first spelling of a URI, and those that something was said about. */
export interface Spellings {
  readonly first: string;
  others: Set<string> | undefined;
}

/** How many different URIs are remembered. */
export const mostSpelledUris = 100_000;

/** How the files of a run are written, by what they are apart from the case of letters and needless encoding. */
export class UriSpellings {
  /** By base, then by what all spellings have in common: no key has to be put together. */
  readonly #known = new Map<string, Map<string, Spellings>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  of(uri: string, uriBaseId = ''): Spellings | undefined {
    return this.#known.get(uriBaseId)?.get(commonForm(uri));
  }

  add(uri: string, uriBaseId = ''): void {
    let below = this.#known.get(uriBaseId);
    if (below === undefined) {
      below = new Map();
      this.#known.set(uriBaseId, below);
    }
    const before = below.size;
    below.set(commonForm(uri), { first: uri, others: undefined });
    this.#size += below.size - before;
  }

  /** Remembers the URI if it is new; false when the file was written in another way before. */
  admit(uri: string, uriBaseId = ''): boolean {
    const spellings = this.of(uri, uriBaseId);
    if (spellings !== undefined) return spellings.first === uri && spellings.others === undefined;
    if (this.size > mostSpelledUris) return true;
    if (this.size === mostSpelledUris) return false;
    this.add(uri, uriBaseId);
    return true;
  }
}

/** Logs repeat few URIs, and each is asked about many times. */
const knownForms = new Map<string, string>();
const mostKnownForms = 20_000;
const longestKnown = 1000;

function commonForm(uri: string): string {
  let form = knownForms.get(uri);
  if (form === undefined) {
    form = normalUri(uri).toLowerCase();
    if (knownForms.size >= mostKnownForms) knownForms.clear();
    if (uri.length <= longestKnown) knownForms.set(uri, form);
  }
  return form;
}
