import type { ArtifactLocation, Result } from '../model/model.ts';
import type { RuleDocument } from '../rules/rule.ts';
import type { RepositoryPaths } from '../run/repository-path.ts';
import { forEachArtifactLocation } from '../run/walk.ts';
import type { Mutable, ResultRepair } from './repair.ts';

/** Whether `relativePaths` has anything to do. */
export function hasForeignPaths(result: Result, paths: RepositoryPaths): boolean {
  let foreign = false;
  forEachArtifactLocation(result, (location) => {
    foreign ||= !paths.isNormal(location);
  });
  return foreign;
}

/**
 * Writes each file as a path from the root of the repository where the log tells which that is, and as an absolute URI where
 * it does not. A base that the path now contains is taken away.
 *
 * @param rule what the repair is said under
 */
export function relativePaths(rule: RuleDocument): ResultRepair {
  return (result, { paths }, did) => {
    let changed = 0;
    forEachArtifactLocation(result, (location: Mutable<ArtifactLocation>) => {
      if (paths.isNormal(location)) return;
      const path = paths.of(location);
      if (path === undefined || path.path === '') return;
      location.uri = path.path;
      delete location.uriBaseId;
      changed += 1;
    });
    if (changed > 0)
      did(rule, `${changed} ${changed === 1 ? 'path is' : 'paths are'} now relative to the repository.`, ['locations']);
  };
}
