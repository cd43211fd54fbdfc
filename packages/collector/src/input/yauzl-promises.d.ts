import type { Readable } from 'node:stream';

/** The promise half of yauzl 3, which its published types do not know yet. */
declare module 'yauzl' {
  interface ZipFile {
    eachEntry(): AsyncIterable<Entry>;
    openReadStreamPromise(entry: Entry): Promise<Readable & AsyncIterable<Buffer>>;
  }
  interface Entry {
    readonly fileNameRaw: Buffer;
  }
  function openPromise(path: string, options: Options): Promise<ZipFile>;
  function getFileNameLowLevel(
    generalPurposeBitFlag: number,
    fileName: Buffer,
    extraFields: Entry['extraFields'],
    strictFileNames: boolean,
  ): string;
}
