import { createHash } from 'node:crypto';
import { type Diagnostic, ReadError, readSarif, type Source } from '../../packages/sarif/src/index.ts';
import type { TakeBreach } from './promises.ts';

/** Compressed content that is damaged. */
const damaged = 'SF-P116';

/** The same bytes in pieces give the same verdict. */
export async function examinePieces(bytes: Uint8Array, breach: TakeBreach): Promise<void> {
  const size = 1 + (bytes.length % 7) + Math.floor(bytes.length / 50);
  const [whole, pieces] = [await verdictOf(bytes), await verdictOf({ stream: () => piecesOf(bytes, size) })];
  if (whole === pieces) return;
  // How much of what is compressed comes out before the damage is a matter of the pieces, and so is what is found there first.
  if (whole.includes(`"${damaged}"`) || pieces.includes(`"${damaged}"`)) return;
  breach('pieces of any size give the same verdict', `${size} bytes: ${pieces}\nwhole: ${whole}`);
}

async function verdictOf(source: Source): Promise<string> {
  const hash = createHash('sha256');
  const said: string[] = [];
  const report = (diagnostic: Diagnostic): void => {
    said.push(JSON.stringify(diagnostic));
  };
  try {
    for await (const event of readSarif(source, { report })) {
      hash.update(JSON.stringify(event.type === 'result' ? event.result : event));
    }
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    // How many results came out before is a matter of the pieces.
    return JSON.stringify(error.diagnostic);
  }
  return `${said.join('\n')} ${hash.digest('hex')}`;
}

async function* piecesOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.slice(start, start + size);
}
