import type { DatabaseSync } from 'node:sqlite';
import { type Answer, errorAnswer, jsonAnswer, notFoundAnswer } from '../answer.ts';
import { parseFindingQuery, parsePage } from '../finding-query.ts';
import type { FindingCount, FindingStore, StoredFinding } from '../storage/finding-store.ts';
import type { UploadLog } from '../storage/upload-log.ts';
import type { Clock } from '../tenant.ts';

/** Longest text of one member in a list; the whole text is one request away. */
const listedCharacters = 400;

/** Answers the page's questions. JSON only; no secret is among the answers. */
export function createUiApi(
  database: DatabaseSync,
  findings: FindingStore,
  uploads: UploadLog,
  /** Given where findings become visible by the passing of time alone. */
  changingWith: Clock | undefined,
): (path: string, rawQuery: string) => Answer {
  // Grouping some 100,000 findings takes a while, and the page asks again and again.
  let cached: { version: number; counts: FindingCount[] } | undefined;

  return (path, rawQuery) => {
    try {
      if (path === 'version') return jsonAnswer(200, { version: version() });
      if (path === 'summary') return jsonAnswer(200, summary());
      if (path === 'uploads') {
        const { offset, limit } = parsePage(rawQuery);
        return jsonAnswer(200, uploads.page(offset, limit));
      }
      if (path === 'findings') {
        const query = parseFindingQuery(rawQuery);
        return jsonAnswer(200, { total: findings.count(query), findings: findings.find(query).map(listed) });
      }
      const id = /^findings\/(\d{1,15})$/.exec(path)?.[1];
      const finding = id === undefined ? undefined : findings.get(Number(id));
      return finding === undefined ? notFoundAnswer('There is no such thing.') : jsonAnswer(200, finding);
    } catch (error) {
      if (error instanceof TypeError) return errorAnswer(400, 'BadRequest', error.message);
      throw error;
    }
  };

  /** Changes whenever something was stored. Findings that become visible later are seen by the clock, every second. */
  function version(): number {
    const changes = Number(database.prepare('SELECT total_changes() AS n').get()?.['n'] ?? 0);
    return changingWith === undefined ? changes : changes + Math.floor(changingWith() / 1000);
  }

  function summary() {
    const current = version();
    if (cached?.version !== current) cached = { version: current, counts: findings.counts() };
    return { version: current, uploads: uploads.page(0, 0).total, counts: cached.counts };
  }
}

function listed(finding: StoredFinding) {
  const { ruleHelp: _help, ruleDescription: _description, snippet: _snippet, ...row } = finding;
  return { ...row, message: shortened(row.message), uri: row.uri.slice(-listedCharacters) };
}

function shortened(text: string): string {
  return text.length <= listedCharacters ? text : `${text.slice(0, listedCharacters)}…`;
}
