import type { ArtifactLocation, Location, LogicalLocation, PhysicalLocation, Region } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { isNoFile, isPlaceholder } from '../../run/no-file.ts';
import { defineRule, type FindingReport } from '../rule.ts';
import { namesFile } from './named-files.ts';

/** What was looked at is no file, so nobody finds it among the files. */
export const uriNamesFile = defineRule({
  id: 'SF-V422',
  name: 'uri-names-file',
  level: 'warning',
  specSection: '3.4.3',
  like: ['GitHub'],
  summary: 'The uri of a location is that of a file, not of a page or an image, and not a word for its absence.',
  explanation: {
    cause:
      'The scanner looks at web sites, hosts or container images, or had no file to name, and had to write something.',
    reason: 'Readers look for the file in the repository, and show a finding in a file that does not exist.',
    repair:
      'A name is moved to fullyQualifiedName of a logical location, a word for absence is removed. A location with a region that tells more than line 1 stays as it is.',
    before: '{ "physicalLocation": { "artifactLocation": { "uri": "https://shop.example/cart" } } }',
    after: '{ "logicalLocations": [{ "fullyQualifiedName": "https://shop.example/cart" }] }',
  },
  visits: ['location', 'artifactLocation'],
  check(object, { ownerKind }, report) {
    if ('physicalLocation' in object) checkLocation(object, report);
    else if (ownerKind !== 'physicalLocation' && namesFile(ownerKind)) checkOther(object as ArtifactLocation, report);
  },
});

function checkLocation(location: Location, report: FindingReport): void {
  const { uri } = location.physicalLocation?.artifactLocation ?? {};
  if (uri === undefined) return;
  const isAbsence = isPlaceholder(uri);
  if (!isAbsence && !isNoFile(uri)) return;
  const isMovable = isBare(location.physicalLocation as PhysicalLocation);
  report({
    message: isAbsence
      ? `'${uri}' stands where the uri of a file belongs. Leave the physical location out if there is no file.`
      : `'${uri}' is no file. Write it as 'fullyQualifiedName' of a logical location.`,
    at: ['physicalLocation', 'artifactLocation', 'uri'],
    value: uri,
    ...(isMovable && {
      fix: {
        description: isAbsence ? 'The physical location is removed.' : 'The name is moved to a logical location.',
        apply: (target) => moveName(target as Mutable<Location>, isAbsence ? undefined : uri),
      },
    }),
  });
}

/** A word for absence elsewhere than in a physical location. */
function checkOther({ uri }: ArtifactLocation, report: FindingReport): void {
  if (uri === undefined || !isPlaceholder(uri)) return;
  report({
    message: `'${uri}' stands where the uri of a file belongs. Leave the location out if there is no file.`,
    at: ['uri'],
    value: uri,
    fix: {
      description: "'uri' is removed.",
      apply(target) {
        delete (target as Mutable<ArtifactLocation>).uri;
      },
    },
  });
}

/** Whether a physical location says nothing but its uri: a region on line 1 is what producers write who have to write one. */
function isBare({ artifactLocation, region, contextRegion, address, properties }: PhysicalLocation): boolean {
  if (contextRegion !== undefined || address !== undefined || artifactLocation?.description !== undefined) return false;
  // What stood here before there was a line is kept in `properties`, and still tells something.
  if (properties?.['original/contextRegion'] !== undefined) return false;
  const told = (properties?.['original/region'] ?? region ?? {}) as Region;
  return Object.entries(told).every(([, value]) => value === 1 || value === 0);
}

function moveName(location: Mutable<Location>, name: string | undefined): void {
  delete location.physicalLocation;
  if (name === undefined) return;
  const known: readonly LogicalLocation[] = location.logicalLocations ?? [];
  if (known.some(({ fullyQualifiedName }) => fullyQualifiedName === name)) return;
  location.logicalLocations = [...known, { fullyQualifiedName: name }];
}
