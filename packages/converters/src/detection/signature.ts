import type { FormatId, OtherFormatId } from './format-id.ts';
import type { Shape } from './shape.ts';

/**
 * How one variant of a format is told from the others. Clues are paths: `results[].check_id` is a member of the first
 * element of an array; `results=[]` is an empty array.
 */
export interface Signature {
  readonly format: FormatId | OtherFormatId;
  /** In words, such as `Semgrep JSON`. */
  readonly title: string;
  /** Clues that must all be there. */
  readonly has: readonly string[];
  /** Clues that must not be there. */
  readonly lacks?: readonly string[];
  /** No other format has these clues, so seeing them at the beginning of a file is enough. */
  readonly decisive?: true;
  /** Other formats may look like this; it counts only where nothing better fits. */
  readonly weak?: true;
}

/** Whether a shape shows a clue. */
export function shows(shape: Shape, clue: string): boolean {
  const wantsEmpty = clue.endsWith('=[]');
  let at: Shape | undefined = shape;
  for (const step of stepsOf(wantsEmpty ? clue.slice(0, -'=[]'.length) : clue)) {
    if (at === undefined) return false;
    if (step === '[]') at = at.kind === 'array' ? at.first : undefined;
    else at = at.members.get(step);
  }
  if (at === undefined) return false;
  return !wantsEmpty || (at.kind === 'array' && at.complete && at.first === undefined);
}

/** Whether a shape has all that a signature asks for and nothing that it rules out. */
export function fits(shape: Shape, { has, lacks = [] }: Signature): boolean {
  return has.every((clue) => shows(shape, clue)) && !lacks.some((clue) => shows(shape, clue));
}

function stepsOf(clue: string): string[] {
  const steps: string[] = [];
  for (const part of clue.split('.')) {
    const isElement = part.endsWith('[]');
    const name = isElement ? part.slice(0, -2) : part;
    if (name !== '') steps.push(name);
    if (isElement) steps.push('[]');
  }
  return steps;
}
