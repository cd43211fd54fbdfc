import type { Output } from '../output.ts';
import { displayWidth, fitStart } from './display-width.ts';
import { formatDuration } from './quantities.ts';
import { type Text, text } from './text.ts';

/** How far the work is. */
export interface ProgressState {
  /** What is being done, such as `sending`. */
  readonly verb: string;
  readonly done: number;
  /** Unknown while inputs are still being found. */
  readonly total?: number | undefined;
  /** What is counted, such as `parts`. */
  readonly unit: string;
  /** Anything else, such as bytes and speed. */
  readonly note?: string | undefined;
}

/** A bar on a terminal; elsewhere a line now and then. */
export interface Progress {
  update(state: ProgressState): void;
  /** Takes the bar away, so that a line can be written; the next update brings it back. */
  hide(): void;
}

/** Milliseconds from any starting point. */
export type ProgressClock = () => number;

/** Fast enough to look alive, slow enough to cost nothing. */
const redrawMs = 100;
/** A build log wants to know that work goes on, not each step of it. */
const lineMs = 10_000;
const barColumns = 28;

export function createProgress(output: Output, isQuiet: boolean, clock: ProgressClock): Progress {
  if (isQuiet) return { update() {}, hide() {} };
  return output.isTerminal ? createBar(output, clock) : createLines(output, clock);
}

function createBar(output: Output, clock: ProgressClock): Progress {
  let isShown = false;
  let drawnAt = Number.NEGATIVE_INFINITY;
  return {
    update(state) {
      const isLast = state.done === state.total;
      if (!isLast && clock() - drawnAt < redrawMs) return;
      drawnAt = clock();
      isShown = true;
      const line = renderBar(state, output);
      void output.write(`\r\x1b[2K${line.value}`);
    },
    hide() {
      if (isShown) void output.write('\r\x1b[2K');
      isShown = false;
      drawnAt = Number.NEGATIVE_INFINITY;
    },
  };
}

function renderBar({ verb, done, total, unit, note }: ProgressState, { paint, columns }: Output): Text {
  const words = text`${done}${total === undefined ? '' : `/${total}`} ${unit}${note === undefined ? '' : `  ${note}`}`;
  const room = Math.max(columns - verb.length - 8, 10);
  const shownWords = displayWidth(words.value) > room ? text`${fitStart(words.value, room)}` : words;
  const bar =
    total === undefined || total === 0 ? text`` : renderBlocks(done / total, columns - displayWidth(words.value));
  return bar.value === '' ? text`  ${verb}  ${shownWords}` : text`  ${verb}  ${paint.cyan(bar)}  ${shownWords}`;
}

function renderBlocks(share: number, columns: number): Text {
  const width = Math.min(barColumns, columns - 24);
  if (width < 8) return text``;
  const full = Math.round(Math.min(Math.max(share, 0), 1) * width);
  return text`${'█'.repeat(full)}${'░'.repeat(width - full)}`;
}

function createLines(output: Output, clock: ProgressClock): Progress {
  const startedAt = clock();
  let saidAt = startedAt;
  return {
    update({ verb, done, total, unit, note }) {
      if (clock() - saidAt < lineMs) return;
      saidAt = clock();
      const of = total === undefined ? '' : `/${total}`;
      output.line(
        text`  ${formatDuration(saidAt - startedAt)}  ${verb} ${done}${of} ${unit}${note === undefined ? '' : `  ${note}`}`,
      );
    },
    hide() {},
  };
}
