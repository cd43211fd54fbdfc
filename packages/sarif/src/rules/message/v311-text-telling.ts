import type { Result } from '../../model/model.ts';
import { filledText } from '../../run/resolve-message.ts';
import { sharedText } from '../../run/seen-results.ts';
import { defineRule } from '../rule.ts';

/** A text tells findings of one rule from those of another, and stays when lines move. */
export const textTelling = defineRule({
  id: 'SF-V311',
  name: 'text-telling',
  level: 'warning',
  summary: "A result's text belongs to one rule, and does not repeat where the result is.",
  explanation: {
    cause: 'Rules share a general text, or the tool writes path and line into it as it does for a terminal.',
    reason:
      'Many platforms know a finding again by its text: with the place in it each move makes a new finding, and with one text for several rules different findings become one.',
    repair: 'None: what the tool meant to say is its own.',
    before: '{ "ruleId": "R1", "message": { "text": "src/cart.js:7: total is never used." } }',
    after: '{ "ruleId": "R1", "message": { "text": "total is never used." } }',
  },
  watches: 'results',
  watch({ rules, seen }) {
    const { texts } = seen;
    let isFullSaid = false;
    return {
      result(result, resultIndex, report) {
        const { text, arguments: args } = result.message;
        if (text === undefined || text.trim() === '' || (result.kind !== undefined && result.kind !== 'fail')) return;
        const filled = filledText(text, args);
        const place = placeIn(filled, result);
        if (place !== undefined) {
          report({
            message: `The text repeats where the result is: '${place}'. Leave that to 'locations', so that the text stays when the code moves.`,
            at: ['message', 'text'],
            value: text,
          });
        }

        const found = rules.find(result);
        const rule = found.by === 'conflict' ? found.ruleId : (found.descriptor?.id ?? found.ruleId);
        if (rule === undefined) return;
        const digest = seen.textDigest(filled);
        const ruleDigest = seen.ruleDigest(rule);
        const at = texts.find(digest);
        if (at === -1) {
          if (texts.set(digest, ruleDigest, resultIndex) || isFullSaid) return;
          isFullSaid = true;
          report({
            message: 'The run has more different texts than are remembered. From here on only those are compared with.',
            level: 'note',
          });
          return;
        }
        if (texts.valueAt(at) === sharedText || texts.valueAt(at) === ruleDigest) return;
        report({
          message: `The rule '${rule}' has the same text as another rule, which results[${texts.noteAt(at)}] is about. Say in the text what this rule found.`,
          at: ['message', 'text'],
          value: text,
        });
        texts.set(digest, sharedText);
      },
    };
  },
});

/** The path or line of the result as its text repeats it. */
function placeIn(text: string, { locations }: Result): string | undefined {
  const { artifactLocation, region } = locations?.[0]?.physicalLocation ?? {};
  const uri = artifactLocation?.uri ?? '';
  const path = uri.includes(':') ? uri.replace(/^file:\/{2,3}/i, '/').replace(/^\/(?=[A-Za-z]:)/, '') : uri;
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name !== path && name !== '' && containsWord(text, path)) return path;
  const line = region?.startLine;
  if (line === undefined) return undefined;
  // Few texts have the number in them at all.
  if (!text.includes(String(line))) return undefined;
  const candidates = [...(name === '' ? [] : [`${name}:${line}`]), `line ${line}`, `Line ${line}`];
  return candidates.find((candidate) => containsWord(text, candidate));
}

/** Whether a text contains another that no letter or digit follows. */
function containsWord(text: string, word: string): boolean {
  const at = text.indexOf(word);
  return at !== -1 && !/[\p{L}\p{N}_]/u.test(text.charAt(at + word.length));
}
