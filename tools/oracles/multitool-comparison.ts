import { type Diagnostic, ruleDocuments } from '../../packages/sarif/src/index.ts';
import type { NamedDocument } from './corpus-logs.ts';
import { askMultitool, type MultitoolFinding } from './multitool.ts';
import { multitoolDifferences } from './multitool-differences.ts';
import { ourDiagnostics } from './our-diagnostics.ts';
import { parsed } from './parsed.ts';

export interface MultitoolComparison {
  /** Findings of sarif-multitool to which Sariflow has an answer in the same result, or the same header. */
  readonly agreed: number;
  /** The differences that were met, by their names. */
  readonly differences: readonly string[];
  /** What no deliberate difference covers, as lines to read. */
  readonly unexplained: readonly string[];
}

/**
 * Our rules for those of sarif-multitool, where more of ours answer than say so themselves (`like`): one rule of theirs is often
 * several of ours, and its schema check has ids of its own.
 */
const moreLike: Readonly<Record<string, readonly string[]>> = {
  JSON0001: ['SF-P101', 'SF-P104', 'SF-P105', 'SF-P106', 'SF-P107', 'SF-P114'],
  JSON1001: ['SF-S201', 'SF-S202', 'SF-S215', 'SF-S216', 'SF-P115', 'SF-P110', 'SF-V004', 'SF-V005', 'SF-S217'],
  JSON1002: ['SF-S203', 'SF-V304'],
  JSON1003: ['SF-S207'],
  JSON1005: ['SF-S204'],
  JSON1006: ['SF-S206'],
  JSON1008: ['SF-S206'],
  JSON1015: ['SF-S211', 'SF-S205'],
  JSON1017: ['SF-S212', 'SF-S213', 'SF-S203', 'SF-V304', 'SF-V901'],
  // A number in place of a word is of another type first of all.
  JSON1019: ['SF-S205', 'SF-V003', 'SF-S201'],
  JSON1020: ['SF-S208'],
  JSON1024: ['SF-S209', 'SF-S210'],
  SARIF1002: ['SF-V401', 'SF-V402', 'SF-V403', 'SF-V407', 'SF-V416', 'SF-V002'],
  SARIF1004: ['SF-V405', 'SF-V406', 'SF-V410'],
  SARIF1005: ['SF-V416', 'SF-V002'],
  SARIF1006: ['SF-V011'],
  SARIF1007: ['SF-S214', 'SF-S206', 'SF-V501', 'SF-V502', 'SF-V503'],
  SARIF1008: ['SF-V505', 'SF-V506'],
  SARIF1009: [
    'SF-V103',
    'SF-V104',
    'SF-V107',
    'SF-V115',
    'SF-V206',
    'SF-V411',
    'SF-V413',
    'SF-V414',
    'SF-V415',
    'SF-V601',
  ],
  // An id that is no text is equal to none.
  SARIF1010: ['SF-V101', 'SF-V102', 'SF-V105', 'SF-S201'],
  SARIF1011: ['SF-V002'],
  SARIF1012: ['SF-V301', 'SF-V302'],
  SARIF1013: ['SF-V309', 'SF-V417'],
  SARIF2004: ['SF-V101'],
  SARIF2008: ['SF-V001'],
  SARIF2017: ['SF-V505', 'SF-V509', 'SF-S214'],
  GH1011: ['SF-V002'],
  GH1013: ['SF-V001', 'SF-V002', 'SF-V003', 'SF-V004'],
  GH1014: ['SF-V005', 'SF-G008'],
  GH1015: ['SF-G008', 'SF-G009'],
  GH1016: ['SF-G008'],
  GH1017: ['SF-G008', 'SF-G009', 'SF-V404'],
  GH1018: ['SF-V006', 'SF-S201', 'SF-S203'],
  GH2012: ['SF-G008', 'SF-G009', 'SF-G014'],
};

const notJson = 'SF-P105';

const ours = answersByTheirId();

/** Whether we have a rule that answers to one of theirs. */
function isMapped(ruleId: string): boolean {
  return ours.has(ruleId);
}

/** Asks both about each document: what theirs calls an error or a warning has one of our rules say so, too. */
export async function compareWithMultitool(
  documents: readonly NamedDocument[],
): Promise<Map<NamedDocument, MultitoolComparison>> {
  const comparisons = new Map<NamedDocument, MultitoolComparison>();
  for (const [document, findings] of await askMultitool(documents, isMapped)) {
    comparisons.set(document, compareFindings(document, findings, await diagnosticsOf(document.bytes)));
  }
  return comparisons;
}

/** With the rules for GitHub and for authors, which sarif-multitool has, too. */
async function diagnosticsOf(bytes: Uint8Array): Promise<readonly Diagnostic[]> {
  const [authoring, github] = await Promise.all([
    ourDiagnostics(bytes, { authoring: true }),
    ourDiagnostics(bytes, { profile: 'github' }),
  ]);
  return [...authoring, ...github];
}

function compareFindings(
  { bytes }: NamedDocument,
  findings: readonly MultitoolFinding[],
  diagnostics: readonly Diagnostic[],
): MultitoolComparison {
  const document = parsed(bytes);
  const differences = new Set<string>();
  const unexplained: string[] = [];
  let agreed = 0;
  for (const finding of findings) {
    const { ruleId, messageId, level, details } = finding;
    const answers = ours.get(ruleId);
    if (answers === undefined || (level !== 'error' && level !== 'warning')) continue;
    const place = pointerIn(details[0] ?? '');
    // A result that is no JSON is said to be none, and nothing more.
    const isAnswer = ({ ruleId: id, pointer }: Diagnostic) =>
      (answers.has(id) || id === notJson) && isNear(pointer, place);
    if (diagnostics.some(isAnswer)) agreed += 1;
    else {
      const covering = multitoolDifferences.filter(({ covers }) => covers(finding, document));
      for (const { id } of covering) differences.add(id);
      if (covering.length === 0) unexplained.push(`${ruleId} ${messageId} ${JSON.stringify(details)}`);
    }
  }
  return { agreed, differences: [...differences], unexplained };
}

/** `runs[0].results[2].message` as a pointer; what is no such path is the whole document. */
function pointerIn(path: string): string {
  if (!/^[\w$%]+(?:\[\d+\]|\.[\w$%-]+)*$/.test(path)) return '';
  return `/${path.replace(/\[(\d+)\]/g, '/$1').replaceAll('.', '/')}`;
}

/** Whether two places lie in the same result, or one holds the other: each side has its own habit of where to point. */
function isNear(one: string, other: string): boolean {
  const [first, second] = [unitOf(one), unitOf(other)];
  return first.startsWith(second) || second.startsWith(first);
}

function unitOf(pointer: string): string {
  return `${/^\/runs\/\d+(?:\/results\/\d+)?/.exec(pointer)?.[0] ?? ''}/`;
}

function answersByTheirId(): ReadonlyMap<string, ReadonlySet<string>> {
  const answers = new Map<string, Set<string>>();
  const add = (theirs: string, id: string): void => {
    answers.set(theirs, (answers.get(theirs) ?? new Set()).add(id));
  };
  for (const { id, like = [] } of ruleDocuments) for (const theirs of like) add(theirs, id);
  for (const [theirs, ids] of Object.entries(moreLike)) for (const id of ids) add(theirs, id);
  return answers;
}
