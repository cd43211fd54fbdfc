import { type AnswerPage, answerPageOf } from '@sariflow/converters';
import type { Input } from '../input/input.ts';
import { InputError } from '../input/input-error.ts';
import { joinedSource } from '../input/joined-source.ts';
import type { FromChoice } from './from-choices.ts';
import { countOf } from './render/quantities.ts';
import { text } from './render/text.ts';
import type { Services } from './services.ts';

/** No server puts more on a page. Larger files are not looked at for this. */
const largestPage = 64 * 1024 * 1024;

interface Page {
  readonly input: Input;
  readonly place: AnswerPage;
}

/**
 * Makes one input of those that are pages of one answer, saved one by one, so that they become one run with one set of rules. What is no
 * page, or the only one of its answer, goes on as it is and at once; pages wait until all of their answer have come, or nothing more
 * comes. A page that is there twice is the beginning of another input. Memory: what the pages say of themselves.
 */
export async function* joinPages(
  inputs: AsyncIterable<Input>,
  from: FromChoice,
  { conversation }: Pick<Services, 'conversation'>,
): AsyncGenerator<Input> {
  const waiting = new Map<string, Page[]>();
  const join = (answer: string): Input => {
    const pages = waiting.get(answer) as Page[];
    waiting.delete(answer);
    const joined = joinedInput(pages);
    if (joined.pages !== undefined) {
      const last = joined.pages.at(-1)?.path ?? '';
      conversation.info(
        text`  ${joined.path} to ${last} are ${countOf(pages.length, 'page')} of one answer: they are read as one report`,
      );
    }
    return joined;
  };
  try {
    for await (const input of inputs) {
      const place = await placeOf(input, from);
      if (place === undefined) {
        yield input;
        continue;
      }
      if (waiting.get(place.answer)?.some((page) => page.place.page === place.page)) yield join(place.answer);
      const pages = waiting.get(place.answer) ?? [];
      pages.push({ input, place });
      waiting.set(place.answer, pages);
      if (pages.length === place.pages) yield join(place.answer);
    }
    for (const answer of [...waiting.keys()]) yield join(answer);
  } finally {
    for (const pages of waiting.values()) for (const { input } of pages) await input[Symbol.asyncDispose]();
  }
}

async function placeOf({ source }: Input, from: FromChoice): Promise<AnswerPage | undefined> {
  if ((source.size ?? Number.POSITIVE_INFINITY) > largestPage) return undefined;
  try {
    const place = await answerPageOf(source);
    return from === 'auto' || place?.format === from ? place : undefined;
  } catch (error) {
    // Who opens it says why it cannot be read.
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function joinedInput(unordered: readonly Page[]): Input {
  const [only] = unordered;
  if (only === undefined) throw new Error('There are no pages to join.');
  if (unordered.length === 1) return only.input;
  const pages = [...unordered].sort((left, right) => numberOf(left) - numberOf(right));
  const [first = only] = pages;
  return {
    path: first.input.path,
    origin: first.input.origin,
    named: pages.some(({ input }) => input.named),
    source: joinedSource(pages.map(({ input }) => input.source)),
    pages: pages.map(({ input, place }) => ({ path: input.path, findings: place.findings })),
    async [Symbol.asyncDispose]() {
      for (const { input } of pages) await input[Symbol.asyncDispose]();
    },
  };
}

/** Pages that have no number stay in the order in which they were found. */
function numberOf({ place: { page } }: Page): number {
  return typeof page === 'number' ? page : 0;
}
