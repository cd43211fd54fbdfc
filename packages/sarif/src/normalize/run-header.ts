import type { ReportingDescriptor, RunHeader } from '../model/model.ts';
import { cweTags } from '../rules/cortex/c009-cwe-tags.ts';
import { tagsOf, weaknessesOf } from '../run/cwe.ts';
import { mapToolRules } from '../run/map-tool-rules.ts';
import type { DidRepair } from './repair.ts';

/** Adds a tag `CWE-n` to each rule for each weakness that it names in another way. */
export function writeCweTags(run: RunHeader, did: DidRepair): RunHeader {
  return mapToolRules(run, (rule, path) => withTags(rule, run, (fix) => did(cweTags, fix, path)));
}

/** A descriptor with a tag `CWE-n` for each weakness that it names in another way; `did` is told what was added. */
export function withTags(rule: ReportingDescriptor, run: RunHeader, did: (fix: string) => void): ReportingDescriptor {
  const tags = tagsOf(rule.properties);
  const missing = weaknessesOf(rule, run).filter((weakness) => !tags.includes(weakness));
  if (missing.length === 0) return rule;
  did(`The tags ${missing.join(', ')} are added.`);
  return { ...rule, properties: { ...rule.properties, tags: [...tags, ...missing] } };
}
