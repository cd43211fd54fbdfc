import type { PathSegment } from '../json/pointer.ts';
import type { ReportingDescriptor, RunHeader, ToolComponent } from '../model/model.ts';

/** The run with other rules in its driver and its extensions; `change` gets each with its path from the run. */
export function mapToolRules(
  run: RunHeader,
  change: (rule: ReportingDescriptor, path: readonly PathSegment[]) => ReportingDescriptor,
): RunHeader {
  const changed = (component: ToolComponent, path: readonly PathSegment[]): ToolComponent => {
    if (component.rules === undefined) return component;
    return { ...component, rules: component.rules.map((rule, index) => change(rule, [...path, 'rules', index])) };
  };
  const { driver, extensions } = run.tool;
  const changedExtensions = extensions?.map((extension, index) => changed(extension, ['tool', 'extensions', index]));
  return {
    ...run,
    tool: {
      ...run.tool,
      driver: changed(driver, ['tool', 'driver']),
      ...(changedExtensions === undefined ? {} : { extensions: changedExtensions }),
    },
  };
}
