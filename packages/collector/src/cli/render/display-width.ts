let segmenter: Intl.Segmenter | undefined;

/** Made when it is first needed, which takes 20 ms: most of what is shown is ASCII. */
function segmentsOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return segmenter.segment(text);
}

const escapeSequence = /\x1b\[[0-9;]*m/g;
const wide =
  /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}])/u;
const markOnly = /^[\p{Mn}\p{Me}\u200d]+$/u;

/** How many columns a terminal uses for a text: two for wide characters and emoji, none for combining marks and colour codes. */
export function displayWidth(shown: string): number {
  const plain = shown.replace(escapeSequence, '');
  if (/^[\x20-\x7e]*$/.test(plain)) return plain.length;
  let width = 0;
  for (const { segment } of segmentsOf(plain)) width += segmentWidth(segment);
  return width;
}

/** The longest beginning of a text that fits into so many columns. */
export function fitStart(shown: string, columns: number): string {
  let width = 0;
  let kept = '';
  for (const { segment } of segmentsOf(shown)) {
    width += segmentWidth(segment);
    if (width > columns) break;
    kept += segment;
  }
  return kept;
}

/** The longest end of a text that fits into so many columns. */
export function fitEnd(shown: string, columns: number): string {
  const segments = Array.from(segmentsOf(shown), ({ segment }) => segment);
  let width = 0;
  let start = segments.length;
  while (start > 0) {
    width += segmentWidth(segments[start - 1]!);
    if (width > columns) break;
    start -= 1;
  }
  return segments.slice(start).join('');
}

function segmentWidth(segment: string): number {
  if (wide.test(segment)) return 2;
  return markOnly.test(segment) ? 0 : 1;
}
