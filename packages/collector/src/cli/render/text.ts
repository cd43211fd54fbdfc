import { escapeText } from './escape-text.ts';

const proof: unique symbol = Symbol('safe to print');

/** Text that is safe to print: made of our own words, escaped data, and colours. Only this file and `paint.ts` make it. */
export interface Text {
  readonly [proof]: true;
  readonly value: string;
}

/** What a template takes: safe text as it is, numbers, and strings, which are taken for data and escaped. */
export type Insertable = Text | string | number;

/** Takes a template's own words as they are and escapes every string put into it: ``text`reading ${path}` ``. */
export function text(words: TemplateStringsArray, ...values: readonly Insertable[]): Text {
  let value = words[0] ?? '';
  values.forEach((inserted, index) => {
    value += insertedText(inserted) + (words[index + 1] ?? '');
  });
  return safe(value);
}

/** Data as safe text. */
export function textOf(data: Insertable): Text {
  return safe(insertedText(data));
}

/** Several pieces as one, with our own words in between. */
export function joinText(pieces: readonly Insertable[], separator = ''): Text {
  return safe(pieces.map(insertedText).join(separator));
}

/** Wraps safe text into words of ours, such as colour codes. The caller vouches for them. */
export function wrapText(before: string, inner: Insertable, after: string): Text {
  return safe(before + insertedText(inner) + after);
}

function insertedText(inserted: Insertable): string {
  if (typeof inserted === 'number') return String(inserted);
  return typeof inserted === 'string' ? escapeText(inserted) : inserted.value;
}

function safe(value: string): Text {
  return { [proof]: true, value };
}
