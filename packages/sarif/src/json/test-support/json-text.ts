import fc from 'fast-check';
import { Dice } from './dice.ts';

/** How a JSON text is written: choices that one seed makes. */
export interface Style {
  readonly seed: number;
  /** Percentage of places with white space. */
  readonly space: number;
  /** Percentage of characters that are written as escapes. */
  readonly escapes: number;
  /** Percentage of objects with a member that is repeated later. */
  readonly repeats: number;
  /** Percentage of integers with a fraction or an exponent. */
  readonly fractions: number;
}

export const styles: fc.Arbitrary<Style> = fc.record({
  seed: fc.nat(),
  space: fc.constantFrom(0, 0, 30),
  escapes: fc.constantFrom(0, 0, 20),
  repeats: fc.constantFrom(0, 0, 20),
  fractions: fc.constantFrom(0, 0, 30),
});

export const compact: Style = { seed: 1, space: 0, escapes: 0, repeats: 0, fractions: 0 };

/** A JSON text of the value, with the white space, the escapes and the repeated members of the style. */
export function jsonText(value: unknown, style: Style): string {
  return new JsonWriter(style).text(value);
}

/** The members of every object in an order that the seed decides. */
export function shuffled(value: unknown, seed: number): unknown {
  const dice = new Dice(seed);
  const visit = (each: unknown): unknown => {
    if (Array.isArray(each)) return each.map(visit);
    if (typeof each !== 'object' || each === null) return each;
    const entries = Object.entries(each).map(([name, member]) => ({
      order: dice.below(1e6),
      name,
      member: visit(member),
    }));
    return fromEntries(entries.sort((one, other) => one.order - other.order).map(({ name, member }) => [name, member]));
  };
  return visit(value);
}

/** An object with these members, `__proto__` among them as any other. */
function fromEntries(entries: readonly (readonly [string, unknown])[]): unknown {
  return Object.fromEntries(entries);
}

const spaces = [' ', '\n', '\t', '\r\n', '   ', '\n\n  '];
const fractions = ['.0', 'e0', 'E+0', '.00e-0'];
const short: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

class JsonWriter {
  readonly #style: Style;
  readonly #dice: Dice;

  constructor(style: Style) {
    this.#style = style;
    this.#dice = new Dice(style.seed);
  }

  text(value: unknown): string {
    return `${this.#space()}${this.#value(value)}${this.#space()}`;
  }

  #value(value: unknown): string {
    if (typeof value === 'string') return this.#string(value);
    if (Array.isArray(value)) {
      return `[${this.#list(value.map((element) => this.#value(element)))}]`;
    }
    if (typeof value === 'object' && value !== null) {
      const members = Object.entries(value).map(([name, member]) => this.#member(name, member));
      if (members.length > 0 && this.#dice.chance(this.#style.repeats)) {
        const name = this.#dice.pick(Object.keys(value));
        members.unshift(this.#member(name, this.#dice.pick([null, 1, 'x', [], [1, 2], { a: [1] }])));
      }
      return `{${this.#list(members)}}`;
    }
    const text = JSON.stringify(value);
    const isInteger = typeof value === 'number' && /^-?[0-9]+$/.test(text);
    return isInteger && this.#dice.chance(this.#style.fractions) ? text + this.#dice.pick(fractions) : text;
  }

  #member(name: string, value: unknown): string {
    return `${this.#string(name)}${this.#space()}:${this.#space()}${this.#value(value)}`;
  }

  #list(items: readonly string[]): string {
    if (items.length === 0) return this.#space();
    return items.map((item) => `${this.#space()}${item}${this.#space()}`).join(',');
  }

  #space(): string {
    return this.#dice.chance(this.#style.space) ? this.#dice.pick(spaces) : '';
  }

  #string(text: string): string {
    let out = '"';
    for (const character of text) {
      const isLone = character >= '\ud800' && character <= '\udfff' && character.length === 1;
      if (isLone) out += unicodeEscapes(character);
      else if (this.#dice.chance(this.#style.escapes)) {
        out += character === '/' ? '\\/' : unicodeEscapes(character);
      } else out += short[character] ?? (character < ' ' ? unicodeEscapes(character) : character);
    }
    return `${out}"`;
  }
}

function unicodeEscapes(character: string): string {
  let out = '';
  for (let at = 0; at < character.length; at += 1) {
    out += `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
  }
  return out;
}
