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

/**
 * Puts arguments in the place of placeholders, once from left to right: what an argument holds is never looked at again. A
 * placeholder without an argument stays, and so does a brace that stands alone (section 3.11.11).
 *
 * @param written how an argument is written where it is put, which is `index` in `text`
 */
export function expand(
  text: string,
  args: readonly string[],
  written: (argument: string, index: number) => string = (argument) => argument,
): string {
  return text.replace(token, (found, position: string | undefined, index: number) => {
    if (found === '{{') return '{';
    if (found === '}}') return '}';
    const argument = position === undefined ? undefined : args[Number(position)];
    return argument === undefined ? found : written(argument, index);
  });
}
