import type { ReportingDescriptor, RunHeader, ToolComponent } from '../model/model.ts';
import { cweTags } from '../rules/cortex/c009-cwe-tags.ts';
import { tagsOf, weaknessesOf } from '../run/cwe.ts';
import type { DidRepair } from './repair.ts';

/** Adds a tag `CWE-n` to each rule for each weakness that it names in another way. */
export function writeCweTags(run: RunHeader, did: DidRepair): RunHeader {
  const tagged = (component: ToolComponent, path: readonly (string | number)[]): ToolComponent => {
    if (component.rules === undefined) return component;
    const rules = component.rules.map((rule, index) =>
      withTags(rule, run, (fix) => did(cweTags, fix, [...path, 'rules', index])),
    );
    return { ...component, rules };
  };
  const { driver, extensions } = run.tool;
  return {
    ...run,
    tool: {
      ...run.tool,
      driver: tagged(driver, ['tool', 'driver']),
      ...(extensions === undefined
        ? {}
        : { extensions: extensions.map((extension, index) => tagged(extension, ['tool', 'extensions', index])) }),
    },
  };
}

/** A descriptor with a tag `CWE-n` for each weakness that it names in another way; `did` is told what was added. */
export function withTags(rule: ReportingDescriptor, run: RunHeader, did: (fix: string) => void): ReportingDescriptor {
  const tags = tagsOf(rule.properties);
  const missing = weaknessesOf(rule, run).filter((weakness) => !tags.includes(weakness));
  if (missing.length === 0) return rule;
  did(`The tags ${missing.join(', ')} are added.`);
  return { ...rule, properties: { ...rule.properties, tags: [...tags, ...missing] } };
}
