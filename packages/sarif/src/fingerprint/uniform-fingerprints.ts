import type { Result } from '../model/model.ts';
import { valueDigest } from '../schema/value-digest.ts';

/** A name whose value is the same in all results. */
export interface UniformFingerprint {
  readonly name: string;
  readonly value: string;
  /** The first result. */
  readonly resultIndex: number;
}

interface Candidate extends UniformFingerprint {
  readonly place: number;
  isInSeveralPlaces: boolean;
}

/** Finds fingerprints that have one value for all results of a run, though these are in more than one place. */
export class UniformFingerprints {
  #candidates: Map<string, Candidate> | undefined;

  add(result: Result, fingerprints: Readonly<Record<string, string>> | undefined, resultIndex: number): void {
    if (this.#candidates?.size === 0) return;
    const own = fingerprints ?? {};
    if (this.#candidates === undefined) {
      const place = placeOf(result);
      this.#candidates = new Map();
      for (const [name, value] of Object.entries(own)) {
        this.#candidates.set(name, { name, value, resultIndex, place, isInSeveralPlaces: false });
      }
      return;
    }
    for (const [name, candidate] of this.#candidates) {
      if (!Object.hasOwn(own, name) || own[name] !== candidate.value) this.#candidates.delete(name);
      else candidate.isInSeveralPlaces ||= placeOf(result) !== candidate.place;
    }
  }

  end(): UniformFingerprint[] {
    return [...(this.#candidates?.values() ?? [])].filter(({ isInSeveralPlaces }) => isInSeveralPlaces);
  }
}

/** Two results of one line may well share a value. */
function placeOf({ locations }: Result): number {
  const { physicalLocation, logicalLocations } = locations?.[0] ?? {};
  const { artifactLocation, region } = physicalLocation ?? {};
  return valueDigest([
    artifactLocation?.uri,
    artifactLocation?.index,
    region?.startLine,
    region?.charOffset,
    region?.byteOffset,
    logicalLocations,
  ]);
}
