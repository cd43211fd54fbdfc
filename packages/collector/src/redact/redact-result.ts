import type { Result } from '@sariflow/sarif';
import { cutMark, cutNeedles, cutRandomWords, cutTokens } from './cut-secrets.ts';

/** A result without secrets. */
export interface RedactedResult {
  /** The one that came in where nothing was cut. */
  readonly result: Result;
  readonly cuts: number;
}

/** Identifiers: cutting them would tell one finding for another, and none of them is a secret. */
const identifiers: ReadonlySet<string> = new Set([
  'ruleId',
  'guid',
  'correlationGuid',
  'id',
  'kind',
  'level',
  'baselineState',
]);
/** Members whose strings are source text, and say what the secret is when a secret scanner wrote them. */
const sources: ReadonlySet<string> = new Set(['snippet', 'insertedContent']);
/** Texts about the finding. */
const words: ReadonlySet<string> = new Set(['message', 'text', 'markdown', 'arguments']);
const maxDepth = 100;
const shortestNeedle = 6;
const mostNeedles = 50;

/**
 * Takes the secrets out of a result before it leaves: tokens of known forms, wherever they stand; of a finding about a secret also the source text,
 * which is the secret, what stands in it wherever else it stands, and random words in its messages.
 *
 * @param isAboutSecret the finding says that a secret was found
 */
export function redactResult(result: Result, isAboutSecret: boolean): RedactedResult {
  const needles = new Set<string>();
  if (isAboutSecret) collectNeedles(result, needles, 0);
  const cutter = new Cutter(isAboutSecret, needles);
  const clean = cutter.cut(result, '', 0, { inSource: false, inWords: false }) as Result;
  return { result: cutter.cuts === 0 ? result : clean, cuts: cutter.cuts };
}

interface Around {
  readonly inSource: boolean;
  readonly inWords: boolean;
}

class Cutter {
  cuts = 0;
  readonly #isAboutSecret: boolean;
  readonly #needles: ReadonlySet<string>;

  constructor(isAboutSecret: boolean, needles: ReadonlySet<string>) {
    this.#isAboutSecret = isAboutSecret;
    this.#needles = needles;
  }

  cut(value: unknown, name: string, depth: number, around: Around): unknown {
    if (typeof value === 'string') return identifiers.has(name) ? value : this.#text(value, around);
    // What is nested deeper was refused by the reader.
    if (typeof value !== 'object' || value === null || depth > maxDepth) return value;
    const inside = {
      inSource: around.inSource || sources.has(name),
      inWords: around.inWords || words.has(name),
    };
    return Array.isArray(value)
      ? this.#list(value, name, depth, inside)
      : this.#members(value as Record<string, unknown>, depth, inside);
  }

  /** The same list where nothing in it changes. */
  #list(list: readonly unknown[], name: string, depth: number, inside: Around): readonly unknown[] {
    let changed: unknown[] | undefined;
    for (const [at, item] of list.entries()) {
      const clean = this.cut(item, name, depth + 1, inside);
      if (clean === item) continue;
      changed ??= [...list];
      changed[at] = clean;
    }
    return changed ?? list;
  }

  /** The same object where nothing in it changes. Members such as `__proto__` are data, and stay members. */
  #members(given: Readonly<Record<string, unknown>>, depth: number, inside: Around): object {
    let changed: Map<string, unknown> | undefined;
    for (const member of Object.keys(given)) {
      const here = words.has(member) && !inside.inWords ? { ...inside, inWords: true } : inside;
      const clean = this.cut(given[member], member, depth + 1, here);
      if (clean === given[member]) continue;
      changed ??= new Map(Object.entries(given));
      changed.set(member, clean);
    }
    return changed === undefined ? given : Object.fromEntries(changed);
  }

  #text(text: string, { inSource, inWords }: Around): string {
    if (this.#isAboutSecret && inSource && text.trim() !== '') {
      this.cuts += 1;
      return cutMark;
    }
    let clean = cutTokens(text);
    this.cuts += clean.cuts;
    if (!this.#isAboutSecret) return clean.text;
    clean = cutNeedles(clean.text, this.#needles);
    this.cuts += clean.cuts;
    if (!inWords) return clean.text;
    clean = cutRandomWords(clean.text);
    this.cuts += clean.cuts;
    return clean.text;
  }
}

/** What the source text of a finding about a secret consists of: itself, and the values in it. */
function collectNeedles(value: unknown, needles: Set<string>, depth: number): void {
  if (typeof value !== 'object' || value === null || depth > maxDepth) return;
  for (const [member, held] of Object.entries(value)) {
    const text =
      sources.has(member) && typeof held === 'object' && held !== null ? (held as { text?: unknown }).text : undefined;
    if (typeof text === 'string') {
      const whole = text.trim();
      const values = whole.match(/[^\s"'`=:,;(){}[\]]{6,}/g) ?? [];
      for (const needle of [whole, ...values.filter(isValue)]) {
        if (needle.length >= shortestNeedle && needles.size < mostNeedles) needles.add(needle);
      }
    }
    collectNeedles(held, needles, depth + 1);
  }
}

/** A value rather than a name such as `password` or `AWS_SECRET`: something in it is no letter or underscore. */
function isValue(word: string): boolean {
  return !/^[A-Za-z_.]+$/.test(word);
}
