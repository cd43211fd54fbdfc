import type { PathSegment } from '../../json/pointer.ts';
import { defineStructureRule } from './structure-rule.ts';
import { nameOf, quoted } from './words.ts';

/** A fingerprint that is not a string. */
export const fingerprintString = defineStructureRule({
  id: 'SF-S216',
  name: 'fingerprint-string',
  level: 'error',
  specSection: '3.27.16',
  like: ['JSON1001'],
  summary: "The values of 'fingerprints' and 'partialFingerprints' are strings.",
  explanation: {
    cause: 'The producer wrote a hash as a number, or an object around it.',
    reason: 'Findings are followed from run to run by comparing these strings; the schema rejects other types.',
    repair:
      'Numbers become strings; an object that holds one string or number is replaced by it; other values are dropped.',
    before: '{ "fingerprints": { "sha256": { "value": "9f86d0818884" } } }',
    after: '{ "fingerprints": { "sha256": "9f86d0818884" } }',
  },
  messages: {
    notString: (path: readonly PathSegment[], value: unknown) =>
      `The fingerprint ${nameOf(path)} is ${quoted(value)}, not a string. Write the value itself as a string.`,
  },
  repair({ path, value }, { document }) {
    const fingerprint = scalarIn(value);
    if (fingerprint === undefined) return 'drop';
    document.set(path, fingerprint);
    return { done: `Replaced ${quoted(value)} by ${quoted(fingerprint)}.` };
  },
});

function scalarIn(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object' || value === null) return undefined;
  const [only, ...others] = Object.values(value);
  if (others.length > 0) return undefined;
  return typeof only === 'string' || typeof only === 'number' ? String(only) : undefined;
}
