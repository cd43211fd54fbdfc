import type { Output } from './output.ts';
import { createProgress, type Progress, type ProgressClock } from './render/progress.ts';
import { type Text, text } from './render/text.ts';

/** How much is said besides the result. */
export type Verbosity = 'quiet' | 'normal' | 'verbose';

/** What a command says on standard error. Standard output belongs to the result. */
export interface Conversation {
  /** What happens, for who watches. */
  info(line: Text): void;
  /** Said with `--verbose` only. */
  detail(line: Text): void;
  /** What the user should know even with `--quiet`. */
  warn(line: Text): void;
  error(line: Text): void;
  /** A line for the CI system, which has to stand alone. Said with `--quiet`, too. */
  annotate(line: Text): void;
  /** What can be done next. */
  next(line: Text): void;
  progress: Progress;
  readonly output: Output;
}

export function createConversation(output: Output, verbosity: Verbosity, clock: ProgressClock): Conversation {
  const { paint } = output;
  const progress = createProgress(output, verbosity === 'quiet', clock);
  const say = (line: Text) => {
    progress.hide();
    output.line(line);
  };
  return {
    output,
    progress,
    info(line) {
      if (verbosity !== 'quiet') say(line);
    },
    detail(line) {
      if (verbosity === 'verbose') say(text`  ${paint.dim(line)}`);
    },
    warn: (line) => say(text`${paint.yellow('warning:')} ${line}`),
    error: (line) => say(text`${paint.red('error:')} ${line}`),
    annotate: say,
    next(line) {
      if (verbosity !== 'quiet') say(text`  ${paint.dim('next:')} ${line}`);
    },
  };
}
