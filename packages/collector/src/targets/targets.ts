import { certus } from './certus/certus.ts';
import { cortex } from './cortex.ts';
import { local } from './local.ts';
import type { Target } from './target.ts';
import { TargetError } from './target-error.ts';

/** Every target, in the order of the documentation. */
export const targets: readonly Target[] = [cortex, certus, local];

/** @throws TargetError `target-unknown` */
export function targetById(id: string): Target {
  const target = targets.find((one) => one.id === id);
  if (target !== undefined) return target;
  throw new TargetError(
    'target-unknown',
    `There is no target '${id}'. Known: ${targets.map((one) => one.id).join(', ')} (--target).`,
  );
}
