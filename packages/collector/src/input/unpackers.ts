export { decompress } from './decompress.ts';
export { readTar } from './read-tar.ts';
export { readZip } from './read-zip.ts';
