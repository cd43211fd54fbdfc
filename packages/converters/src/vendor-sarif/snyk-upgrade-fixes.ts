import { isObject } from '../values/json-object.ts';
import type { VendorQuirk } from './vendor-quirk.ts';
import { withMember, withProperties } from './with-member.ts';

/**
 * Snyk writes an upgrade as the replacement of the whole first line of the manifest by `package@version`. A tool that applies
 * fixes would destroy the file. The advice is kept as what it is.
 */
export const snykUpgradeFixes: VendorQuirk = {
  ruleId: 'SF-K301',
  vendor: 'snyk',
  start: () => ({
    result(result, say) {
      const { fixes } = result;
      if (!Array.isArray(fixes)) return result;
      const upgrades = new Set<string>();
      const left = (fixes as unknown[]).filter((fix, index) => {
        const upgrade = upgradeOf(fix);
        if (upgrade === undefined) return true;
        upgrades.add(upgrade);
        say(
          ['fixes', index],
          `The fix, which would put "${upgrade}" in place of line 1, is now properties.fix.upgradeTo.`,
        );
        return false;
      });
      if (upgrades.size === 0) return result;
      const without = withMember(result, 'fixes', left.length === 0 ? undefined : left);
      return withProperties(without, { fix: { upgradeTo: [...upgrades] } });
    },
  }),
};

/** What to upgrade to, when a fix replaces nothing but first lines by the names of packages. */
function upgradeOf(fix: unknown): string | undefined {
  const changes = isObject(fix) ? fix['artifactChanges'] : undefined;
  if (!Array.isArray(changes) || changes.length === 0) return undefined;
  const texts = (changes as unknown[]).flatMap((change) => {
    const replacements = isObject(change) ? change['replacements'] : undefined;
    return Array.isArray(replacements) ? (replacements as unknown[]).map(replacedLine) : [undefined];
  });
  const [first] = texts;
  return texts.every((text) => text !== undefined) ? first : undefined;
}

function replacedLine(replacement: unknown): string | undefined {
  if (!isObject(replacement)) return undefined;
  const { deletedRegion, insertedContent } = replacement;
  if (!isObject(deletedRegion) || !isObject(insertedContent)) return undefined;
  const isFirstLine = deletedRegion['startLine'] === 1 && Object.keys(deletedRegion).length === 1;
  const text = insertedContent['text'];
  return isFirstLine && typeof text === 'string' && isPackage(text) ? text : undefined;
}

/** `@scope/name@1.2.3`: no space, and a version behind the last `@`. */
function isPackage(text: string): boolean {
  const at = text.lastIndexOf('@');
  return at > 0 && at < text.length - 1 && !/\s/.test(text);
}
