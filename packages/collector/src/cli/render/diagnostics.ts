import type { FileSource } from '../../input/file-source.ts';
import { InputError } from '../../input/input-error.ts';
import type { DiagnosticGroup } from '../diagnostic-groups.ts';
import { renderCodeFrame } from './code-frame.ts';
import { levelColors } from './level-colors.ts';
import type { Paint } from './paint.ts';
import { formatCount } from './quantities.ts';
import { readSourceWindow } from './source-window.ts';
import { joinText, type Text, text } from './text.ts';

/** What diagnostics are drawn with. */
export interface DiagnosticStyle {
  readonly paint: Paint;
  /** Columns of the output. */
  readonly columns: number;
}

/**
 * One kind of defect as lines: what, where, the code around it, the repair, and how many more there are.
 *
 * @param path the input's display name
 * @param source where the code is read from, a few kilobytes around the place; without it no code is shown
 */
export async function renderDiagnostic(
  group: DiagnosticGroup,
  path: string,
  source: FileSource | undefined,
  style: DiagnosticStyle,
): Promise<Text[]> {
  const { first, count } = group;
  const { paint, columns } = style;
  const title = paint[levelColors[first.level]](`${first.level}[${first.ruleId}]`);
  const lines = [text`${paint.bold(title)} ${paint.bold(first.message)}`];

  const gutter = first.place === undefined ? 2 : Math.max(String(first.place.line).length, 2);
  const indent = ' '.repeat(gutter);
  const where = first.place === undefined ? text`${path}` : text`${path}:${first.place.line}:${first.place.column}`;
  lines.push(
    text`${indent}${paint.blue('-->')} ${where}${first.pointer === '' ? '' : '  '}${paint.dim(first.pointer)}`,
  );
  if (first.place !== undefined && source !== undefined) {
    lines.push(...(await renderFrame(source, first.place, { paint, columns, gutter })));
  }

  const note = (words: Text) => text`${indent} ${paint.blue('=')} ${words}`;
  if (first.fix !== undefined) lines.push(note(text`repair: ${first.fix.description}`));
  if (count > 1) lines.push(note(text`${formatCount(count - 1)} more like this in this file`));
  return lines;
}

async function renderFrame(
  source: FileSource,
  place: { readonly byteOffset: number; readonly line: number },
  style: DiagnosticStyle & { readonly gutter: number },
): Promise<Text[]> {
  try {
    return renderCodeFrame(await readSourceWindow(source, place.byteOffset), place.line, style);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return [joinText([' '.repeat(style.gutter), ' = the code around it cannot be shown any more: ', error.message])];
  }
}
