import { deepEqual } from '@sariflow/sarif';
import { isObject, type JsonObject } from '../values/json-object.ts';
import type { XrayFinding } from './entry.ts';

/** Violations beyond this number become results of their own, so that memory stays bounded. */
const mostViolations = 5000;
const unitSeparator = '\u001f';

const none: ReadonlySet<Row> = new Set();

interface Row {
  readonly violation: JsonObject;
  isTaken: boolean;
}

/**
 * Violations that repeat vulnerabilities of the same report. They are joined by what was found and in which version of which
 * package, and told as part of the vulnerability's result.
 */
export class ViolationTable {
  readonly #rows = new Map<string, Row[]>();
  #count = 0;

  add(finding: XrayFinding): void {
    if (this.#count >= mostViolations) return;
    this.#count += 1;
    const row: Row = { violation: finding.raw, isTaken: false };
    for (const key of keysOf(finding)) {
      const rows = this.#rows.get(key);
      if (rows === undefined) this.#rows.set(key, [row]);
      else rows.push(row);
    }
  }

  /** A vulnerability: the violations that repeat it are from now on part of it. */
  mark(finding: XrayFinding): void {
    for (const row of this.#rowsOf(finding)) row.isTaken = true;
  }

  /** The violations that repeat a vulnerability, without what they repeat. */
  take(finding: XrayFinding): readonly JsonObject[] {
    return Array.from(this.#rowsOf(finding), ({ violation }) => difference(violation, finding.raw));
  }

  /** Whether a violation is part of a vulnerability that was taken. */
  isTaken(finding: XrayFinding): boolean {
    return keysOf(finding).some((key) =>
      this.#rows.get(key)?.some(({ violation, isTaken }) => isTaken && deepEqual(violation, finding.raw)),
    );
  }

  #rowsOf(finding: XrayFinding): ReadonlySet<Row> {
    if (this.#count === 0) return none;
    return new Set(keysOf(finding).flatMap((key) => this.#rows.get(key) ?? []));
  }
}

function keysOf({ ruleId, issueId, components, category }: XrayFinding): string[] {
  const { name = '', version = '' } = components[0] ?? {};
  const ids = new Set([ruleId, ...(issueId === undefined ? [] : [issueId])]);
  return Array.from(ids, (id) => [category, id, name, version].join(unitSeparator));
}

/** The members of a violation that the vulnerability does not have, or has otherwise. */
function difference(violation: JsonObject, vulnerability: JsonObject): JsonObject {
  const members = Object.entries(violation).filter(
    ([name, value]) => value !== null && !(Object.hasOwn(vulnerability, name) && alike(vulnerability[name], value)),
  );
  return Object.fromEntries(members);
}

function alike(a: unknown, b: unknown): boolean {
  return (
    deepEqual(a, b) ||
    (isObject(a) &&
      isObject(b) &&
      Object.keys(b).every((name) => Object.hasOwn(a, name) && deepEqual(a[name], b[name])))
  );
}
