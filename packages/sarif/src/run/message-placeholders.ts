/** `{{` and `}}` are braces, `{0}` stands for an argument, any other brace for itself (section 3.11.5). */
const token = /\{\{|\}\}|\{(\d+)\}|[{}]/g;

/** What a message string needs. */
export interface Placeholders {
  /** The largest number in a placeholder; -1 when there is none. */
  readonly highest: number;
  /** Where the first brace stands that belongs to no pair and no placeholder; -1 when there is none. */
  readonly loneBrace: number;
}

export function placeholdersIn(text: string): Placeholders {
  let highest = -1;
  let loneBrace = -1;
  for (const { 0: found, 1: position, index } of text.matchAll(token)) {
    if (position !== undefined) highest = Math.max(highest, Number(position));
    else if (found.length === 1 && loneBrace === -1) loneBrace = index;
  }
  return { highest, loneBrace };
}

/** Puts arguments into a stretch of a message. `written` says how an argument is written where it is put, which is `index` in it. */
export type Fill = (stretch: string, written?: (argument: string, index: number) => string) => string;

/** What arguments add at most to a message where they are repeated: so many characters, and so many times those that are given. */
const alwaysAdded = 16_384;
const timesAdded = 3;

/**
 * Puts arguments in the place of placeholders, once from left to right: what an argument holds is never looked at again. A
 * placeholder without an argument stays, and so does a brace that stands alone (section 3.11.11). So does one whose argument was
 * put in before, where that would make the message many times longer than what is given: a thousand placeholders and an argument as
 * long as they are would make millions of characters.
 *
 * @param text the whole message, whose stretches are filled from left to right
 */
export function filler(text: string, args: readonly string[]): Fill {
  let length = text.length;
  for (const argument of args) length += argument.length;
  let room = alwaysAdded + timesAdded * length;
  const isUsed = new Set<number>();
  return (stretch, written = (argument) => argument) =>
    stretch.replace(token, (found, digits: string | undefined, index: number) => {
      if (found === '{{') return '{';
      if (found === '}}') return '}';
      const position = Number(digits);
      const argument = digits === undefined ? undefined : args[position];
      if (argument === undefined) return found;
      if (isUsed.has(position)) {
        if (argument.length > room) return found;
        room -= argument.length;
      }
      isUsed.add(position);
      return written(argument, index);
    });
}
