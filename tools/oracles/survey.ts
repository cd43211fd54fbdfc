import type { NamedDocument } from './corpus-logs.ts';

/** What the comparison of one document showed. */
export interface Verdict {
  /** How many things both sides said, or gave, alike. */
  readonly agreed: number;
  readonly differences: readonly string[];
  readonly unexplained: readonly string[];
}

/** What the comparison of many documents showed. */
export interface Survey {
  documents: number;
  agreed: number;
  /** How many documents showed each deliberate difference. */
  readonly differences: Map<string, number>;
  /** What nobody has explained: the document's name and a line to read. */
  readonly unexplained: { readonly name: string; readonly line: string }[];
}

export function emptySurvey(): Survey {
  return { documents: 0, agreed: 0, differences: new Map(), unexplained: [] };
}

export function addVerdict(survey: Survey, { name }: NamedDocument, verdict: Verdict): void {
  survey.documents += 1;
  survey.agreed += verdict.agreed;
  for (const id of verdict.differences) survey.differences.set(id, (survey.differences.get(id) ?? 0) + 1);
  for (const line of verdict.unexplained) survey.unexplained.push({ name, line });
}

/** Compares each document and adds up what that shows. */
export async function surveyOf(
  documents: Iterable<NamedDocument>,
  compare: (bytes: Uint8Array) => Promise<Verdict>,
): Promise<Survey> {
  const survey = emptySurvey();
  for (const document of documents) {
    const verdict = await compare(document.bytes).catch((error: unknown) => {
      throw new Error(`${document.name} could not be compared.`, { cause: error });
    });
    addVerdict(survey, document, verdict);
  }
  return survey;
}
