import type { RunHeader } from '../model/model.ts';

/** Whether the driver or an extension of a run describes any rule. The header may be as it was read, members missing. */
export function describesRules(run: RunHeader): boolean {
  const components = [run.tool?.driver, ...(run.tool?.extensions ?? [])];
  return components.some((component) => (component?.rules ?? []).length > 0);
}
