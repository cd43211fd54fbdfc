/** The word most like the one that was written, if one is close: at most a third of its characters differ. */
export function nearestWord(written: string, words: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let smallest = Math.floor(written.length / 3) + 1;
  for (const word of words) {
    const distance = editDistance(written.toLowerCase(), word.toLowerCase());
    if (distance < smallest) {
      nearest = word;
      smallest = distance;
    }
  }
  return nearest;
}

/** How many characters to insert, delete or replace to make one word the other (Levenshtein). */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const replace = previous[column - 1]! + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(previous[column]! + 1, current[column - 1]! + 1, replace));
    }
    previous = current;
  }
  return previous[right.length]!;
}
