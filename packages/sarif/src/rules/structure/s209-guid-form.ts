import type { PathSegment } from '../../json/pointer.ts';
import { repairedGuid } from '../../schema/guid.ts';
import { defineStructureRule } from './structure-rule.ts';
import { nameOf, quoted } from './words.ts';

/** A GUID that is not written as 8-4-4-4-12 hexadecimal digits. */
export const guidForm = defineStructureRule({
  id: 'SF-S209',
  name: 'guid-form',
  level: 'error',
  specSection: '3.5.3',
  like: ['JSON1024'],
  summary:
    'A GUID is written as 8-4-4-4-12 hexadecimal digits, without braces or prefix; every RFC 9562 version is accepted.',
  explanation: {
    cause: 'The producer wrote braces or urn:uuid: around the GUID, or something that is not a GUID.',
    reason: 'Consumers match runs, results and rules by this value, and the schema rejects other forms.',
    repair: 'Braces and prefix are removed. What is no GUID is dropped.',
    before: '{ "guid": "{7a3f1f9e-8d1c-4a6e-9a53-0c8d5f5f3f10}" }',
    after: '{ "guid": "7a3f1f9e-8d1c-4a6e-9a53-0c8d5f5f3f10" }',
  },
  messages: {
    notGuid: (path: readonly PathSegment[], value: unknown) =>
      `${nameOf(path)} is ${quoted(value)}, which is not a GUID. Write it as 8-4-4-4-12 hexadecimal digits without braces or prefix, or leave it out.`,
  },
  repair({ path, value, owner }, { document }) {
    // What a reference leads to is brought in when a log is read: one that is mended now would be followed the next time.
    if (owner === 'externalPropertyFileReference' || owner === 'externalProperties') return 'drop';
    const guid = typeof value === 'string' ? repairedGuid(value) : undefined;
    if (guid === undefined) return 'drop';
    document.set(path, guid);
    return { done: `Replaced ${quoted(value)} by ${quoted(guid)}.` };
  },
});
