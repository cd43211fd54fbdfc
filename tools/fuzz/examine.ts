import {
  type Diagnostic,
  type Drop,
  normalize,
  type Profile,
  ReadError,
  type ReadOptions,
  type Redaction,
  readSarif,
  validate,
} from '../../packages/sarif/src/index.ts';
import { segmentsOf } from '../../packages/sarif/src/json/pointer.ts';
import { examineLaterStages } from './examine-later-stages.ts';
import { examineNormality, examineParts } from './examine-parts.ts';
import { examinePieces } from './examine-pieces.ts';
import { ExternalFiles } from './external-files.ts';
import { type Breach, checkErrors, checkMessages, type TakeBreach } from './promises.ts';
import { Stopwatch } from './stopwatch.ts';
import { written } from './written.ts';

export interface Examination {
  readonly breaches: readonly Breach[];
  /** Processor time of the slowest way through everything, in milliseconds. */
  readonly slowestMs: number;
}

/** For what expires. */
const lookedAt = new Date('2026-01-01T00:00:00Z');

const profiles: readonly (Profile | undefined)[] = [undefined, 'cortex', 'github'];

/** Leads a document through everything the library does with one, and says which promises did not hold. Throws nothing. */
export async function examine(bytes: Uint8Array): Promise<Examination> {
  const broken = new Map<string, Breach>();
  const stopwatch = new Stopwatch();
  for (const profile of profiles) {
    const breach = (promise: string, detail: string): void => {
      if (!broken.has(promise)) broken.set(promise, { promise, detail: `profile ${profile}: ${detail}` });
    };
    await guarded(breach, () => examineWith(bytes, profile, breach, stopwatch));
    if (profile === undefined) await guarded(breach, () => examinePieces(bytes, breach));
  }
  return { breaches: [...broken.values()], slowestMs: stopwatch.slowestMs };
}

async function guarded(breach: TakeBreach, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ReadError) return;
    const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    const at = /\((?:file:\/\/)?[^()]*\/(packages\/[^()]*?):\d+:\d+\)/.exec(stack)?.[1] ?? 'unknown';
    breach(`nothing is thrown but ReadError (${name} in ${at})`, `${message}\n${stack}`);
  }
}

/** What goes to a destination is read with everything put aside that may stand in the way. */
function readingFor(profile: Profile | undefined, files: ExternalFiles): ReadOptions {
  return profile === undefined
    ? {}
    : { allowTruncated: true, ignoreTail: true, transcode: true, openExternal: files.open };
}

/** Half of what goes to a destination is rid of what is sensitive. */
function redactionFor(profile: Profile | undefined, bytes: Uint8Array): Redaction | undefined {
  if (profile === undefined || bytes.length % 2 === 0) return undefined;
  return profile === 'cortex' ? 'all' : 'secrets';
}

/** One way through: read, validate, normalize, write, and the same again with what was written; then parts. */
async function examineWith(
  bytes: Uint8Array,
  profile: Profile | undefined,
  breach: TakeBreach,
  stopwatch: Stopwatch,
): Promise<void> {
  const diagnostics: Diagnostic[] = [];
  const repairs: Diagnostic[] = [];
  const drops: Drop[] = [];
  const files = new ExternalFiles();
  let read = 0;
  const report = (diagnostic: Diagnostic): void => {
    diagnostics.push(diagnostic);
  };
  const onDrop = (drop: Drop): void => {
    drops.push(drop);
  };
  const events = validate(readSarif(bytes, { ...readingFor(profile, files), report, onDrop }), {
    report,
    profile,
    authoring: true,
    now: lookedAt,
  });
  const counted = (async function* () {
    for await (const event of events) {
      if (event.type === 'run-end') read += event.results;
      yield event;
    }
  })();
  const redact = redactionFor(profile, bytes);
  const normal = normalize(counted, { profile, redact, onDrop, report: (diagnostic) => repairs.push(diagnostic) });
  const once = await stopwatch.timed(() => written(normal));
  // What stands in another file has its pointers there.
  if (files.opened === 0) checkDiagnostics(diagnostics, bytes, breach);
  checkMessages(repairs, breach);

  const log = JSON.parse(decoder.decode(once)) as { runs: { results?: unknown[] | null }[] };
  const kept = log.runs.reduce((sum, { results }) => sum + (results?.length ?? 0), 0);
  if (kept + drops.length !== read) {
    breach('every result is kept or told to be dropped', `${read} were read, ${kept} kept, ${drops.length} dropped`);
  }

  const again: Diagnostic[] = [];
  const errors: Diagnostic[] = [];
  const checked = validate(readSarif(once), { report: (diagnostic) => errors.push(diagnostic), profile });
  const twice = await written(normalize(checked, { profile, redact, report: (diagnostic) => again.push(diagnostic) }));
  if (!isSame(once, twice)) {
    const at = firstDifference(once, twice);
    const detail = `first ${textAround(once, at)}\nthen ${textAround(twice, at)}`;
    const rules = new Set(again.filter(({ fix }) => fix !== undefined).map(({ ruleId }) => ruleId));
    for (const rule of rules.size === 0 ? ['without a repair'] : rules) {
      breach(`normalizing again changes nothing (${rule})`, detail);
    }
  }
  checkErrors(errors, 'what is normalized', breach);
  const sensitive = errors.find(({ ruleId }) => redact === 'all' && ruleId === 'SF-V018');
  if (sensitive !== undefined) breach('nothing sensitive is left', `${sensitive.pointer}: ${sensitive.message}`);
  const parts = await stopwatch.timed(() => examineParts(once, kept, profile, breach));
  await examineNormality(parts, profile, breach);
  if (profile === undefined) await stopwatch.timed(() => examineLaterStages(once, kept, breach));
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function checkDiagnostics(diagnostics: readonly Diagnostic[], bytes: Uint8Array, breach: TakeBreach): void {
  checkMessages(diagnostics, breach);
  let document: unknown;
  try {
    document = JSON.parse(decoder.decode(bytes));
  } catch {
    // A result that is no JSON was left out: pointers cannot be followed by a parser that wants all of it.
    return;
  }
  for (const { ruleId, pointer, place } of diagnostics) {
    // What stands in a member that is repeated later is in the text alone.
    const isInTextAlone = ruleId.startsWith('SF-P');
    if (!isInTextAlone && !resolves(document, pointer))
      breach(`every pointer leads somewhere (${ruleId})`, pointer.slice(0, 500));
    if (place !== undefined && !(place.byteOffset >= 0 && place.byteOffset <= bytes.length && place.line >= 1)) {
      breach(`every place lies in the input (${ruleId})`, JSON.stringify(place));
    }
  }
}

function resolves(document: unknown, pointer: string): boolean {
  let value = document;
  for (const segment of segmentsOf(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return false;
    value = (value as Record<string, unknown>)[segment];
  }
  return true;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

function firstDifference(one: Uint8Array, other: Uint8Array): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

function textAround(bytes: Uint8Array, at: number): string {
  return new TextDecoder().decode(bytes.subarray(Math.max(0, at - 120), at + 120));
}
