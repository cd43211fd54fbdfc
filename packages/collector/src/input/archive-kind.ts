/** The packings we look into. */
export type ArchiveKind = 'zip' | 'tar' | 'gzip' | 'zstd';

/** How many bytes of the beginning `archiveKindOf` wants to see. */
export const archiveHeadBytes = 512;

const tarMagicAt = 257;

/**
 * What a file is packed with, judged by its first bytes, because names lie.
 *
 * @param head the first `archiveHeadBytes` bytes, fewer when the file is shorter
 */
export function archiveKindOf(head: Uint8Array): ArchiveKind | undefined {
  if (startsWith(head, 0, 'PK\x03\x04') || startsWith(head, 0, 'PK\x05\x06')) return 'zip';
  if (startsWith(head, 0, '\x1f\x8b')) return 'gzip';
  if (startsWith(head, 0, '\x28\xb5\x2f\xfd')) return 'zstd';
  if (startsWith(head, tarMagicAt, 'ustar') || isOldTar(head)) return 'tar';
  return undefined;
}

function startsWith(bytes: Uint8Array, at: number, magic: string): boolean {
  if (bytes.length < at + magic.length) return false;
  for (let index = 0; index < magic.length; index += 1) {
    if (bytes[at + index] !== magic.charCodeAt(index)) return false;
  }
  return true;
}

/** Tar files from before `ustar` have no magic; the checksum of their first header tells them. */
function isOldTar(head: Uint8Array): boolean {
  if (head.length < archiveHeadBytes) return false;
  const written = Number.parseInt(
    Buffer.from(head.subarray(148, 156))
      .toString('latin1')
      .replace(/[\0 ]+$/, '')
      .trim(),
    8,
  );
  if (!Number.isFinite(written) || written === 0) return false;
  let sum = 0;
  for (let index = 0; index < archiveHeadBytes; index += 1) {
    // The checksum field itself counts as eight spaces.
    sum += index >= 148 && index < 156 ? 0x20 : head[index]!;
  }
  return sum === written;
}
