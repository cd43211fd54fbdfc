import type { ColumnKind, Region } from '../../model/model.ts';
import { columnKindOf } from '../../run/column-kind.ts';
import { charOffsets, lineOffsets } from '../../run/complete-region.ts';
import { type Content, contentsIn } from '../../run/content.ts';
import { byteSpanOf, charSpanOf, isDisordered, lineSpanOf, type OffsetSpan } from '../../run/region.ts';
import type { TextLines } from '../../run/text-lines.ts';
import { defineRule } from '../rule.ts';
import { artifactOfRegion } from './artifact-of-region.ts';

const kinds: readonly ColumnKind[] = ['utf16CodeUnits', 'unicodeCodePoints'];

/** Lines, characters and bytes of one region are the same stretch of the artifact, said three times. */
export const regionGroupsAgree = defineRule({
  id: 'SF-V504',
  name: 'region-groups-agree',
  level: 'error',
  specSection: '3.30.4',
  summary: 'The lines and columns of a region denote the same text as its offset and length.',
  explanation: {
    cause:
      'Offsets were counted in another text (other line breaks, another encoding, a byte order mark), or the end column is taken for the last character instead of the one after it.',
    reason: 'Viewers pick one of the two and show different places. The standard wants both to be the same text.',
    repair: 'The offset and the length are removed: lines and columns are what people and most tools read.',
    before: '{ "startLine": 4, "startColumn": 5, "endColumn": 9, "charOffset": 71, "charLength": 5 }',
    after: '{ "startLine": 4, "startColumn": 5, "endColumn": 9 }',
  },
  visits: 'region',
  check(region, visit, report) {
    const span = lineSpanOf(region);
    if (span === undefined || isDisordered(region)) return;
    const chars = charSpanOf(region);
    const bytes = byteSpanOf(region);
    if (chars === undefined && bytes === undefined) return;
    const artifact = artifactOfRegion(visit);
    const content = artifact === undefined ? undefined : contentsIn(visit.context).of(artifact);
    const kind = columnKindOf(visit.context.run);

    if (chars !== undefined && (contradictsSpan(region) || contradictsText(region, kind, content?.lines))) {
      tell('charOffset', 'charLength', 'character');
    }
    if (bytes !== undefined && contradictsBytes(region, bytes, kind, content)) tell('byteOffset', 'byteLength', 'byte');

    function tell(offset: 'charOffset' | 'byteOffset', length: 'charLength' | 'byteLength', unit: string): void {
      report({
        message: `The ${unit} offset and length of the region denote another text than its lines and columns. Write what is right, or leave '${offset}' and '${length}' out.`,
        at: [region[length] === undefined ? offset : length],
        value: region[length] ?? region[offset],
        fix: {
          description: `'${offset}' and '${length}' are removed.`,
          apply(target) {
            delete (target as Region)[offset];
            delete (target as Region)[length];
          },
        },
      });
    }
  },
});

/** Without the text, only a length (0 by default) and the columns of a single line can be compared. */
function contradictsSpan({ startLine, endLine = startLine, startColumn = 1, endColumn, charLength }: Region): boolean {
  if (endLine !== startLine || endColumn === undefined) return false;
  return (charLength ?? 0) !== endColumn - startColumn;
}

/** Characters may be counted in either unit: the standard names one for columns only. */
function contradictsText(region: Region, kind: ColumnKind, lines: TextLines | undefined): boolean {
  const stated = lines === undefined ? undefined : lineOffsets(region, lines, kind);
  if (lines === undefined || stated === undefined) return false;
  return !kinds.some((unit) => {
    const other = charOffsets(region, lines, unit);
    return other !== undefined && other.start === stated.start && (!hasLineEnd(region) || other.end === stated.end);
  });
}

/** Decidable where the log holds the bytes of the artifact, and they are UTF-8, with or without a byte order mark. */
function contradictsBytes(region: Region, bytes: OffsetSpan, kind: ColumnKind, content: Content | undefined): boolean {
  const { lines } = content ?? {};
  const stated = lines === undefined ? undefined : lineOffsets(region, lines, kind);
  if (content?.bytes === undefined || lines === undefined || stated === undefined) return false;
  const mark = content.bytes.length - lines.utf8OffsetOf(lines.text.length);
  if (mark !== 0 && mark !== 3) return false;
  if (bytes.start !== mark + lines.utf8OffsetOf(stated.start)) return true;
  return hasLineEnd(region) && bytes.end !== mark + lines.utf8OffsetOf(stated.end);
}

/** Where no end is stated, the end of the line is not what the tool means. */
function hasLineEnd({ endLine, endColumn }: Region): boolean {
  return endLine !== undefined || endColumn !== undefined;
}
