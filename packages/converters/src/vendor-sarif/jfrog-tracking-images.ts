import { isObject } from '../values/json-object.ts';
import type { VendorQuirk } from './vendor-quirk.ts';
import { withMember } from './with-member.ts';

/** An image of another host, in Markdown: reading the text tells that host who reads it, and when. */
const remoteImage = /!\[[^\]\n]{0,1000}\]\(\s{0,10}https?:\/\/[^)\s]{1,4000}[^)\n]{0,1000}\)/gi;

/** In CI JFrog puts an invisible image into the help of each rule, which reports back to JFrog who opens an alert. */
export const jfrogTrackingImages: VendorQuirk = {
  ruleId: 'SF-K309',
  vendor: 'jfrog',
  start({ run }, say) {
    const tool = isObject(run['tool']) ? run['tool'] : {};
    const driver = isObject(tool['driver']) ? tool['driver'] : {};
    const rules: unknown = driver['rules'];
    if (!Array.isArray(rules)) return undefined;
    let changed = false;
    const repaired = (rules as unknown[]).map((rule, index) => {
      const help = isObject(rule) ? rule['help'] : undefined;
      if (!isObject(rule) || !isObject(help) || typeof help['markdown'] !== 'string') return rule;
      const markdown = help['markdown'].replace(remoteImage, '').trim();
      if (markdown === help['markdown'].trim()) return rule;
      changed = true;
      say(
        ['tool', 'driver', 'rules', index, 'help', 'markdown'],
        'The image that another host would be asked for is left out.',
      );
      return withMember(rule, 'help', withMember(help, 'markdown', markdown === '' ? undefined : markdown));
    });
    if (!changed) return undefined;
    return { run: withMember(run, 'tool', withMember(tool, 'driver', withMember(driver, 'rules', repaired))) };
  },
};
