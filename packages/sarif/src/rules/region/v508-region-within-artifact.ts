import type { Region } from '../../model/model.ts';
import { columnKindOf } from '../../run/column-kind.ts';
import { type Content, contentsIn } from '../../run/content.ts';
import { byteSpanOf, charSpanOf, lineSpanOf } from '../../run/region.ts';
import { defineRule } from '../rule.ts';
import { artifactOfRegion } from './artifact-of-region.ts';

/** Only where the log holds the content of the artifact. */
export const regionWithinArtifact = defineRule({
  id: 'SF-V508',
  name: 'region-within-artifact',
  level: 'warning',
  specSection: '3.30',
  summary: 'A region does not go beyond the end of its artifact.',
  explanation: {
    cause: 'The file changed after the scan, lines count from 0 or with other line breaks, or another file is named.',
    reason: 'There is nothing to show at such a place, and fingerprints of it mean nothing.',
    repair: 'None: where the finding really is, is not known. Viewers show the end of the file.',
    before: '{ "contents": { "text": "one\\ntwo\\n" } } with { "region": { "startLine": 40 } }',
    after: '{ "contents": { "text": "one\\ntwo\\n" } } with { "region": { "startLine": 2 } }',
  },
  visits: 'region',
  check(region, visit, report) {
    const contents = contentsIn(visit.context);
    if (contents.isEmpty) return;
    const artifact = artifactOfRegion(visit);
    const content = artifact === undefined ? undefined : contents.of(artifact);
    if (content === undefined) return;
    const member = memberBeyond(region, content, visit.context.run);
    if (member === undefined) return;
    report({
      message: `'${member}' is beyond the end of the artifact, whose content is in the log. Write a place inside it.`,
      at: region[member] === undefined ? [] : [member],
      value: region[member],
    });
  },
});

type PlaceMember =
  | 'startLine'
  | 'startColumn'
  | 'endLine'
  | 'endColumn'
  | 'charOffset'
  | 'charLength'
  | 'byteOffset'
  | 'byteLength';

/** The first member that leads beyond the end. Characters may be counted in UTF-16 code units, of which there are most. */
function memberBeyond(
  region: Region,
  { lines, bytes }: Content,
  run: Parameters<typeof columnKindOf>[0],
): PlaceMember | undefined {
  const span = lineSpanOf(region);
  if (span !== undefined && lines !== undefined) {
    const kind = columnKindOf(run);
    const start = lines.offsetOf(span.startLine, span.startColumn, kind);
    if (start === undefined) return 'startLine';
    if (start > lines.text.length) return 'startColumn';
    const end = lines.offsetOf(span.endLine, span.endColumn, kind);
    if (end === undefined) return 'endLine';
    if (end > lines.text.length) return 'endColumn';
  }
  const chars = charSpanOf(region);
  if (chars !== undefined && lines !== undefined) {
    if (chars.start > lines.text.length) return 'charOffset';
    if (chars.end > lines.text.length) return 'charLength';
  }
  const octets = byteSpanOf(region);
  if (octets === undefined || bytes === undefined) return undefined;
  if (octets.start > bytes.length) return 'byteOffset';
  return octets.end > bytes.length ? 'byteLength' : undefined;
}
