import type { RunHeader } from '../model/model.ts';
import { moveSarifUris, type SarifUri } from '../positions/sarif-uris.ts';

/** A run of which some elements have new positions. */
export interface MovedElements {
  /** The header as it was. */
  readonly run: RunHeader;
  readonly runIndex: number;
  /** New positions, by the element itself. What is not here stands where it did. */
  readonly positions: ReadonlyMap<object, number>;
}

/** Keeps `sarif:` URIs leading to the elements of runs that have new positions. */
export class MovedPlaces {
  readonly #count: number;
  readonly #foresee: (runIndex: number) => MovedElements | undefined;
  readonly #runs = new Map<number, MovedElements | undefined>();
  #next = 0;
  #hasMoved = false;

  /**
   * @param count how many runs the log has, as far as that is known
   * @param foresee tells of a run that is still to come which elements will have new positions
   */
  constructor(count: number, foresee: (runIndex: number) => MovedElements | undefined = () => undefined) {
    this.#count = count;
    this.#foresee = foresee;
  }

  /** A run begins, whose elements all stand where they did unless `moved` says otherwise. */
  begin(runIndex: number, moved?: MovedElements): void {
    this.#runs.set(runIndex, moved);
    this.#next = runIndex + 1;
    this.#hasMoved ||= moved !== undefined;
  }

  /** Whether no URI of the current run needs to be looked at. */
  get isEmpty(): boolean {
    return !this.#hasMoved && this.#next >= this.#count;
  }

  /** Moves the URIs in an object, and says whether one had to. `kind` is the object's SARIF name. */
  moveIn(kind: string, value: object): boolean {
    if (this.isEmpty || !JSON.stringify(value).includes('sarif:')) return false;
    let isMoved = false;
    moveSarifUris(kind, value, (uri) => {
      const moved = this.#of(uri.run);
      const path = moved === undefined ? uri.path : movedPath(uri, moved);
      isMoved ||= path.some((segment, at) => segment !== uri.path[at]);
      return ['sarif:', 'runs', uri.run, ...path].join('/');
    });
    return isMoved;
  }

  #of(runIndex: number): MovedElements | undefined {
    if (!this.#runs.has(runIndex) && runIndex >= this.#next && runIndex < this.#count) {
      this.#runs.set(runIndex, this.#foresee(runIndex));
    }
    return this.#runs.get(runIndex);
  }
}

function movedPath({ path }: SarifUri, { run, positions }: MovedElements): string[] {
  let value: unknown = run;
  return path.map((segment) => {
    value = childOf(value, segment);
    return String(positions.get(value as object) ?? segment);
  });
}

function childOf(value: unknown, segment: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[segment];
}
