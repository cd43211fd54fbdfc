import type { ReportingDescriptor, RunHeader } from '../model/model.ts';
import { tagsOf, weaknessesOf } from './cwe.ts';
import type { TaxonLookup } from './taxa.ts';

/**
 * The tags by which GitHub would know the weaknesses that a rule names in another way: `external/cwe/cwe-079`.
 *
 * @param taxa those of the run
 */
export function missingGithubTags(rule: ReportingDescriptor, run: RunHeader, taxa: TaxonLookup): string[] {
  const tags = new Set(tagsOf(rule.properties).map((tag) => tag.toLowerCase()));
  return weaknessesOf(rule, run, taxa)
    .map((weakness) => `external/cwe/cwe-${weakness.slice('CWE-'.length).padStart(3, '0')}`)
    .filter((tag) => !tags.has(tag));
}
