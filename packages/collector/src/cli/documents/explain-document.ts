import type { Explanation } from '../explain/explanation.ts';
import type { CommandDocument } from './document.ts';

/** `sariflow explain --json`. */
export interface ExplainDocument extends CommandDocument<never> {
  readonly command: 'explain';
  readonly explanations: readonly Explanation[];
}
