import { type Diagnostic, ruleDocuments } from '../../packages/sarif/src/index.ts';

/** A promise that a document made Sariflow break. */
export interface Breach {
  /** Short, and the same for documents that break the promise in the same way: what is minimised keeps it. */
  readonly promise: string;
  /** What exactly happened. */
  readonly detail: string;
}

/** Told about a promise that was broken, and what exactly happened. */
export type TakeBreach = (promise: string, detail: string) => void;

/** Defects that no repair is known for: a normalized log may still have them. */
const unrepairable = new Set<string>(
  ruleDocuments.filter(({ explanation }) => /^None\b/.test(explanation.repair)).map(({ id }) => id),
);

/** What was made of a document, called `what`, has no error left that can be mended. */
export function checkErrors(diagnostics: readonly Diagnostic[], what: string, breach: TakeBreach): void {
  for (const { ruleId, level, message, pointer } of diagnostics) {
    // Results that were never there are not made up, and the rules of destinations go on saying so, of the run.
    const isWithoutResults = ['SF-C010', 'SF-G008'].includes(ruleId) && /^\/runs\/\d+(?:\/results)?$/.test(pointer);
    // What is only counted was judged by those that are listed.
    const isCount = / more like the \d+ above\.$/.test(message);
    if (level !== 'error' || unrepairable.has(ruleId) || isWithoutResults || isCount) continue;
    breach(`${what} has no error (${ruleId})`, `${pointer}: ${message}`);
  }
}

/** Every diagnostic is a sentence, and none says that a rule failed. */
export function checkMessages(diagnostics: readonly Diagnostic[], breach: TakeBreach): void {
  for (const { ruleId, message } of diagnostics) {
    if (message.includes('which is a defect of Sariflow')) breach(`no rule throws (${ruleId})`, message);
    else if (!/[.?)]$/.test(message)) breach(`every message is a sentence (${ruleId})`, message.slice(0, 500));
  }
}
