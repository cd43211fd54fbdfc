import type { DiagnosticLevel } from '@sariflow/sarif';
import type { Paint } from './paint.ts';

/** The colour of each level. */
export const levelColors = { error: 'red', warning: 'yellow', note: 'cyan' } as const satisfies Readonly<
  Record<DiagnosticLevel, keyof Paint>
>;
