import { PullError } from './pull-error.ts';

/** How many characters are gathered before they are handed on. */
const chunkLength = 65_536;

/** Pieces of a text as UTF-8, gathered to chunks that are worth a write. */
export async function* gatherText(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array, void, undefined> {
  let gathered: string[] = [];
  let length = 0;
  for await (const piece of pieces) {
    gathered.push(piece);
    length += piece.length;
    if (length < chunkLength) continue;
    yield Buffer.from(gathered.join(''));
    gathered = [];
    length = 0;
  }
  if (length > 0) yield Buffer.from(gathered.join(''));
}

/** An array of a document that is being written, element by element. */
export async function* jsonArray(
  elements: AsyncIterable<unknown> | Iterable<unknown>,
): AsyncGenerator<string, void, undefined> {
  let separator = '[';
  for await (const element of elements) {
    yield `${separator}\n${writeElement(element)}`;
    separator = ',';
  }
  yield separator === '[' ? '[]' : '\n]';
}

function writeElement(element: unknown): string {
  try {
    return JSON.stringify(element);
  } catch (error) {
    // Of what was parsed only nesting that exhausts the stack cannot be written again.
    if (!(error instanceof RangeError)) throw error;
    throw new PullError(
      'pull-answer',
      'A finding is nested deeper than anything a scanner writes. Nothing was converted.',
      {
        cause: error,
      },
    );
  }
}
