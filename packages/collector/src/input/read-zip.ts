import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl';
import type { ArchiveEntry } from './archive-entry.ts';
import type { InflateBudget } from './inflate-budget.ts';
import { InputError, inputErrorFrom, isSystemError } from './input-error.ts';

/**
 * The files of a zip archive, in the order of its directory. Names are taken as data: `../` in a name is no reason to refuse the archive,
 * because nothing is ever written under it.
 *
 * @param path where the archive is
 * @param displayName how errors call it
 */
export async function* readZip(
  path: string | Buffer,
  budget: InflateBudget,
  displayName: string,
): AsyncGenerator<ArchiveEntry> {
  let zip: ZipFile | undefined;
  try {
    // yauzl hands the path to fs.open, which takes bytes too.
    zip = await openPromise(path as string, { decodeStrings: false, autoClose: false });
    for await (const entry of zip.eachEntry()) {
      budget.addEntry();
      const name = nameOf(entry);
      if (!name.endsWith('/')) yield zipEntry(zip, entry, name, budget, displayName);
    }
  } catch (error) {
    throw damaged(error, displayName);
  } finally {
    zip?.close();
  }
}

function zipEntry(zip: ZipFile, entry: Entry, name: string, budget: InflateBudget, archiveName: string): ArchiveEntry {
  const displayName = `${archiveName}!/${name}`;
  return {
    name,
    ...(entry.isEncrypted() && {
      refusal: new InputError(
        'SF-I106',
        displayName,
        'The archive entry is encrypted. Decrypt it and pass the report itself.',
      ),
    }),
    async *read() {
      try {
        for await (const chunk of await zip.openReadStreamPromise(entry)) {
          budget.addBytes(chunk.length);
          yield chunk;
        }
      } catch (error) {
        throw damaged(error, displayName);
      }
    },
  };
}

function nameOf(entry: Entry): string {
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
}

function damaged(error: unknown, displayName: string): unknown {
  if (error instanceof InputError) return error;
  if (isSystemError(error)) return inputErrorFrom(error, displayName);
  if (!(error instanceof Error)) return error;
  return new InputError(
    'SF-I105',
    displayName,
    `The zip archive is damaged (${error.message}). Fetch or pack it again.`,
    {
      cause: error,
    },
  );
}
