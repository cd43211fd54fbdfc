import { textsOfHtml } from '../texts/html-texts.ts';
import { isObject } from '../values/json-object.ts';
import type { VendorQuirk } from './vendor-quirk.ts';
import { withMember } from './with-member.ts';

/** Veracode's converter copies HTML into `message.text`, which is plain text (§3.11.8): readers see the tags. */
export const veracodeMessageHtml: VendorQuirk = {
  ruleId: 'SF-K312',
  vendor: 'veracode',
  start: () => ({
    result(result, say) {
      const { message } = result;
      const html = isObject(message) ? message['text'] : undefined;
      if (!isObject(message) || typeof html !== 'string' || !/^\s*<span>/i.test(html)) return result;
      const { text, markdown } = textsOfHtml(html);
      if (text.trim() === '') return result;
      say(['message', 'text'], 'The HTML is written as plain text, and as Markdown beside it.');
      const plain = withMember(message, 'text', text);
      return withMember(
        result,
        'message',
        message['markdown'] === undefined ? withMember(plain, 'markdown', markdown) : plain,
      );
    },
  }),
};
