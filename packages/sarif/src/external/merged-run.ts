import type { Place } from '../diagnostics/diagnostic.ts';
import type { PlaceOf } from '../events/event.ts';
import { type JsonPointer, type PathSegment, pointerOf, segmentsOf } from '../json/pointer.ts';
import type { ExternalDocument } from './external-document.ts';
import {
  type ExternalArrayName,
  type ExternalObjectName,
  externalArrays,
  externalObjects,
} from './external-properties.ts';
import { type Fields, isFields } from './json-value.ts';

/** Elements of an array that stand in a document. */
interface ArrayPart {
  readonly document: ExternalDocument;
  readonly property: ExternalArrayName;
  readonly elements: readonly unknown[];
  /** Position in the whole array. */
  readonly start: number;
}

interface WholeArray {
  readonly inline: readonly unknown[];
  readonly parts: ArrayPart[];
  length: number;
}

interface ObjectPart {
  readonly document: ExternalDocument;
  readonly property: ExternalObjectName;
  readonly content: Fields;
}

/** Where a value of the run stands: its own beginning there, and how much of its path that is. */
interface Origin {
  readonly document: ExternalDocument;
  readonly depth: number;
  readonly to: JsonPointer;
}

/**
 * A run in the making: its own properties, followed by those of external documents in the order of their references. Indices count
 * over the whole (section 3.15.3).
 */
export class MergedRun {
  readonly #run: Fields;
  readonly #runIndex: number;
  readonly #arrays = new Map<ExternalArrayName, WholeArray>();
  readonly #objects = new Map<ExternalObjectName, ObjectPart>();

  constructor(run: Fields, runIndex: number) {
    this.#run = run;
    this.#runIndex = runIndex;
  }

  /** Whether anything of it stands in a file. */
  get hasFiles(): boolean {
    const arrays = [...this.#arrays.values()].flatMap(({ parts }) => parts);
    return [...arrays, ...this.#objects.values()].some(({ document }) => document.file !== undefined);
  }

  addElements(
    property: Exclude<ExternalArrayName, 'results'>,
    elements: readonly unknown[],
    document: ExternalDocument,
  ) {
    let whole = this.#arrays.get(property);
    if (whole === undefined) {
      const own = this.#own(externalArrays[property]);
      const inline = Array.isArray(own) ? own : [];
      whole = { inline, parts: [], length: inline.length };
      this.#arrays.set(property, whole);
    }
    whole.parts.push({ document, property, elements, start: whole.length });
    whole.length += elements.length;
  }

  /** Says whether the run has such an object as well, so that the members of both are now one. */
  addObject(property: ExternalObjectName, content: Fields, document: ExternalDocument): boolean {
    this.#objects.set(property, { document, property, content });
    return isFields(this.#own(externalObjects[property]));
  }

  /** The run without its results, and without references unless some remain. */
  header(remaining: Fields | undefined): Fields {
    const members = Object.entries(this.#run).flatMap(([name, value]): [string, unknown][] => {
      if (name === 'externalPropertyFileReferences') return remaining === undefined ? [] : [[name, remaining]];
      return name === 'results' ? [] : [[name, value]];
    });
    const header: Record<string, unknown> = Object.fromEntries(members);
    for (const [property, { inline, parts }] of this.#arrays) {
      const pieces = [inline, ...parts.map(({ elements }) => elements)];
      put(header, externalArrays[property], pieces.flat());
    }
    for (const [property, { content }] of this.#objects) {
      const own = this.#own(externalObjects[property]);
      put(header, externalObjects[property], { ...(isFields(own) ? own : {}), ...content });
    }
    return header;
  }

  /** Where a value of the merged run stands; of what stands in the log itself, what `placeOf` says. */
  placeOf(placeOf: PlaceOf): PlaceOf {
    return (pointer) => {
      const [runs, run, ...path] = segmentsOf(pointer);
      const origin = runs === 'runs' && run === String(this.#runIndex) ? this.#originOf(path) : undefined;
      if (origin === undefined) return placeOf(pointer);
      const { document, depth, to } = origin;
      const from = pointerOf(['runs', this.#runIndex, ...path.slice(0, depth)]);
      return movedPlace(document, from, to, pointerOf(path.slice(depth)));
    };
  }

  #own(path: readonly PathSegment[]): unknown {
    return path.reduce<unknown>((value, segment) => (isFields(value) ? value[segment] : undefined), this.#run);
  }

  #originOf(path: readonly string[]): Origin | undefined {
    for (const [property, { parts }] of this.#arrays) {
      const at = externalArrays[property];
      if (!startsWith(path, at)) continue;
      const index = Number(path[at.length]);
      const part = parts.find(({ start, elements }) => index >= start && index < start + elements.length);
      if (part === undefined) return undefined;
      const to = `${part.document.pointer}/${property}/${index - part.start}`;
      return { document: part.document, depth: at.length + 1, to };
    }
    for (const [property, { document, content }] of this.#objects) {
      const at = externalObjects[property];
      if (!startsWith(path, at)) continue;
      const member = path[at.length];
      if (member !== undefined && !Object.hasOwn(content, member)) return undefined;
      return { document, depth: at.length, to: `${document.pointer}/${property}` };
    }
    return undefined;
  }
}

/** The place of what has the pointer `from` + `below` in the run, and `to` + `below` in a document. */
function movedPlace(
  { file, placeOf }: ExternalDocument,
  from: JsonPointer,
  to: JsonPointer,
  below: JsonPointer,
): Place {
  return { ...placeOf(to + below), moved: { from, to, ...(file === undefined ? {} : { file }) } };
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.every((segment, at) => path[at] === segment);
}

/** Sets a member of the run, or of its tool, without changing what it was before. */
function put(header: Record<string, unknown>, [member, below]: readonly string[], value: unknown): void {
  if (member === undefined) return;
  if (below === undefined) header[member] = value;
  else header[member] = { ...(isFields(header[member]) ? header[member] : {}), [below]: value };
}
