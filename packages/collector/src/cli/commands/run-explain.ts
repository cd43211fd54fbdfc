import { printDocument, schemaVersion } from '../documents/document.ts';
import type { ExplainDocument } from '../documents/explain-document.ts';
import { exitFor } from '../exit-code.ts';
import type { Explanation } from '../explain/explanation.ts';
import { explanations } from '../explain/explanations.ts';
import { findExplanation } from '../explain/find-explanation.ts';
import { renderExplanation, renderExplanationList } from '../render/explanations.ts';
import { text } from '../render/text.ts';
import type { Services } from '../services.ts';
import { UsageError } from '../usage-error.ts';

/** Does what `sariflow explain` says. */
export async function runExplain(codes: readonly string[], _options: object, { result, isJson }: Services) {
  const asked = codes.map(explain);
  const exit = exitFor([]);
  if (isJson) {
    const all = asked.length === 0 ? explanations : asked;
    const document: ExplainDocument = {
      schemaVersion,
      command: 'explain',
      exit,
      files: [],
      explanations: all,
      next: [],
    };
    await result.write(printDocument(document));
    return exit;
  }
  if (asked.length === 0) for (const line of renderExplanationList(explanations, result)) result.line(line);
  for (const [index, explanation] of asked.entries()) {
    if (index > 0) result.line(text``);
    for (const line of renderExplanation(explanation, result)) result.line(line);
  }
  return exit;
}

function explain(code: string): Explanation {
  const found = findExplanation(code);
  if (found.explanation !== undefined) return found.explanation;
  const { nearest } = found;
  const advice =
    nearest === undefined ? 'sariflow explain lists all codes.' : `Did you mean ${nearest.code}? ${nearest.summary}`;
  throw new UsageError(`There is no code "${code}". ${advice}`);
}
