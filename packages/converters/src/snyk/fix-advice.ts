import type { PropertyBag } from '@sariflow/sarif';
import type { DependencyParts } from './dependency-groups.ts';
import type { Remediation } from './remediation.ts';

/**
 * What to do about a dependency: `upgradeTo` (direct dependencies and their new versions), `pins`, `fixedIn`. No SARIF fix:
 * that would have to say which characters of which file to replace, and the report does not have the file.
 */
export function fixAdvice(parts: DependencyParts, remediation: Remediation): PropertyBag {
  const { first, paths, upgradePaths, fixedIn, isUpgradable, isPatchable, isPinnable } = parts;
  const upgrades = new Set<string>();
  for (const path of upgradePaths) {
    // The project itself stands first, as false; the first step after it is what the project's manifest names.
    const direct = path.find((step, index) => index > 0 && step !== false);
    if (typeof direct === 'string') upgrades.add(direct);
  }
  if (upgrades.size === 0) {
    for (const path of paths) {
      const upgrade = remediation.upgradeOf(first.id, path[1]);
      if (upgrade !== undefined) upgrades.add(upgrade);
    }
  }
  const pins = remediation.pinsFor(first.id);
  return {
    ...(upgrades.size > 0 && { upgradeTo: [...upgrades] }),
    ...(pins.length > 0 && { pins }),
    ...(fixedIn.size > 0 && { fixedIn: [...fixedIn] }),
    ...(isUpgradable !== undefined && { isUpgradable }),
    ...(isPatchable !== undefined && { isPatchable }),
    ...(isPinnable !== undefined && { isPinnable }),
  };
}
