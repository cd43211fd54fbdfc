import type { Place, Report } from '../diagnostics/diagnostic.ts';
import { diagnosticOf } from '../diagnostics/diagnostic-of.ts';
import { Reporter } from '../diagnostics/reporter.ts';
import type { JsonIndex } from '../json/index-json.ts';
import type { PathSegment } from '../json/pointer.ts';
import { findTextDefects, type TextDefect } from '../json/text-defects.ts';
import { illFormedFix, illFormedMessage, validUtf8 } from '../rules/bytes/p104-valid-utf-8.ts';
import { textDefectMessage, textRepairOf, textRules } from '../rules/bytes/text-rules.ts';

/** How many defects of one value are kept for its repair; hostile input has millions, which are counted only. */
const maxKept = 100_000;

const none: readonly TextDefect[] = [];

/** What can be repaired in the text of a log without its results. */
export interface HeaderTextDefects {
  /** Outside the runs. Paths start at the log. */
  readonly log: readonly TextDefect[];
  /** Paths start at the run. */
  ofRun(runIndex: number): readonly TextDefect[];
}

/** Says what the parser passed over in silence, and keeps what can be repaired. */
export class TextChecker {
  readonly #reporter: Reporter;

  constructor(report: Report | undefined) {
    this.#reporter = new Reporter(report);
  }

  header(index: JsonIndex): HeaderTextDefects {
    const log: TextDefect[] = [];
    const runs = new Map<number, TextDefect[]>();
    let kept = 0;
    index.textDefects(
      (defect, place) => {
        const [first, runIndex] = defect.path;
        const isInRun = first === 'runs' && typeof runIndex === 'number';
        this.#say(defect, defect.path, place, isInRun ? { runIndex } : {});
        if (textRepairOf(defect) === undefined || kept === maxKept) return;
        kept += 1;
        if (!isInRun) log.push(defect);
        else {
          const known = runs.get(runIndex) ?? [];
          known.push({ ...defect, path: defect.path.slice(2) });
          runs.set(runIndex, known);
        }
      },
      { isFreeForm },
    );
    return { log, ofRun: (runIndex) => runs.get(runIndex) ?? none };
  }

  /** Looks at the text of one result. `placeAt` says where a byte of it stands in the source. */
  result(
    text: Uint8Array,
    { runIndex, resultIndex }: { readonly runIndex: number; readonly resultIndex: number },
    placeAt: (index: number) => Place,
  ): readonly TextDefect[] {
    let kept: TextDefect[] | undefined;
    findTextDefects(
      text,
      (defect) => {
        const path = ['runs', runIndex, 'results', resultIndex, ...defect.path];
        this.#say(defect, path, () => placeAt(defect.index), { runIndex, resultIndex });
        if (textRepairOf(defect) === undefined) return;
        kept ??= [];
        if (kept.length < maxKept) kept.push(defect);
      },
      { isFreeForm },
    );
    return kept ?? none;
  }

  /** Says that U+FFFD takes the place of what begins with this byte of a result and is no UTF-8. */
  replaced(
    byte: number,
    { runIndex, resultIndex }: { readonly runIndex: number; readonly resultIndex: number },
    path: readonly PathSegment[],
    place: () => Place,
  ): void {
    const full = ['runs', runIndex, 'results', resultIndex, ...path];
    this.#reporter.add(validUtf8.id, validUtf8.level, () =>
      diagnosticOf(validUtf8, illFormedMessage(byte), full, place, { runIndex, resultIndex, fix: illFormedFix }),
    );
  }

  /** Says how many defects were only counted. */
  end(): void {
    this.#reporter.end();
  }

  #say(
    defect: TextDefect,
    path: readonly PathSegment[],
    place: () => Place,
    at: { readonly runIndex?: number; readonly resultIndex?: number },
  ): void {
    const rule = textRules[defect.code];
    this.#reporter.add(rule.id, rule.level, () =>
      diagnosticOf(rule, textDefectMessage(defect), path, place, { ...at, fix: textRepairOf(defect) }),
    );
  }
}

/** Property bags may hold any number. */
function isFreeForm(path: readonly PathSegment[]): boolean {
  return path.includes('properties');
}
