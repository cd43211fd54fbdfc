import { diagnosticOf } from '../diagnostics/diagnostic-of.ts';
import { Reporter } from '../diagnostics/reporter.ts';
import type { PlaceOf } from '../events/event.ts';
import type { JsonArray, JsonIndex } from '../json/index-json.ts';
import { jsonElements } from '../json/json-elements.ts';
import { ReadError } from '../json/read-error.ts';
import type { Source } from '../json/source.ts';
import { fileRead } from '../rules/external/v902-file-read.ts';
import { filesDistinct } from '../rules/external/v903-files-distinct.ts';
import { itemCount } from '../rules/external/v904-item-count.ts';
import { inlineOrExternal } from '../rules/external/v906-inline-or-external.ts';
import type { RuleDocument } from '../rules/rule.ts';
import { type ExternalDocument, mismatchOf } from './external-document.ts';
import { type ExternalFileOptions, ExternalFiles, fileKey, reasonOf } from './external-files.ts';
import { type ExternalArrayName, externalArrays, externalObjects } from './external-properties.ts';
import { type Fields, isFields, memberOf } from './json-value.ts';
import { MergedRun } from './merged-run.ts';
import { type RunReference, type RunReferences, referencesOf, remainingReferences } from './run-references.ts';

const externalNames: ReadonlySet<string> = new Set([...Object.keys(externalArrays), ...Object.keys(externalObjects)]);

/** A run with all that was found of it. */
export interface WholeRun {
  /** Without results, and without the references that were followed. */
  readonly header: Fields;
  /** Documents whose results follow those of the log. */
  readonly results: readonly ExternalResults[];
  /** Whether some of the header stands in files, whose schema nobody has looked at. */
  readonly hasFiles: boolean;
  readonly placeOf: PlaceOf;
}

export interface ExternalResults {
  readonly document: ExternalDocument;
  readonly array: JsonArray;
  /** Says that the file could not be read to its end. */
  failed(error: unknown): void;
}

/**
 * Brings the external properties of a log into its runs: those of `inlineExternalProperties`, and those of files as far as the
 * caller opens them (sections 3.14.2, 3.15 and 4).
 */
export class LogExternals {
  readonly #root: Fields;
  readonly #index: JsonIndex;
  readonly #source: Source;
  readonly #options: ExternalFileOptions;
  readonly #files: ExternalFiles;
  readonly #reporter: Reporter;
  readonly #inline: readonly unknown[];
  readonly #inlineResults: ReadonlyMap<number, JsonArray>;
  /** By position of the run. */
  readonly #references: ReadonlyMap<number, RunReferences>;
  /** Elements of `inlineExternalProperties` that are not wholly in a run, by position, and where they are among those that are left. */
  readonly #unused = new Map<number, number>();

  constructor(root: Fields, index: JsonIndex, source: Source, options: ExternalFileOptions) {
    this.#root = root;
    this.#index = index;
    this.#source = source;
    this.#options = options;
    this.#files = new ExternalFiles(options);
    this.#reporter = new Reporter(options.report);
    const inline = root['inlineExternalProperties'];
    this.#inline = Array.isArray(inline) ? inline : [];
    const arrays = index.arrays.filter(({ path }) => path[0] === 'inlineExternalProperties');
    this.#inlineResults = new Map(arrays.map((array) => [array.path[1] as number, array]));
    const byGuid = new Map<string, number>();
    for (const [at, element] of this.#inline.entries()) {
      const guid = memberOf(element, 'guid');
      if (typeof guid === 'string' && !byGuid.has(guid.toLowerCase())) byGuid.set(guid.toLowerCase(), at);
    }
    const references = new Map<number, RunReferences>();
    const runs = Array.isArray(root['runs']) ? (root['runs'] as unknown[]) : [];
    for (const [runIndex, run] of runs.entries()) {
      const found = isFields(run) ? referencesOf(run, byGuid) : undefined;
      if (found !== undefined) references.set(runIndex, found);
    }
    this.#references = references;
    this.#noteUses();
  }

  /**
   * The members of the log but its runs, and without the external properties that are brought into runs.
   * @throws {ReadError} when what is left is too large to keep
   */
  async log(): Promise<Fields> {
    const { runs: _, inlineExternalProperties, ...log } = this.#root as Record<string, unknown>;
    if (!Array.isArray(inlineExternalProperties)) {
      return inlineExternalProperties === undefined ? log : { ...log, inlineExternalProperties };
    }
    if (this.#unused.size === 0 && inlineExternalProperties.length > 0) return log;
    const left: unknown[] = [];
    for (const at of this.#unused.keys()) left.push(await this.#withResults(at));
    return { ...log, inlineExternalProperties: left };
  }

  /** A run with what its references lead to. */
  async run(run: Fields, runIndex: number): Promise<WholeRun> {
    const placeOf: PlaceOf = (pointer) => this.#index.placeOf(pointer);
    const found = this.#references.get(runIndex);
    if (found === undefined) {
      const { results: _, ...header } = run;
      return { header, results: [], hasFiles: false, placeOf };
    }
    const merged = new MergedRun(run, runIndex);
    const results: ExternalResults[] = [];
    const remaining = new Set<RunReference>();
    const followed = new Set<string>();
    for (const entry of found.references) {
      const report: Say = (rule, message, path = [], fix) => this.#say(runIndex, entry, rule, message, path, fix);
      const key = placeKey(entry);
      if (key !== undefined && entry.type === 'array') {
        if (followed.has(`${entry.property} ${key}`)) {
          const message = `'${entry.property}' refers to this place more than once. Remove the second reference.`;
          report(filesDistinct, message, [], 'The reference is removed: the properties are read once.');
          continue;
        }
        followed.add(`${entry.property} ${key}`);
      }
      const document = await this.#documentOf(entry, found);
      if (document === undefined) remaining.add(entry);
      else if (typeof document === 'string') {
        remaining.add(entry);
        report(fileRead, `The run is incomplete: ${nameOf(entry)} was not read, because ${document}.`);
      } else if (entry.type === 'object') {
        addObject(merged, entry.property, document, report);
      } else if (entry.property === 'results') {
        const array = document.results as JsonArray;
        results.push({
          document,
          array,
          failed: (error) =>
            report(
              fileRead,
              `The run is incomplete: the results of ${nameOf(entry)} end early, because ${reasonOf(error)}.`,
            ),
        });
        checkCount(entry, array.count, report);
      } else {
        const elements = document.root[entry.property] as unknown[];
        merged.addElements(entry.property, elements, document);
        checkCount(entry, elements.length, report);
      }
    }
    const left = remainingReferences(
      run,
      found,
      (entry) => remaining.has(entry),
      (at) => this.#unused.get(at) ?? at,
    );
    return { header: merged.header(left), results, hasFiles: merged.hasFiles, placeOf: merged.placeOf(placeOf) };
  }

  /** Says how many diagnostics were only counted. */
  end(): void {
    this.#reporter.end();
  }

  /** The document that a reference means, or why there is none; `undefined` where another rule says that. */
  async #documentOf(entry: RunReference, { run }: RunReferences): Promise<ExternalDocument | string | undefined> {
    const { place, reference, property } = entry;
    switch (place.type) {
      case 'refused':
        return undefined;
      case 'nowhere':
        return isNameless(reference) ? undefined : 'no such place is known';
      case 'inline': {
        const document = this.#inlineDocument(place.index);
        return document === undefined ? 'the log has no such element' : (misfitOf(document, entry, run) ?? document);
      }
      case 'file': {
        const { uri, baseUri } = place;
        const { guid, itemCount: count } = reference;
        const document = await this.#files.open({ property, uri, baseUri, guid, itemCount: count });
        return typeof document === 'string' ? document : (misfitOf(document, entry, run) ?? document);
      }
    }
  }

  #inlineDocument(at: number): ExternalDocument | undefined {
    const root = this.#inline[at];
    if (!isFields(root)) return undefined;
    return {
      file: undefined,
      pointer: `/inlineExternalProperties/${at}`,
      root,
      results: this.#inlineResults.get(at),
      source: this.#source,
      placeOf: (pointer) => this.#index.placeOf(pointer),
    };
  }

  /** Finds out which elements of the log are in no run. */
  #noteUses(): void {
    const used = new Map<number, Set<string>>();
    for (const { run, references } of this.#references.values()) {
      for (const entry of references) {
        const { place } = entry;
        if (place.type !== 'inline') continue;
        const document = this.#inlineDocument(place.index);
        if (document === undefined || misfitOf(document, entry, run) !== undefined) continue;
        used.set(place.index, (used.get(place.index) ?? new Set()).add(entry.property));
      }
    }
    for (const [at, element] of this.#inline.entries()) {
      const names = isFields(element) ? Object.keys(element).filter((name) => externalNames.has(name)) : [];
      const isUsedUp = used.has(at) && names.every((name) => used.get(at)?.has(name));
      if (!isUsedUp) this.#unused.set(at, this.#unused.size);
    }
  }

  /** An element of `inlineExternalProperties` as it was read, with the results that were left in the source. */
  async #withResults(at: number): Promise<unknown> {
    const element = this.#inline[at];
    const array = this.#inlineResults.get(at);
    if (array === undefined || !isFields(element)) return element;
    const { maxHeaderBytes } = this.#options.limits;
    if (array.end - array.start > maxHeaderBytes) {
      throw new ReadError(
        'SF-P113',
        `The results of this element, which no run refers to, are longer than ${maxHeaderBytes} bytes.`,
        {
          place: array.place,
          pointer: array.pointer,
        },
      );
    }
    const results: unknown[] = [];
    for await (const { value } of jsonElements(this.#source, array, { signal: this.#options.signal }))
      results.push(value);
    return { ...element, results };
  }

  #say(
    runIndex: number,
    { path }: RunReference,
    rule: RuleDocument,
    message: string,
    below: readonly string[],
    fix?: string,
  ): void {
    const placeOf: PlaceOf = (pointer) => this.#index.placeOf(pointer);
    const full = ['runs', runIndex, ...path, ...below];
    this.#reporter.add(rule.id, rule.level, () => diagnosticOf(rule, message, full, placeOf, { runIndex, fix }));
  }
}

/** Such a reference breaks other rules, which say so. */
function isNameless({ location, guid }: RunReference['reference']): boolean {
  return guid === undefined && location?.uri === undefined && (location?.index ?? -1) < 0;
}

type Say = (rule: RuleDocument, message: string, below?: readonly string[], fix?: string) => void;

function nameOf({ place, reference }: RunReference): string {
  if (place.type === 'file' || place.type === 'refused') return `'${place.uri}'`;
  return `'${reference.location?.uri ?? reference.guid ?? 'a reference without a name'}'`;
}

/** Equal for references that lead to the same place. */
function placeKey({ place }: RunReference): string | undefined {
  if (place.type === 'inline') return String(place.index);
  return place.type === 'file' ? fileKey(place) : undefined;
}

/** Why a document is not what a reference is looking for. */
function misfitOf(document: ExternalDocument, entry: RunReference, run: RunReferences['run']): string | undefined {
  const mismatch = mismatchOf(document, entry.reference, run);
  if (mismatch !== undefined) return mismatch;
  const content = memberOf(document.root, entry.property);
  if (entry.type === 'object') return isFields(content) ? undefined : `it has no object '${entry.property}'`;
  const isThere = entry.property === 'results' ? document.results !== undefined : Array.isArray(content);
  return isThere ? undefined : `it has no array '${entry.property}'`;
}

function addObject(
  merged: MergedRun,
  property: Exclude<RunReference['property'], ExternalArrayName>,
  document: ExternalDocument,
  say: Say,
): void {
  const isBoth = merged.addObject(property, document.root[property] as Fields, document);
  if (!isBoth || property === 'driver') return;
  const name = property === 'externalizedProperties' ? 'properties' : property;
  const message = `The run has '${name}' itself, too. Write it in one place.`;
  say(inlineOrExternal, message, [], 'The members of both are put together; those that are external count.');
}

function checkCount({ reference }: RunReference, count: number, say: Say): void {
  const { itemCount: wanted = -1 } = reference;
  if (wanted < 0 || wanted === count) return;
  say(itemCount, `'itemCount' is ${wanted}, but there are ${count} elements. Write the file and the log together.`, [
    'itemCount',
  ]);
}
