import type { PathSegment } from '../../json/pointer.ts';
import type { Fix, Replacement } from '../../model/model.ts';
import { byteSpanOf, charSpanOf, lineSpanOf } from '../../run/region.ts';
import { removeTogether } from '../../run/remove-together.ts';
import { defineRule } from '../rule.ts';

/** A region that says where it is in lines or characters, too, is one of text. */
export const binaryReplacement = defineRule({
  id: 'SF-V604',
  name: 'binary-replacement',
  level: 'error',
  specSection: '3.57.2',
  summary: 'What replaces a region of bytes is given as bytes.',
  explanation: {
    cause: 'The tool knows byte offsets only, and writes the new text as it is.',
    reason: 'Text has no bytes before its encoding is known: the fix could break the file.',
    repair: 'The fix is removed: without one of its replacements, it would be another fix.',
    before: '{ "deletedRegion": { "byteOffset": 12, "byteLength": 5 }, "insertedContent": { "text": "const" } }',
    after: '{ "deletedRegion": { "byteOffset": 12, "byteLength": 5 }, "insertedContent": { "binary": "Y29uc3Q=" } }',
  },
  visits: 'fix',
  check(fix, { owner }, report) {
    const fixes = owner?.holder as Fix[];
    for (const at of replacementsWithoutBytes(fix)) {
      report({
        message:
          "The region to delete is given in bytes, but what to insert is not. Write 'binary', or give the region in lines and columns.",
        at: [...at, 'insertedContent'],
        fix: {
          description: 'The fix is removed.',
          apply: () =>
            removeTogether(fixes, new Set(fixes.filter((other) => replacementsWithoutBytes(other).length > 0)))(),
        },
      });
    }
  },
});

function replacementsWithoutBytes({ artifactChanges }: Fix): (readonly PathSegment[])[] {
  return artifactChanges.flatMap(({ replacements }, change) =>
    (replacements ?? []).flatMap((replacement, position) =>
      lacksBytes(replacement) ? [['artifactChanges', change, 'replacements', position]] : [],
    ),
  );
}

function lacksBytes({ deletedRegion, insertedContent }: Replacement): boolean {
  if (insertedContent === undefined || insertedContent.binary !== undefined) return false;
  const isText = lineSpanOf(deletedRegion) !== undefined || charSpanOf(deletedRegion) !== undefined;
  return !isText && byteSpanOf(deletedRegion) !== undefined;
}
