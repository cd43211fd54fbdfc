import type { PathSegment } from '../json/pointer.ts';
import type { RunHeader, ToolComponent } from '../model/model.ts';

/** The driver of a run and its extensions, in this order, with their paths from the run. */
export function* eachToolComponent(
  run: RunHeader,
): Generator<{ readonly component: ToolComponent; readonly path: readonly PathSegment[] }> {
  const driver: ToolComponent | undefined = run.tool?.driver;
  if (driver !== undefined) yield { component: driver, path: ['tool', 'driver'] };
  for (const [index, component] of (run.tool?.extensions ?? []).entries()) {
    yield { component, path: ['tool', 'extensions', index] };
  }
}
