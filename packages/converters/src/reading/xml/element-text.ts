import { decodeEntities } from '../../texts/html-entities.ts';

const opening = '<![CDATA[';
const closing = ']]>';

/**
 * The text in an element that holds nothing else, from how it is written with its tags. Character data is taken as it is.
 * Undefined when there is none.
 */
export function elementText(written: string): string | undefined {
  const end = written.lastIndexOf('</');
  const inside = end === -1 ? '' : written.slice(written.indexOf('>') + 1, end);
  let text = '';
  let from = 0;
  while (from < inside.length) {
    const start = inside.indexOf(opening, from);
    const stop = start === -1 ? -1 : inside.indexOf(closing, start);
    if (stop === -1) break;
    text += decodeEntities(inside.slice(from, start)) + inside.slice(start + opening.length, stop);
    from = stop + closing.length;
  }
  text += decodeEntities(inside.slice(from));
  return text.trim() || undefined;
}
