import {
  type ByteSource,
  indexJson,
  type JsonIndex,
  jsonElements,
  type Limits,
  type PathSegment,
  ReadError,
  rereadable,
  type Source,
} from '@sariflow/sarif';
import type { Rereadable } from '../reading/bytes-from.ts';
import { bytesFrom } from '../reading/bytes-from.ts';
import { readHead } from '../reading/head.ts';
import { converters } from '../registry.ts';
import { vendorOf } from '../vendor-sarif/vendor.ts';
import type { FormatId, OtherFormatId } from './format-id.ts';
import { otherSignatures, sarifSignatures } from './other-signatures.ts';
import { recogniseBytes } from './recognise-bytes.ts';
import { headBytes, type ReportWithin, reportWithin } from './report-within.ts';
import { type Shape, shapeOfHead, shapeOfValue } from './shape.ts';
import { fits, type Signature, shows } from './signature.ts';

/** What a file is, and how that was seen. */
export interface Detection {
  /** `unknown` when it is JSON of no format that is known, or of several. */
  readonly format: FormatId | OtherFormatId | 'unknown';
  /** In words, such as `Semgrep JSON`. */
  readonly title: string;
  /** What was seen, or what is missing: part of a sentence. */
  readonly because: string;
  /** The formats that it could be, where there are several. */
  readonly candidates: readonly (FormatId | OtherFormatId)[];
  /** The version of SARIF, where it is an older one, whose members are others. */
  readonly olderVersion?: string;
}

/** Elements of longer arrays may be as long as the document: only their beginnings are looked at. In bytes. */
const maxParsedBytes = 4 * 1024 * 1024;
/** Of an array whose first elements say nothing, so many are looked at. */
const mostElements = 100;

/**
 * Finds out what a file is from its beginning; where that is not enough, from its top level, in one pass that builds
 * nothing. A source that can be read only once is used up by this; `convert` takes care of that itself.
 * @throws {ReadError} when it looks like JSON and is not
 */
export async function detectFormat(
  source: Source,
  options: { limits?: Partial<Limits> | undefined; signal?: AbortSignal | undefined } = {},
): Promise<Detection> {
  const { source: again, head } = await findReport(await rereadable(source, options));
  const bytes = recogniseBytes(head);
  if (bytes !== undefined) return { ...bytes, candidates: [] };

  const signatures = allSignatures();
  const { shape, trailing } = shapeOfHead(new TextDecoder().decode(head));
  if (shape?.complete && isDocument(trailing)) return severalDocuments;
  if (shape !== undefined && !shape.complete) {
    const decisive = signatures.find((signature) => signature.decisive && fits(shape, signature));
    if (decisive !== undefined) return recognised(decisive, shape);
  }

  // A report that ends early, or is broken somewhere, is still what it is: its own reader says what is wrong with it.
  const arrays = (path: readonly PathSegment[]) => path.length <= 2;
  try {
    const index = await indexJson(again, { ...options, arrays, counted: isFindings, onTruncated: () => {} });
    const judged = judge(await shapeOfIndex(again, index), signatures);
    if (judged.format !== 'unknown') return judged;
    // Findings that are not in UTF-8 say nothing to a reader of JSON, and enough about where they come from.
    const guessed = shape === undefined ? undefined : strongest(shape, signatures);
    if (guessed !== undefined) return recognised(guessed, shape as Shape);
    // What could not be made out may be what is missing.
    await indexJson(again, { ...options, arrays, counted: isFindings });
    return judged;
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    const fitting = shape === undefined ? undefined : strongest(shape, signatures);
    const isSeveral = error.code === 'SF-P107' && (await startsDocument(again, error));
    if (isSeveral && shape?.complete !== false) return severalDocuments;
    if (shape !== undefined && fitting !== undefined) return recognised(fitting, shape);
    if (isSeveral) return severalDocuments;
    throw error;
  }
}

const severalDocuments: Detection = {
  format: 'ndjson',
  title: 'several JSON documents in one file',
  because: 'a second document follows the first, as in the output of jq or in JSON lines',
  candidates: [],
};

/** The report in a file that has something in front of it, or is in UTF-16. */
export function findReport(source: Rereadable): Promise<ReportWithin> {
  return reportWithin(source, (text) => {
    const { shape } = shapeOfHead(text);
    const signatures = converters.flatMap((converter) => converter.signatures);
    return shape !== undefined && strongest(shape, signatures) !== undefined;
  });
}

function strongest(shape: Shape, signatures: readonly Signature[]): Signature | undefined {
  return signatures.find((signature) => !signature.weak && fits(shape, signature));
}

/** Whether a text starts like another document, and not like the next line of a log: `[INFO] Done.` */
function isDocument(text: string): boolean {
  return /^(?:\{|\[\s*(?:[[\]{"]|$))/.test(text);
}

/** All signatures, in the order in which they are tried. */
function allSignatures(): Signature[] {
  return [...sarifSignatures, ...converters.flatMap((converter) => converter.signatures), ...otherSignatures];
}

function judge(shape: Shape, signatures: readonly Signature[]): Detection {
  const fitting = signatures.filter((signature) => fits(shape, signature));
  const strong = fitting.filter((signature) => !signature.weak);
  const [best] = strong;
  if (best !== undefined) {
    const candidates = [...new Set(strong.map(({ format }) => format))];
    return candidates.length === 1 ? recognised(best, shape) : preferred(best, strong, candidates, shape);
  }
  const [weak] = fitting;
  const candidates = [...new Set(fitting.map(({ format }) => format))];
  if (weak !== undefined && candidates.length === 1) return recognised(weak, shape);
  if (weak !== undefined) {
    const because = `${weak.has.map(inWords).join(' and ')} alone fits ${candidates.join(' and ')}`;
    return { format: 'unknown', title: 'JSON of an unknown format', because, candidates };
  }
  return { format: 'unknown', title: 'JSON of an unknown format', because: nearest(shape, signatures), candidates: [] };
}

function recognised({ format, title, has }: Signature, shape: Shape): Detection {
  const because = `it has ${has.map(inWords).join(' and ')}`;
  const olderVersion = format === 'sarif' ? olderVersionOf(shape) : undefined;
  if (olderVersion !== undefined) {
    const told = `${because}, and its version is ${JSON.stringify(olderVersion)}`;
    return { format, title: `SARIF ${olderVersion}`, because: told, candidates: [], olderVersion };
  }
  const tool = format === 'sarif' ? toolOf(shape) : undefined;
  if (tool === undefined) return { format, title, because, candidates: [] };
  return {
    format,
    title: `SARIF of ${tool}`,
    because: `${because}, and its tool is ${JSON.stringify(tool)}`,
    candidates: [],
  };
}

function olderVersionOf(shape: Shape): string | undefined {
  const version = shape.members.get('version')?.text;
  return version !== undefined && /^(?:1\.|2\.0\.)/.test(version) ? version : undefined;
}

/** The tool of the first run of a SARIF log, where it stands near the beginning and is one whose quirks are repaired. */
function toolOf(shape: Shape): string | undefined {
  const path = ['tool', 'driver', 'name'];
  const run = shape.members.get('runs')?.first;
  const name = path.reduce<Shape | undefined>((at, step) => at?.members.get(step), run)?.text;
  return vendorOf(name) === undefined ? undefined : name;
}

/** The first of several formats that fit; the others are named, so that a caller who knows better can say so. */
function preferred(
  best: Signature,
  strong: readonly Signature[],
  candidates: Detection['candidates'],
  shape: Shape,
): Detection {
  const other = strong.find(({ format }) => format !== best.format) as Signature;
  const { because, ...detection } = recognised(best, shape);
  return {
    ...detection,
    because: `${because}; it could also be ${other.title}, as it has ${other.has.map(inWords).join(' and ')}`,
    candidates,
  };
}

/** The signatures that a document misses by least, and by what. */
function nearest(shape: Shape, signatures: readonly Signature[]): string {
  let most = 0;
  let best: Signature[] = [];
  for (const signature of signatures) {
    const share = signature.has.filter((clue) => shows(shape, clue)).length / signature.has.length;
    const reached = share === 0 ? partOfClue(shape, signature) : share;
    if (reached > most) [most, best] = [reached, []];
    const isNew = !best.some(({ title }) => title === signature.title);
    if (reached === most && reached > 0 && isNew && best.length < mostNeighbours) best.push(signature);
  }
  const names = [...shape.members.keys()].slice(0, 8).map(quoted).join(', ');
  const seen =
    shape.kind === 'array'
      ? 'the document is an array'
      : names === ''
        ? 'the document is an empty object'
        : `it has ${names}`;
  if (best.length === 0) return `${seen}, which no known format starts with`;
  return `${seen}; it is nearest to ${best.map((signature) => neighbour(shape, signature)).join('; or to ')}`;
}

/** Of formats that are equally near, so many are named. */
const mostNeighbours = 3;

function neighbour(shape: Shape, { title, has, lacks = [] }: Signature): string {
  const missing = has.filter((clue) => !shows(shape, clue)).map(inWords);
  const disturbing = lacks.filter((clue) => shows(shape, clue)).map(inWords);
  return `${title}, and ${missing.length > 0 ? `lacks ${missing.join(' and ')}` : `has ${disturbing.join(' and ')} as well`}`;
}

/** A clue whose first step is there counts for something: `results` without `check_id` is still nearest to Semgrep. */
function partOfClue(shape: Shape, { has }: Signature): number {
  const outer = has.filter((clue) => {
    const first = /^[^.[=]+/.exec(clue)?.[0];
    return first !== undefined && shape.members.has(first);
  });
  return outer.length / has.length / 4;
}

async function shapeOfIndex(source: Uint8Array | Blob | ByteSource, index: JsonIndex): Promise<Shape> {
  const root = shapeOfValue(index.root);
  for (const array of index.arrays) {
    const place = array.path.reduce<Shape | undefined>((at, step) => at?.members.get(String(step)), root);
    if (place === undefined || array.count === 0) continue;
    if (array.end - array.start > maxParsedBytes) {
      const first = shapeOfHead(await textFrom(source, array.start)).shape;
      if (first !== undefined) place.first = first;
      continue;
    }
    let seen = 0;
    for await (const { value, error } of jsonElements(source, array, { keepBroken: true })) {
      const shape = shapeOfValue(value, array.path.length + 1);
      place.first ??= shape;
      seen += 1;
      // The first may be damaged: the others tell as well what they are.
      if (error !== undefined || shape.kind !== 'object') {
        if (seen < mostElements) continue;
      } else place.first = shape;
      break;
    }
  }
  return root;
}

/** As much of a document from a place on as tells what stands there. */
async function textFrom(source: Uint8Array | Blob | ByteSource, start: number): Promise<string> {
  const rest: ByteSource = { stream: () => bytesFrom(source, start) };
  return new TextDecoder().decode(await readHead(rest, headBytes));
}

/** Whether another document begins where an error stands: anything else is what a program said after it had written its report. */
async function startsDocument(source: Uint8Array | Blob | ByteSource, { diagnostic }: ReadError): Promise<boolean> {
  const { byteOffset = 0 } = diagnostic.place ?? {};
  return isDocument(await textFrom(source, byteOffset));
}

/** A clue as part of a sentence. */
function inWords(clue: string): string {
  return clue.endsWith('=[]') ? `an empty "${clue.slice(0, -'=[]'.length)}"` : `"${clue}"`;
}

function quoted(text: string): string {
  return `"${text}"`;
}

/** Arrays of findings by their usual names: how many were read is said of a report that ends early. */
function isFindings(path: readonly PathSegment[]): boolean {
  return ['results', 'findings', 'vulns', 'issues', 'hotspots', 'vulnerabilities', 'violations'].includes(
    String(path.at(-1)),
  );
}
