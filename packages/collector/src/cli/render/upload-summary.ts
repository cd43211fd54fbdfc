import type { Level } from '@sariflow/sarif';
import type { DocumentPart } from '../documents/upload-document.ts';
import { renderColumns } from './columns.ts';
import type { Paint } from './paint.ts';
import { countOf, formatCount } from './quantities.ts';
import { type Insertable, type Text, text } from './text.ts';

const shownLevels = ['error', 'warning', 'note'] as const satisfies readonly Level[];

/** A table of results per tool and level; nothing when there are none. */
export function renderLevels(levels: ReadonlyMap<string, Readonly<Record<Level, number>>>, paint: Paint): Text[] {
  if (levels.size === 0) return [];
  const head: Insertable[] = ['', ...shownLevels.map((level) => paint.dim(level))];
  const rows = Array.from(levels, ([tool, counts]): Insertable[] => [
    tool,
    // `none` becomes `note` on the way to the platform, which would take it for the highest severity.
    ...shownLevels.map((level) => formatCount(counts[level] + (level === 'note' ? counts.none : 0))),
  ]);
  return renderColumns([head, ...rows], ['left', 'right', 'right', 'right']);
}

/** What went wrong with parts, one line per reason. */
export function renderFailures(parts: readonly DocumentPart[], paint: Paint): Text[] {
  const failures = new Map<string, { part: DocumentPart; parts: number; results: number }>();
  for (const part of parts) {
    // What is held back was said, with its reason, when its file was looked at.
    if (part.outcome === 'accepted' || part.outcome === 'would-send' || part.outcome === 'held') continue;
    const key = `${part.outcome} ${part.code ?? ''} ${part.reason ?? ''}`;
    const failure = failures.get(key) ?? { part, parts: 0, results: 0 };
    failure.parts += 1;
    failure.results += part.results;
    failures.set(key, failure);
  }
  return Array.from(failures.values(), ({ part, parts: count, results }) => {
    const code = part.code === undefined || part.code === part.outcome ? '' : ` (${part.code})`;
    const answered = part.httpStatus === null ? '' : ` HTTP ${part.httpStatus}.`;
    return text`  ${paint.red(part.outcome)}${code}  ${countOf(count, 'part')}, ${countOf(results, 'finding')}.${answered} ${part.reason ?? ''}`;
  });
}

/** What the target remarked about parts that it took, one line per remark. */
export function renderWarnings(parts: readonly DocumentPart[]): Text[] {
  const remarks = new Map<string, number>();
  for (const { warning } of parts) {
    if (warning !== undefined) remarks.set(warning, (remarks.get(warning) ?? 0) + 1);
  }
  return Array.from(remarks, ([warning, count]) => text`  the target remarks on ${countOf(count, 'part')}: ${warning}`);
}
