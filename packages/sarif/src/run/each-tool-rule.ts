import type { PathSegment } from '../json/pointer.ts';
import type { ReportingDescriptor, RunHeader } from '../model/model.ts';
import { eachToolComponent } from './each-tool-component.ts';

/** The rules of a run's driver and of its extensions, in this order, with their paths from the run. */
export function* eachToolRule(
  run: RunHeader,
): Generator<{ readonly rule: ReportingDescriptor; readonly path: readonly PathSegment[] }> {
  for (const { component, path } of eachToolComponent(run)) {
    for (const [index, rule] of (component.rules ?? []).entries()) yield { rule, path: [...path, 'rules', index] };
  }
}
