import { displayWidth, fitEnd, fitStart } from './display-width.ts';
import type { Paint } from './paint.ts';
import type { SourceWindow } from './source-window.ts';
import { joinText, type Text, text, textOf } from './text.ts';

/** How a frame is drawn. */
export interface FrameStyle {
  readonly paint: Paint;
  /** Columns of the output. */
  readonly columns: number;
  /** Columns to leave for line numbers; frames of one list look calmer with the same. */
  readonly gutter: number;
}

const ellipsis = '…';

/**
 * The lines of a code frame: the line above, the line itself, and carets under the value. Lines longer than the output, such as whole reports
 * on one line, are cut around the place.
 *
 * ```
 *    |
 * 28 |           "ruleId": "R1",
 * 29 |           "level": "critical",
 *    |                    ^^^^^^^^^^
 * ```
 */
export function renderCodeFrame(window: SourceWindow, line: number, { paint, columns, gutter }: FrameStyle): Text[] {
  const room = Math.max(columns - gutter - 4, 30);
  const bar = paint.blue('|');
  const blank = text`${' '.repeat(gutter)} ${bar}`;
  const numbered = (number: number, code: Text) => text`${paint.blue(String(number).padStart(gutter))} ${bar} ${code}`;

  const { shownPrefix, shownSuffix, shownToken } = fitLine(window, room);
  const lines = [blank];
  if (window.lineBefore !== undefined && line > 1) lines.push(numbered(line - 1, clip(shown(window.lineBefore), room)));
  lines.push(numbered(line, joinText([printed(shownPrefix), printed(shownSuffix)])));
  const carets = '^'.repeat(Math.max(displayWidth(shownToken), 1));
  lines.push(text`${blank} ${' '.repeat(displayWidth(shownPrefix))}${paint.red(carets)}`);
  return lines;
}

/** Prefix and suffix cut so that they fit into `room` columns together; the place keeps at least a third of them on its right. */
function fitLine(window: SourceWindow, room: number) {
  const token = shown(tokenAt(window.suffix));
  const wholePrefix = shown(window.prefix);
  const wholeSuffix = shown(window.suffix);

  const suffixNeeds = Math.min(displayWidth(wholeSuffix), Math.max(Math.floor(room / 3), 10));
  const prefixRoom = room - suffixNeeds;
  const isPrefixCut = window.isCutLeft || displayWidth(wholePrefix) > prefixRoom;
  const shownPrefix = isPrefixCut ? ellipsis + fitEnd(wholePrefix, prefixRoom - 1) : wholePrefix;

  const suffixRoom = room - displayWidth(shownPrefix);
  const isSuffixCut = window.isCutRight || displayWidth(wholeSuffix) > suffixRoom;
  const kept = isSuffixCut ? fitStart(wholeSuffix, suffixRoom - 1) : wholeSuffix;
  return { shownPrefix, shownSuffix: isSuffixCut ? kept + ellipsis : kept, shownToken: token.slice(0, kept.length) };
}

/** The value that starts here: a string with its quotes, a word or number, else one character. */
function tokenAt(code: string): string {
  return /^"(?:[^"\\]|\\.)*"?|^[\w.+-]+|^./u.exec(code)?.[0] ?? '';
}

/** Source text as it is shown: tabs as blanks, everything unprintable escaped. */
function shown(code: string): string {
  return textOf(code.replaceAll('\t', '  ')).value;
}

function clip(code: string, room: number): Text {
  return printed(displayWidth(code) > room ? fitStart(code, room - 1) + ellipsis : code);
}

/** Escaping twice is harmless: what `shown` has made contains nothing that needs it. */
function printed(code: string): Text {
  return textOf(code);
}
