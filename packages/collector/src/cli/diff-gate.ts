import type { BaselineState, Level, LogDiff } from '@sariflow/sarif';
import { InvalidArgumentError } from 'commander';
import type { GateReading } from './documents/diff-document.ts';

const states = ['new', 'updated', 'unchanged', 'absent'] as const satisfies readonly BaselineState[];

/** From the least severe to the most. */
const levels = ['none', 'note', 'warning', 'error'] as const satisfies readonly Level[];

/** What makes `sariflow diff` fail: results of a state with a level or a more severe one. */
export type GateCondition = Pick<GateReading, 'state' | 'level'>;

/** Reads `new:error`, or `new` for any level, and adds it to those that were given before. */
export function parseGate(written: string, before: readonly GateCondition[] = []): readonly GateCondition[] {
  const [stateWord, levelWord = 'none', ...rest] = written.split(':');
  const state = states.find((each) => each === stateWord);
  const level = levels.find((each) => each === levelWord);
  if (state === undefined || level === undefined || rest.length > 0) {
    throw new InvalidArgumentError(
      `Give a state and a level, such as new:error. States are ${states.join(', ')}; levels are ${levels.join(', ')}.`,
    );
  }
  return [...before, { state, level }];
}

/** How many results each condition finds. Those that somebody suppressed do not count. */
export function readGate(conditions: readonly GateCondition[], { counts }: Pick<LogDiff, 'counts'>): GateReading[] {
  return conditions.map(({ state, level }) => {
    const severe = levels.slice(levels.indexOf(level));
    const results = severe.reduce((sum, each) => sum + counts[state].levels[each], 0);
    return { state, level, results };
  });
}
