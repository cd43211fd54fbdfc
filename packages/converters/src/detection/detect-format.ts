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
import { readHead } from '../reading/head.ts';
import { converters } from '../registry.ts';
import type { FormatId, OtherFormatId } from './format-id.ts';
import { otherSignatures, sarifSignatures } from './known-signatures.ts';
import { recogniseBytes } from './recognise-bytes.ts';
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
}

const headBytes = 64 * 1024;

/**
 * Finds out what a file is from its beginning; where that is not enough, from its top level, in one pass that builds
 * nothing. A source that can be read only once is used up by this; `convert` takes care of that itself.
 * @throws {ReadError} when it looks like JSON and is not
 */
export async function detectFormat(
  source: Source,
  options: { limits?: Partial<Limits> | undefined; signal?: AbortSignal | undefined } = {},
): Promise<Detection> {
  const again = await rereadable(source, options);
  const head = await readHead(again, headBytes);
  const bytes = recogniseBytes(head);
  if (bytes !== undefined) return { ...bytes, candidates: [] };

  const signatures = allSignatures();
  const { shape, trailing } = shapeOfHead(new TextDecoder().decode(head));
  if (shape?.complete && (trailing.startsWith('{') || trailing.startsWith('['))) return severalDocuments;
  if (shape !== undefined && !shape.complete) {
    const decisive = signatures.find((signature) => signature.decisive && fits(shape, signature));
    if (decisive !== undefined) return recognised(decisive);
  }

  try {
    const index = await indexJson(again, { ...options, arrays: (path) => path.length <= 2, counted: isFindings });
    return judge(await shapeOfIndex(again, index), signatures);
  } catch (error) {
    if (error instanceof ReadError && error.code === 'SF-P107') return severalDocuments;
    throw error;
  }
}

const severalDocuments: Detection = {
  format: 'ndjson',
  title: 'several JSON documents in one file',
  because: 'a second document follows the first, as in the output of jq or in JSON lines',
  candidates: [],
};

/** All signatures, in the order in which they are tried. */
function allSignatures(): Signature[] {
  return [...sarifSignatures, ...converters.flatMap((converter) => converter.signatures), ...otherSignatures];
}

function judge(shape: Shape, signatures: readonly Signature[]): Detection {
  const fitting = signatures.filter((signature) => fits(shape, signature));
  const strong = fitting.find((signature) => !signature.weak);
  if (strong !== undefined) return recognised(strong);
  const [weak] = fitting;
  const candidates = [...new Set(fitting.map(({ format }) => format))];
  if (weak !== undefined && candidates.length === 1) return recognised(weak);
  if (weak !== undefined) {
    const because = `${weak.has.map(inWords).join(' and ')} alone fits ${candidates.join(' and ')}`;
    return { format: 'unknown', title: 'JSON of an unknown format', because, candidates };
  }
  return { format: 'unknown', title: 'JSON of an unknown format', because: nearest(shape, signatures), candidates: [] };
}

function recognised({ format, title, has }: Signature): Detection {
  return { format, title, because: `it has ${has.map(inWords).join(' and ')}`, candidates: [] };
}

/** The signature that a document misses by least, and by what. */
function nearest(shape: Shape, signatures: readonly Signature[]): string {
  let best: { signature: Signature; share: number } | undefined;
  for (const signature of signatures) {
    const share = signature.has.filter((clue) => shows(shape, clue)).length / signature.has.length;
    const reached = share === 0 ? partOfClue(shape, signature) : share;
    if (reached > (best?.share ?? 0)) best = { signature, share: reached };
  }
  const names = [...shape.members.keys()].slice(0, 8).map(quoted).join(', ');
  const seen =
    shape.kind === 'array'
      ? 'the document is an array'
      : names === ''
        ? 'the document is an empty object'
        : `it has ${names}`;
  if (best === undefined) return `${seen}, which no known format starts with`;
  const { title, has, lacks = [] } = best.signature;
  const missing = has.filter((clue) => !shows(shape, clue)).map(inWords);
  const disturbing = lacks.filter((clue) => shows(shape, clue)).map(inWords);
  const reason = missing.length > 0 ? `lacks ${missing.join(' and ')}` : `has ${disturbing.join(' and ')} as well`;
  return `${seen}; it is nearest to ${title}, and ${reason}`;
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
    for await (const { value } of jsonElements(source, array)) {
      place.first = shapeOfValue(value, array.path.length + 1);
      break;
    }
  }
  return root;
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
