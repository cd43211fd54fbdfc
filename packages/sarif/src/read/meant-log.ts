import type { Place } from '../diagnostics/diagnostic.ts';
import type { JsonArray, JsonIndex } from '../json/index-json.ts';
import { type JsonPointer, type PathSegment, pointerOf, segmentsOf } from '../json/pointer.ts';
import type { ObjectShape } from '../schema/shape.ts';
import { shapes } from '../schema/shapes.generated.ts';

/** A result that stands outside an array, with its own bytes. */
export interface LoneResult {
  readonly source: Uint8Array;
  /** Has this result as its only element, and counts in `source`. */
  readonly array: JsonArray;
  /** Where the result is in the document. */
  readonly pointer: JsonPointer;
}

/** A log as its producer meant it. */
export interface MeantLog {
  readonly root: Fields;
  /** Answers questions about the log as it is meant. */
  readonly index: JsonIndex;
  /** The run is the only one, and stands outside an array. */
  readonly isLoneRun: boolean;
  /** The results of a run that are in no array, by position of the run. */
  readonly loneResults: ReadonlyMap<number, readonly LoneResult[]>;
}

type Fields = Record<string, unknown>;

/**
 * Reads one run or one result as an array of it: some serialisers write a list of one as its only element, and a list with gaps
 * as an object with its positions. A number or a text in place of results holds none.
 *
 * @param isCut the input ends early: the last result outside an array may not be whole, and is left out
 */
export function meantLog(root: Fields, given: JsonIndex, isCut: boolean): MeantLog {
  const isLoneRun = isFields(root['runs']);
  const index = isLoneRun ? indexOfLoneRun(given) : given;
  const runs: unknown = isLoneRun ? [root['runs']] : root['runs'];
  const loneResults = new Map<number, readonly LoneResult[]>();
  const meantRuns = Array.isArray(runs) ? runs.map((run, at) => withResults(run, at, index, loneResults)) : runs;
  const last = Array.isArray(meantRuns) ? meantRuns.length - 1 : -1;
  const cut = loneResults.get(last);
  if (isCut && cut !== undefined) loneResults.set(last, cut.slice(0, -1));
  if (!isLoneRun && loneResults.size === 0) return { root, index, isLoneRun, loneResults };
  return { root: { ...root, runs: meantRuns }, index: withoutTextOf(loneResults, index), isLoneRun, loneResults };
}

function withResults(run: unknown, runIndex: number, index: JsonIndex, lone: Map<number, readonly LoneResult[]>) {
  if (!isFields(run) || !Object.hasOwn(run, 'results')) return run;
  const { results } = run;
  if (!isFields(results)) return run;
  const path = ['runs', runIndex, 'results'];
  const isMap = !isResult(results);
  const paths = isMap ? Object.keys(results).map((name) => [...path, name]) : [path];
  lone.set(
    runIndex,
    paths.map((each) => {
      const { bytes, place } = index.textOf(pointerOf(each));
      const { moved, ...own } = place;
      const pointer = moved === undefined ? pointerOf(each) : moved.to + pointerOf(each).slice(moved.from.length);
      const array = {
        path,
        pointer: pointerOf(path),
        start: 0,
        end: bytes.length,
        place: own,
        count: 1,
        waypoints: [],
      };
      return { source: bytes, array, pointer };
    }),
  );
  return { ...run, results: [] };
}

/** Whether an object has a member that results have; any other object may be a map of them. */
function isResult(value: Fields): boolean {
  const { members } = shapes['result'] as ObjectShape;
  return Object.keys(value).some((member) => Object.hasOwn(members, member));
}

/** The same index, for paths that take the run for an element. */
function indexOfLoneRun(index: JsonIndex): JsonIndex {
  const actual = (pointer: string) => {
    const [first, at, ...rest] = segmentsOf(pointer);
    return first === 'runs' && at === '0' ? pointerOf([first, ...rest]) : pointer;
  };
  const meant = (path: readonly PathSegment[]) =>
    path[0] === 'runs' && path.length > 1 ? ['runs', 0, ...path.slice(1)] : path;
  return {
    ...index,
    placeOf: (pointer) => {
      const given = actual(pointer);
      return given === pointer ? index.placeOf(pointer) : movedRun(index.placeOf(given));
    },
    textOf: (pointer) => {
      const { bytes, place } = index.textOf(actual(pointer));
      return { bytes, place: movedRun(place) };
    },
    textDefects: (report, options) =>
      index.textDefects((defect, place) => {
        const path = meant(defect.path);
        if (path === defect.path) report(defect, place);
        else report({ ...defect, path }, () => movedRun(place()));
      }, options),
  };
}

/** The place of something in the run, which pointers take for the element of an array. */
export function movedRun(place: Place): Place {
  return { ...place, moved: { from: '/runs/0', to: '/runs' } };
}

/** The same index without what is to be said of the text of results, which is said where they are read. */
function withoutTextOf(lone: MeantLog['loneResults'], index: JsonIndex): JsonIndex {
  return {
    ...index,
    textDefects: (report, options) =>
      index.textDefects((defect, place) => {
        const [first, runIndex, member] = defect.path;
        const isSaid = first === 'runs' && member === 'results' && lone.has(runIndex as number);
        if (!isSaid || defect.path.length < 4) report(defect, place);
      }, options),
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
