import type { ArtifactLocation, ExternalPropertyFileReference, Fix, PhysicalLocation } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { removeTogether } from '../../run/remove-together.ts';
import { defineRule, type Visit } from '../rule.ts';
import { isBaseDeclaration } from './base-declaration.ts';

/** An object, and what holds it. */
interface Held {
  readonly object: object;
  readonly owner: NonNullable<Visit['owner']>;
}

/** What makes no sense without a location, and goes with it. It is visited before the location. */
const units = new WeakMap<ArtifactLocation, Held>();

/** Fixes whose changes are all to files without a name. */
const hollowFixes = new WeakSet<object>();

/** How elements of an array go: all of them at once, because each that goes moves the others. */
const removals = new WeakMap<object, { readonly elements: Set<unknown>; readonly remove: () => void }>();

/** A folder may be that of a base, which needs no name of its own. */
const folders: ReadonlySet<unknown> = new Set(['displayBase', 'mappedTo', 'workingDirectory']);

/** A location that names nothing. */
export const locationNamed = defineRule({
  id: 'SF-V404',
  name: 'location-named',
  level: 'error',
  specSection: '3.4.2',
  like: ['GH1017'],
  summary: "An artifact location has 'uri' or 'index'.",
  explanation: {
    cause: 'The scanner had no file to name, and wrote the object all the same.',
    reason: 'Nobody can tell which file is meant. Only a base id may be declared without saying where it is.',
    repair:
      'The location is removed, together with what makes no sense without it: the physical location, the attachment, the change to the file.',
    before: '{ "physicalLocation": { "artifactLocation": {}, "region": { "startLine": 7 } } }',
    after: '{ }',
  },
  visits: [
    'fix',
    'artifactChange',
    'attachment',
    'physicalLocation',
    'externalPropertyFileReference',
    'artifactLocation',
  ],
  check(object, visit, report) {
    if (!isArtifactLocation(object, visit)) {
      rememberUnit(object, visit);
      return;
    }
    if (!isNameless(object) || isAllowed(object, visit)) return;
    report({
      message: "This location has neither 'uri' nor 'index', so it names no file. Add 'uri', or remove the location.",
      fix: { description: 'The location is removed.', apply: dropOf(object, visit) },
    });
  },
});

/** What holds locations is visited, too. A physical location need not have one. */
function isArtifactLocation(object: object, { ownerKind }: Visit): object is Mutable<ArtifactLocation> {
  if ('artifactLocation' in object || 'artifactChanges' in object) return false;
  return ownerKind !== 'location' && ownerKind !== 'resultProvenance' && ownerKind !== 'externalPropertyFileReferences';
}

function isNameless({ uri, index = -1 }: ArtifactLocation): boolean {
  return uri === undefined && index < 0;
}

function isAllowed({ uriBaseId }: ArtifactLocation, visit: Visit): boolean {
  return uriBaseId === undefined ? isBaseDeclaration(visit) : folders.has(visit.path.at(-1));
}

function rememberUnit(object: object, { owner }: Visit): void {
  if (owner === undefined) return;
  const { artifactLocation, address, artifactChanges } = object as Partial<PhysicalLocation & Fix>;
  const { location, guid } = object as ExternalPropertyFileReference;
  if (location !== undefined) {
    if (isNameless(location) && guid === undefined) units.set(location, { object, owner });
  } else if (artifactChanges !== undefined) {
    const locations = artifactChanges.map((change) => change.artifactLocation);
    if (!locations.every(isNameless)) return;
    for (const location of locations) {
      units.set(location, { object, owner });
      hollowFixes.add(location);
    }
  } else if (artifactLocation !== undefined && isNameless(artifactLocation) && !hollowFixes.has(artifactLocation)) {
    const whole = { object, owner };
    const part = { object: artifactLocation, owner: { holder: object, member: 'artifactLocation' } };
    units.set(artifactLocation, address === undefined ? whole : part);
  }
}

function dropOf(location: Mutable<ArtifactLocation>, visit: Visit): () => void {
  const { owner } = visit;
  if (isBaseDeclaration(visit) || owner === undefined) return () => delete location.uriBaseId;
  const unit = units.get(location) ?? { object: location, owner };
  const { holder, member } = unit.owner;
  return Array.isArray(holder)
    ? removalOf(holder, unit.object)
    : () => delete (holder as Record<string, unknown>)[member];
}

function removalOf(array: unknown[], element: object): () => void {
  const known = removals.get(array);
  if (known?.elements.has(element)) return known.remove;
  const elements = new Set(array.filter((candidate) => isHollow(candidate as object)));
  // Another rule has just emptied what was left: when this rule is asked again, the fix itself will go.
  if (elements.size === array.length && 'replacements' in element) return () => {};
  const removal = { elements, remove: removeTogether(array, elements) };
  removals.set(array, removal);
  return removal.remove;
}

/** Whether an element of an array goes because of the locations that it consists of. */
function isHollow(element: object): boolean {
  const { artifactLocation, address, artifactChanges } = element as Partial<PhysicalLocation & Fix>;
  const { location, guid } = element as ExternalPropertyFileReference;
  if (location !== undefined) return isNameless(location) && guid === undefined;
  if (artifactChanges !== undefined) return artifactChanges.every((change) => isNameless(change.artifactLocation));
  return isNameless(artifactLocation ?? (element as ArtifactLocation)) && address === undefined;
}
