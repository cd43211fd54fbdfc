import { displayWidth } from './display-width.ts';

/** Words in lines of at most so many columns. A word that is longer stays whole: it may be something to copy. */
export function breakLines(words: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && displayWidth(longer) > columns) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}
