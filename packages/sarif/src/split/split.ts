import type { Report } from '../diagnostics/diagnostic.ts';
import { resultDiagnostic } from '../diagnostics/diagnostic-of.ts';
import type { LogStartEvent, ResultEvent, RunEndEvent, RunStartEvent, SarifEvent } from '../events/event.ts';
import { blocksOf } from '../events/event-stream.ts';
import type { ResultBlock } from '../events/result-block.ts';
import { concatenate } from '../json/concatenate.ts';
import type { Level } from '../model/model.ts';
import type { Drop } from '../read/read-sarif.ts';
import { partLimit } from '../rules/cortex/c011-part-limit.ts';
import { ByteBuffer } from './byte-buffer.ts';
import { copyBlock, learnPositions } from './copy-block.ts';
import { RunSection, SplitRun } from './run-section.ts';
import { shorterVersions } from './shorten.ts';
import { writeOfBlock, writeResult } from './write-result.ts';

/** A complete, minified SARIF log that stands alone and is no larger than asked. */
export interface Part {
  /** 1-based, in the order of the log. */
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly results: number;
  /** Name of the driver of its first run. */
  readonly tool: string;
  /**
   * Where its results stand in the log that was split: for each of its runs the run there, and of each result the position
   * in that run's results.
   */
  readonly origins: readonly { readonly runIndex: number; readonly resultIndexes: readonly number[] }[];
  /** Results by level; a result that states none counts as `warning`, the default of the standard. */
  readonly levels: Readonly<Record<Level, number>>;
}

export interface SplitOptions {
  /** No part is longer, in bytes of UTF-8. */
  readonly maxBytes: number;
  /** No part has more results. Default: as many as the bytes allow. */
  readonly maxResults?: number | undefined;
  /**
   * Puts the second and later parts of a run into categories of their own, for receivers that replace what they have of a
   * category by what comes (section 3.17.3). Default false: the run id alone tells the parts apart.
   */
  readonly ownCategories?: boolean;
  /** Makes all parts in one piece of memory: the bytes of a part are valid only until the next one is asked for. Default false. */
  readonly reuseMemory?: boolean;
  /** Begins a new part where the tool changes, for receivers that keep tools apart. Default false. */
  readonly oneToolPerPart?: boolean;
  /** Takes a diagnostic for each result that had to be shortened or dropped because it alone is too long. */
  readonly report?: Report | undefined;
  readonly onDrop?: ((drop: Drop) => void) | undefined;
}

/** The header of a run or of the log alone is longer than a part may be. */
export class PartTooSmallError extends Error {
  override readonly name = 'PartTooSmallError';
  readonly code = 'SF-C011';
}

/**
 * Packs a log into as few parts as its order allows. Each is a valid log with the descriptors, artifacts and taxa that its
 * results use and no others, but for those that alone tell two of its tool components apart, and every index points to where
 * its target stands in the part. The same events give the same bytes. A run without results stays, because it says that the
 * scan found nothing. Memory: one part and one result.
 *
 * @throws {PartTooSmallError} when what every part repeats is longer than `maxBytes`
 */
export async function* splitIntoParts(events: AsyncIterable<SarifEvent>, options: SplitOptions): AsyncGenerator<Part> {
  const splitter = new Splitter(options);
  for await (const batch of blocksOf(events)) {
    for (const piece of batch) {
      if (piece.type !== 'results') {
        splitter.add(piece);
        yield* splitter.takeDone();
        continue;
      }
      for (let at = splitter.copyOf(piece, 0); at < piece.count; at += splitter.copyOf(piece, at)) {
        splitter.addOf(piece, at);
        if (splitter.hasDone) yield* splitter.takeDone();
        at += 1;
      }
    }
  }
  // Not where it is left early: the part that was handed on last may still be in use.
  splitter.release();
}

/** Room for the header of a part in front of its results. */
const headRoom = 4 * 1024 * 1024;

/** Larger parts are rare: their memory grows as it is needed. */
const maxExpectedBytes = 32 * 1024 * 1024;

const encoder = new TextEncoder();
const COMMA = 0x2c;

interface OpenSection {
  readonly section: RunSection;
  readonly start: number;
  results: number;
  readonly resultIndexes: number[];
}

class Splitter {
  readonly #options: SplitOptions;
  #body: ByteBuffer;
  /** Takes its turn with the other where memory is used again: one is filled while the part in the other is handed on. */
  #otherBody: ByteBuffer | undefined;
  /** Whether the part that was closed last is in the larger piece of memory, and what came since is in the other one. */
  #isSwapped = false;
  readonly #done: Part[] = [];
  #logHead: Uint8Array = new Uint8Array(0);
  #number = 0;
  /** Sections of the part that is being filled. Only the last one can grow. */
  #sections: OpenSection[] = [];
  /** Bytes of all sections but the last, with everything around them. */
  #closedBytes = 0;
  #levels = noLevels();
  /** Results in the part that is being filled. */
  #results = 0;
  #run: SplitRun | undefined;

  constructor(options: SplitOptions) {
    this.#options = options;
    // The last result that is tried may go beyond the part.
    const expected = Math.min(options.maxBytes, maxExpectedBytes) + 64 * 1024;
    this.#body = new ByteBuffer(expected, options.reuseMemory ? headRoom : 0);
    if (options.reuseMemory) this.#otherBody = new ByteBuffer(expected, headRoom);
  }

  release(): void {
    this.#body.release();
    this.#otherBody?.release();
  }

  *takeDone(): Generator<Part> {
    while (this.#done.length > 0) yield this.#done.shift() as Part;
    this.#returnToMemory();
  }

  /** Goes on in the memory of the part that was handed on, which is free again: the other one then never holds more than a result or two. */
  #returnToMemory(): void {
    if (!this.#isSwapped || this.#otherBody === undefined) return;
    this.#isSwapped = false;
    const [beginning, memory] = [this.#body, this.#otherBody];
    memory.clear();
    memory.append(beginning.view(0, beginning.length));
    this.#body = memory;
    this.#otherBody = beginning;
  }

  get hasDone(): boolean {
    return this.#done.length > 0;
  }

  /** Adds one result of a block. */
  addOf(block: ResultBlock, at: number): void {
    if (this.#tryAddOf(block, at)) {
      learnPositions(block, at, this.#open.section);
      this.#noteOrigin(block.firstIndex + at);
    } else this.#addResult(block.eventAt(at));
  }

  /** Adds results of a block, from one on, as long as that is a matter of copying. Returns how many. */
  copyOf(block: ResultBlock, from: number): number {
    for (let at = from; ; ) {
      const open = this.#open;
      const room = {
        bytes: this.#options.maxBytes - this.#size(),
        results: (this.#options.maxResults ?? Number.POSITIVE_INFINITY) - this.#results,
        needsComma: open.results > 0,
      };
      const count = copyBlock(block, at, open.section, room, this.#body, this.#levels);
      for (let more = 0; more < count; more += 1) this.#noteOrigin(block.firstIndex + at + more);
      open.results += count;
      this.#results += count;
      at += count;
      if (count === 0 || at === block.count) return at - from;
    }
  }

  /** The section that grows. */
  get #open(): OpenSection {
    return this.#sections[this.#sections.length - 1] as OpenSection;
  }

  add(event: SarifEvent): void {
    switch (event.type) {
      case 'log-start':
        this.#logHead = encoder.encode(logHead(event));
        break;
      case 'run-start':
        this.#startRun(event);
        break;
      case 'result':
        this.#addResult(event);
        break;
      case 'run-end':
        this.#endRun(event);
        break;
      case 'log-end':
        this.#closePart();
        break;
    }
  }

  #startRun(event: RunStartEvent): void {
    this.#run = new SplitRun(event, this.#options.ownCategories === true);
    const before = this.#sections.at(-1)?.section.split.run.tool.driver.name;
    if (this.#options.oneToolPerPart && before !== undefined && before !== event.run.tool.driver.name)
      this.#closePart();
    this.#openSection();
    if (this.#size() <= this.#options.maxBytes) return;
    if (this.#sections.length > 1) {
      this.#dropEmptySection();
      this.#closePart();
      this.#openSection();
    }
    this.#expectRoom(event.runIndex);
  }

  #expectRoom(runIndex: number): void {
    if (this.#size() <= this.#options.maxBytes) return;
    throw new PartTooSmallError(
      `What every part of run ${runIndex} repeats is ${this.#size()} bytes long, but a part may be ${this.#options.maxBytes}. Allow larger parts.`,
    );
  }

  #endRun({ runIndex, addedRules = [] }: RunEndEvent): void {
    const open = this.#sections.at(-1) as OpenSection;
    const run = this.#run as SplitRun;
    if (open.results > 0) return;
    if (run.sections > 1) {
      // What was to stand here was too long for any part.
      this.#dropEmptySection();
      return;
    }
    // Descriptors that results brought along are in place; that of a run without results is not.
    const [rule] = addedRules;
    if (rule === undefined) return;
    open.section.addRule(rule);
    if (this.#size() > this.#options.maxBytes && this.#sections.length > 1) {
      this.#dropEmptySection();
      this.#closePart();
      this.#openSection().section.addRule(rule);
    }
    this.#expectRoom(runIndex);
  }

  #openSection(): OpenSection {
    const last = this.#sections.at(-1);
    if (last !== undefined) this.#closedBytes += sectionBytes(last, this.#body.length) + 1;
    const section = new RunSection(this.#run as SplitRun, this.#sections.length);
    const open = { section, start: this.#body.length, results: 0, resultIndexes: [] };
    this.#sections.push(open);
    return open;
  }

  #addResult(event: ResultEvent): void {
    if (this.#tryAdd(event)) return;
    const section = this.#sections.at(-1) as OpenSection;
    if (section.results > 0 || this.#sections.length > 1) {
      if (section.results === 0) this.#dropEmptySection();
      this.#closePart();
      this.#openSection();
      if (this.#tryAdd(event)) return;
    }
    this.#addShortened(event);
  }

  /** Takes back the last section, which holds nothing yet. */
  #dropEmptySection(): void {
    this.#sections.pop();
    (this.#run as SplitRun).sections -= 1;
    const last = this.#sections.at(-1);
    if (last !== undefined) this.#closedBytes -= sectionBytes(last, this.#body.length) + 1;
  }

  #tryAdd(event: ResultEvent): boolean {
    const level = () => event.level ?? event.result.level;
    const isIn = this.#tryWrite(({ section, results }, out) => {
      writeResult(event, section, results, out);
      return true;
    }, level);
    if (isIn) this.#noteOrigin(event.resultIndex);
    return isIn;
  }

  #noteOrigin(resultIndex: number): void {
    this.#open.resultIndexes.push(resultIndex);
  }

  /** False as well when it takes an event to write the result. */
  #tryAddOf(block: ResultBlock, at: number): boolean {
    this.#block = block;
    this.#at = at;
    return this.#tryWrite(this.#writeOfBlock, this.#levelOfBlock);
  }

  #block: ResultBlock | undefined;
  #at = 0;
  readonly #writeOfBlock = ({ section }: OpenSection, out: ByteBuffer) =>
    writeOfBlock(this.#block as ResultBlock, this.#at, section, out);
  readonly #levelOfBlock = () => (this.#block as ResultBlock).levelAt(this.#at);

  #tryWrite(write: (open: OpenSection, out: ByteBuffer) => boolean, level: () => Level | undefined): boolean {
    const open = this.#open;
    if (this.#results >= (this.#options.maxResults ?? Number.POSITIVE_INFINITY)) return false;
    open.section.begin();
    const start = this.#body.length;
    if (open.results > 0) this.#body.appendByte(COMMA);
    if (!write(open, this.#body) || this.#size() > this.#options.maxBytes) {
      open.section.rollback();
      this.#body.cutTo(start);
      return false;
    }
    open.results += 1;
    this.#results += 1;
    this.#levels[level() ?? 'warning'] += 1;
    return true;
  }

  #addShortened(event: ResultEvent): void {
    const { runIndex, resultIndex, addedRule } = event;
    const limit = `for a part of ${this.#options.maxBytes} bytes`;
    for (const { result, leftOut } of shorterVersions(event.result)) {
      if (!this.#tryAdd({ type: 'result', runIndex, resultIndex, result, addedRule })) continue;
      const fix = `Left out: ${leftOut.join(', ')}.`;
      this.#options.report?.(resultDiagnostic(partLimit, `The result is too long ${limit}.`, event, [], { fix }));
      return;
    }
    this.#options.report?.(
      resultDiagnostic(partLimit, `The result is too long ${limit}, even without its details.`, event, []),
    );
    this.#options.onDrop?.({ runIndex, resultIndex, ruleId: partLimit.id });
  }

  /** Length of the part if it were closed now, in bytes; never too small. */
  #size(): number {
    const last = this.#sections.at(-1);
    const open = last === undefined ? 0 : sectionBytes(last, this.#body.length);
    return this.#logHead.length + this.#closedBytes + open + ']}'.length;
  }

  /** The part in the memory that it was made in, where it may stay there: until the next one is handed on. */
  #inPlace(): Uint8Array | undefined {
    const [only, another] = this.#sections;
    // Of two parts that end with one event, the first is not handed on yet.
    if (this.#otherBody === undefined || only === undefined || another !== undefined || this.#done.length > 0)
      return undefined;
    const head = encoder.encode(only.section.header());
    const length = this.#body.length;
    this.#body.append(encoder.encode(`${only.section.footer}]}`));
    const bytes = this.#body.viewBehind(concatenate([this.#logHead, head]));
    this.#body.cutTo(length);
    if (bytes !== undefined) {
      [this.#body, this.#otherBody] = [this.#otherBody, this.#body];
      this.#isSwapped = true;
    }
    return bytes;
  }

  #assembled(): Uint8Array {
    const chunks: Uint8Array[] = [this.#logHead];
    for (const [index, { section, start }] of this.#sections.entries()) {
      const end = this.#sections[index + 1]?.start ?? this.#body.length;
      chunks.push(encoder.encode(`${index > 0 ? ',' : ''}${section.header()}`), this.#body.view(start, end));
      chunks.push(encoder.encode(section.footer));
    }
    chunks.push(encoder.encode(']}'));
    return concatenate(chunks);
  }

  #closePart(): void {
    if (this.#sections.length === 0) return;
    const bytes = this.#inPlace() ?? this.#assembled();
    this.#number += 1;
    const first = this.#sections[0] as OpenSection;
    this.#done.push({
      number: this.#number,
      bytes,
      results: this.#results,
      tool: first.section.split.run.tool.driver.name,
      origins: this.#sections.map(({ section, resultIndexes }) => ({
        runIndex: section.split.event.runIndex,
        resultIndexes,
      })),
      levels: this.#levels,
    });
    this.#sections = [];
    this.#closedBytes = 0;
    this.#body.clear();
    this.#levels = noLevels();
    this.#results = 0;
  }
}

/** Bytes of a section whose results end at `end` of the body. */
function sectionBytes({ section, start }: OpenSection, end: number): number {
  return section.headerBytes + (end - start) + section.footer.length;
}

function logHead({ log }: LogStartEvent): string {
  const { version: _, $schema: __, ...rest } = log;
  const head = JSON.stringify({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', ...rest });
  return `${head.slice(0, -1)},"runs":[`;
}

function noLevels(): Record<Level, number> {
  return { none: 0, note: 0, warning: 0, error: 0 };
}
