import type { PathSegment } from '../json/pointer.ts';
import type { ExternalPropertyFileReference, RunHeader } from '../model/model.ts';
import { RepositoryPaths } from '../run/repository-path.ts';
import { soundView } from '../schema/sound-view.ts';
import {
  type ExternalArrayName,
  type ExternalObjectName,
  externalArrays,
  externalObjects,
} from './external-properties.ts';
import { type Fields, isFields, memberOf } from './json-value.ts';
import { type ReferencePlace, referencePlace } from './reference-place.ts';

interface Reference {
  /** From the run. */
  readonly path: readonly PathSegment[];
  readonly reference: ExternalPropertyFileReference;
  readonly place: ReferencePlace;
}

/** One reference of a run to external properties, and where it leads. */
export type RunReference =
  | (Reference & { readonly type: 'array'; readonly property: ExternalArrayName })
  | (Reference & { readonly type: 'object'; readonly property: ExternalObjectName });

/** The references of a run, and what else of it matters to them, as far as the schema accepts it. */
export interface RunReferences {
  readonly run: RunHeader;
  readonly references: readonly RunReference[];
}

/** `undefined` for the many runs that have none. */
export function referencesOf(run: Fields, inlineByGuid: ReadonlyMap<string, number>): RunReferences | undefined {
  const all = run['externalPropertyFileReferences'];
  if (!isFields(all)) return undefined;
  const { value } = soundView<RunHeader>('run', run);
  const context = { run: value, paths: new RepositoryPaths(value) };
  const sound = value.externalPropertyFileReferences ?? {};
  const references: RunReference[] = [];
  const lookAt = (reference: ExternalPropertyFileReference, ...rest: PathSegment[]) => ({
    reference,
    path: ['externalPropertyFileReferences', ...rest],
    place: referencePlace(reference, context, inlineByGuid),
  });
  for (const property of Object.keys(externalObjects) as ExternalObjectName[]) {
    const reference = sound[property];
    if (reference !== undefined) references.push({ type: 'object', property, ...lookAt(reference, property) });
  }
  for (const property of Object.keys(externalArrays) as ExternalArrayName[]) {
    for (const [at, reference] of (sound[property] ?? []).entries()) {
      references.push({ type: 'array', property, ...lookAt(reference, property, at) });
    }
  }
  return references.length === 0 ? undefined : { run: value, references };
}

/** The references of a run but for some, which are given by their paths; those to elements of the log lead where these are now. */
export function remainingReferences(
  run: Fields,
  { references }: RunReferences,
  remains: (reference: RunReference) => boolean,
  inlineIndexOf: (index: number) => number,
): Fields | undefined {
  const all = run['externalPropertyFileReferences'] as Fields;
  const byProperty = Map.groupBy(references, ({ property }) => property as string);
  // In the order of the log: what is read again reads alike.
  const kept = Object.entries(all).flatMap(([property, value]): [string, unknown][] => {
    const entries = byProperty.get(property);
    if (entries === undefined) return [[property, value]];
    const moved = entries.filter(remains).map((entry) => {
      const given = entry.path.slice(1).reduce<unknown>((holder, segment) => (holder as Fields)[segment], all);
      return withMovedPlace(given, entry, inlineIndexOf);
    });
    if (moved.length === 0) return [];
    return [[property, entries[0]?.type === 'object' ? moved[0] : moved]];
  });
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

function withMovedPlace(given: unknown, { place }: RunReference, inlineIndexOf: (index: number) => number): unknown {
  if (place.type !== 'inline' || !isFields(given) || typeof memberOf(given['location'], 'uri') !== 'string')
    return given;
  const uri = `sarif:/inlineExternalProperties/${inlineIndexOf(place.index)}`;
  return { ...given, location: { ...(given['location'] as Fields), uri } };
}
