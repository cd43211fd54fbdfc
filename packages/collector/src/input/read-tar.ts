import { createTarDecoder } from 'modern-tar';
import type { ArchiveEntry } from './archive-entry.ts';
import { copied } from './decompress.ts';
import type { InflateBudget } from './inflate-budget.ts';
import { InputError } from './input-error.ts';

/**
 * The files of a tar archive, in its order. Folders are passed over; links are refused, since what they point to is outside of the archive's say.
 *
 * @param chunks the archive's bytes
 * @param displayName how errors call it
 */
export async function* readTar(
  chunks: AsyncIterable<Uint8Array>,
  budget: InflateBudget,
  displayName: string,
): AsyncGenerator<ArchiveEntry> {
  let sourceError: unknown;
  const bytes = ReadableStream.from(remembering(chunks, (error) => (sourceError = error)));
  // An error of the input reaches us wrapped in one of the decoder; the one that was thrown first says more.
  const explain = (error: unknown, name: string) => sourceError ?? damaged(error, name);

  const entries = bytes.pipeThrough(createTarDecoder({ strict: true }));
  try {
    for await (const { header, body } of entries) {
      budget.addEntry();
      const isFile = header.type === undefined || header.type === 'file';
      const isLink = header.type === 'link' || header.type === 'symlink';
      let wasRead = false;
      if (isFile || isLink) {
        const entryName = `${displayName}!/${header.name}`;
        yield {
          name: header.name,
          ...(isLink && {
            refusal: new InputError(
              'SF-I103',
              entryName,
              'The archive entry is a link, not a file. Pass the file itself.',
            ),
          }),
          async *read() {
            wasRead = true;
            try {
              for await (const chunk of body) {
                budget.addBytes(chunk.length);
                yield chunk;
              }
            } catch (error) {
              throw explain(error, entryName);
            }
          },
        };
      }
      if (!wasRead) await body.cancel();
    }
  } catch (error) {
    throw explain(error, displayName);
  }
}

async function* remembering(
  chunks: AsyncIterable<Uint8Array>,
  remember: (error: unknown) => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  try {
    yield* copied(chunks);
  } catch (error) {
    remember(error);
    throw error;
  }
}

function damaged(error: unknown, displayName: string): unknown {
  if (error instanceof InputError || !(error instanceof Error)) return error;
  return new InputError(
    'SF-I105',
    displayName,
    `The tar archive is damaged or ends early (${error.message}). Fetch or pack it again.`,
    {
      cause: error,
    },
  );
}
